"""How a workshop uses `snapshot`: what runs once is shared by all."""

import asyncio
from pathlib import Path
from typing import Any

import platformdirs

from . import slim
from .lessons import Lesson
from .quiet import log
from .settings import CHECKOUT, Settings, Trouble
from .snapshot import wire
from .snapshot.base import Base, can_fork, imported_by
from .snapshot.kept import Kept, depends_only_on
from .snapshot.kernels import REST, Kernels, name_of
from .snapshot.page import render
from .snapshot.pictures import Pictures, fingerprint
from .snapshot.provisioner import ProcessProvisioner
from .snapshot.ready import Ready
from .snapshot.templates import Executed
from .snapshot.watch import Watch

PACKAGE = Path(__file__).parents[1]
DRAWN_FROM = (PACKAGE / "explore", PACKAGE / "models", CHECKOUT / "data")
MADE_FROM = (*DRAWN_FROM, *(PACKAGE / n for n in ("own", "together", "evidence")))
RUN_BY = Path(__file__).parent / "snapshot"

SETTLED = 5  # seconds after the last lesson was made ready


def mode_of(chosen: Settings) -> tuple[str, str]:
    """Choose how kernels begin: (snapshot or fresh, one line that says so and why)."""
    why_not = can_fork()
    if chosen.kernels == "snapshot" and why_not:
        raise Trouble(f"--kernels snapshot does not work here: {why_not}. Use auto.")
    most = f"{chosen.max_kernels} at once at most"
    if chosen.kernels == "fresh" or why_not:
        why = why_not or "as you asked"
        return "fresh", f"Kernels are new processes ({why}), {most}."
    return "snapshot", f"Kernels are forks of lessons that have run once, {most}."


class Sharing:
    """Runs lessons, renders their pages, begins their kernels, draws their pictures."""

    def __init__(self, app: Any, chosen: Settings) -> None:
        self.app = app
        self.mode, self.line = mode_of(chosen)
        log.info(self.line)
        # in authoring mode code changes: nothing drawn from it is kept on disk then
        self.watch = Watch(MADE_FROM if chosen.author else ())
        self._version = self.watch.version()
        cache = Path(platformdirs.user_cache_dir("beyond-the-no"))
        keeps = chosen.cache and not chosen.author
        self._cache = cache / "pictures" if keeps else None
        self._kept = Kept(
            fingerprint((*MADE_FROM, RUN_BY)),
            # Voila's front end needs a template at once: nothing is won there
            cache / "runs" if keeps and chosen.front_end != "voila" else None,
            forks=self.mode == "snapshot",
        )
        self.base = self._new_base()
        self._bases = [self.base]
        self._busy: list[Base] = []
        self._drawn: dict[str, Pictures] = {}
        self.pictures = self._new_pictures()
        self.pictures.shelf.sweep()
        self.front_end = chosen.front_end
        app.kernel_manager.context.max_sockets = 16384  # 6 a kernel; 1023 by default
        self.kernels = Kernels(app.kernel_manager, chosen.max_kernels, self.revive)
        self.ready = self.kernels.ready = Ready(
            ProcessProvisioner.templates,
            lambda: str(app.connection_dir),
            app.config.KernelManager.transport,
            lambda: len(self.kernels) + len(self.ready) < chosen.max_kernels,
        )
        ProcessProvisioner.ready = self.ready
        self._reviving = asyncio.Lock()
        self._names: dict[Path, list[str]] = {}
        self._settling: asyncio.TimerHandle | None = None
        self._resting: asyncio.Future[None] | None = None

    def _new_base(self) -> Base:
        """Make a base process that knows what lessons import."""
        return Base(imported_by(ls.notebook for ls in self.app.workshop.lessons))

    def _new_pictures(self) -> Pictures:
        """Make room for the pictures of this version; keep those of the one before."""
        print_ = fingerprint(DRAWN_FROM)
        for older in self._drawn.values():
            older.rest()
        drawn = self._drawn.pop(print_, None) or Pictures(print_, self._cache)
        self._drawn[print_] = drawn
        return drawn

    def pictures_of(self, print_: str) -> Pictures | None:
        """Find the pictures of this version, or of an earlier one that pages show."""
        return self._drawn.get(print_)

    async def _follow(self) -> None:
        """Use the code as it is now; what was made from older code stays up."""
        if self.watch.version() == self._version:
            return
        self._version = self.watch.version()
        log.warning("The code of widgets was changed: lessons are run with it.")
        self.base = self._new_base()
        self._bases.append(self.base)
        self.pictures = self.app.workshop.pictures = self._new_pictures()
        for print_ in list(self._drawn)[:-2]:
            await self._drawn.pop(print_).close()

    async def execute(self, notebook: Path) -> Executed:
        """Run a notebook once; one of ours that ran in an earlier start not at all."""
        name = self._kept.name(notebook)
        found = await asyncio.to_thread(self._kept.find, name, notebook)
        if found is not None:
            return found
        executed = await self._run(notebook)
        if slim.asks_nothing(executed) and depends_only_on(PACKAGE.name, executed):
            await asyncio.to_thread(self._kept.keep, name, executed)
        return executed

    async def _run(self, notebook: Path) -> Executed:
        await self._follow()
        if self.mode == "fresh":
            return await Executed.alone(notebook)
        base = self.base
        self._busy.append(base)
        try:
            return await Executed.by_fork(notebook, base)
        except wire.Closed:
            log.warning("%s gets ordinary kernels: no fork.", notebook.name)
            return await Executed.alone(notebook)
        finally:
            self._busy.remove(base)

    async def render(self, lesson: Lesson) -> None:
        """Make a lesson's page, and let its kernels and its pictures be asked for."""
        assert lesson.executed is not None
        name = name_of(str(lesson.path), str(lesson.saved), lesson.version)
        ProcessProvisioner.templates[name] = lesson.executed
        lesson.page = await render(self.app, lesson.executed, f"{name}-{REST}")
        lesson.needs_kernel = not slim.serves(self.front_end, lesson.executed)
        if lesson.needs_kernel and (why := slim.why_not(lesson.executed)):
            log.warning("%s gets Voila's own front end: %s.", lesson.name, why)
        if not lesson.needs_kernel and slim.asks_nothing(lesson.executed):
            lesson.executed.rest()
        names = self._names.setdefault(lesson.path, [])
        if name not in names:
            names.append(name)
        if len(self._names) == 1:
            self.ready.wanted(name)  # a workshop begins with its first lesson
        await self._retire(lesson.path)
        for source in lesson.pictures:
            await self.pictures.announce(source)
        if self._settling is not None:
            self._settling.cancel()
        later = asyncio.get_running_loop().call_later
        self._settling = later(SETTLED, self._settle)

    async def _retire(self, lesson: Path) -> None:
        """End versions before the last but one, and what only they were made with.

        One whose pages are in use stays: nothing is pulled from under anyone.
        """
        used = {id_.split("-")[0] for id_ in self.app.kernel_manager.list_kernel_ids()}
        templates, names = ProcessProvisioner.templates, self._names[lesson]
        for name in [name for name in names[:-2] if name not in used]:
            names.remove(name)
            templates.pop(name).close()
        held = [self.base, *self._busy, *(one.base for one in templates.values())]
        for base in [base for base in self._bases if base not in held]:
            self._bases.remove(base)
            await asyncio.to_thread(base.close)

    async def revive(self, name: str, executed: Executed) -> None:
        """Run a notebook again whose template has died; once, whoever asks for it."""
        async with self._reviving:
            if ProcessProvisioner.templates.get(name) is not executed:
                return
            if not executed.rests:
                log.warning("The template of %s had ended.", executed.notebook.name)
            executed.close()
            self.ready.empty()
            again = await self._run(executed.notebook)
            ProcessProvisioner.templates[name] = again

    def _settle(self) -> None:
        """Give back what nobody needs now: 140 MB, where no lesson asks for Python."""
        templates = ProcessProvisioner.templates.values()
        if not self._busy and all(one.rests for one in templates):
            self._resting = asyncio.ensure_future(self.base.rest())

    async def close(self) -> None:
        """End all processes."""
        if self._settling is not None:
            self._settling.cancel()
        if self._resting is not None:
            await self._resting
        await self.ready.close()
        for pictures in self._drawn.values():
            await pictures.close()
        for executed in ProcessProvisioner.templates.values():
            executed.close()
        ProcessProvisioner.templates.clear()
        for base in self._bases:
            base.close()
