"""How a workshop uses `snapshot`: what runs once is shared by all."""

from pathlib import Path
from typing import Any

import platformdirs

from . import slim
from .lessons import Lesson
from .quiet import log
from .settings import CHECKOUT, Settings, Trouble
from .snapshot import wire
from .snapshot.kernels import REST, Kernels, name_of
from .snapshot.page import render
from .snapshot.pictures import Pictures, fingerprint
from .snapshot.provisioner import ForkProvisioner
from .snapshot.templates import Base, Executed, can_fork, imported_by

PACKAGE = Path(__file__).parents[1]
DRAWN_FROM = (PACKAGE / "explore", PACKAGE / "models", CHECKOUT / "data")


def mode_of(chosen: Settings) -> tuple[str, str]:
    """Choose how kernels begin: (snapshot or fresh, one line that says why)."""
    why_not = can_fork()
    if chosen.kernels == "snapshot" and why_not:
        raise Trouble(f"--kernels snapshot does not work here: {why_not}. Use auto.")
    if chosen.kernels == "fresh" or why_not:
        why = why_not or "as you asked"
        return "fresh", f"Kernels begin as new processes ({why})."
    return "snapshot", "Kernels are forks of lessons that have run once."


class Sharing:
    """Runs lessons, renders their pages, begins their kernels, draws their pictures."""

    def __init__(self, app: Any, chosen: Settings) -> None:
        self.app = app
        self.mode, why = mode_of(chosen)
        log.info(why)
        self.front_end = chosen.front_end
        self.base = Base(imported_by(sorted(chosen.notebooks.glob("*.ipynb"))))
        app.kernel_manager.context.max_sockets = 16384  # 6 a kernel; 1023 by default
        self.kernels = Kernels(app.kernel_manager, chosen.max_kernels, self.revive)
        cache = Path(platformdirs.user_cache_dir("beyond-the-no")) / "pictures"
        print_ = fingerprint(DRAWN_FROM)
        self.pictures = Pictures(print_, cache if chosen.cache else None)
        self.pictures.sweep()
        self._names: dict[str, list[str]] = {}

    async def execute(self, notebook: Path) -> Executed:
        """Run a notebook once."""
        if self.mode == "fresh":
            return await Executed.alone(notebook)
        try:
            return await Executed.by_fork(notebook, self.base)
        except wire.Closed:
            log.warning("%s gets ordinary kernels: no fork.", notebook.name)
            return await Executed.alone(notebook)

    async def render(self, lesson: Lesson) -> None:
        """Make a lesson's page, and let its kernels and its pictures be asked for."""
        assert lesson.executed is not None
        name = name_of(lesson.name, str(lesson.saved))
        ForkProvisioner.templates[name] = lesson.executed
        lesson.page = await render(self.app, lesson.executed, f"{name}-{REST}")
        lesson.needs_kernel = not slim.serves(self.front_end, lesson.executed)
        if lesson.needs_kernel and (why := slim.why_not(lesson.executed)):
            log.warning("%s gets Voila's own front end: %s.", lesson.name, why)
        self._retire(lesson.name, name)
        for source in lesson.pictures:
            await self.pictures.announce(source)

    def _retire(self, lesson: str, name: str) -> None:
        """Keep the version before the newest, for pages in use; end older ones."""
        names = self._names.setdefault(lesson, [])
        if name not in names:
            names.append(name)
        while len(names) > 2:
            ForkProvisioner.templates.pop(names.pop(0)).close()

    async def revive(self, name: str, executed: Executed) -> None:
        """Run a notebook again whose template has died."""
        log.warning("The template of %s had ended.", executed.notebook.name)
        ForkProvisioner.templates[name] = await self.execute(executed.notebook)

    async def close(self) -> None:
        """End all processes."""
        await self.pictures.close()
        for executed in ForkProvisioner.templates.values():
            executed.close()
        ForkProvisioner.templates.clear()
        self.base.close()
