"""Notebook service of a server: executes once, renders, starts kernels, draws."""

import asyncio
from pathlib import Path
from typing import Any

import platformdirs

from ...common import resources
from ...common.log_scrubbing import log
from ...common.settings import Settings, UserError
from ...content.lessons import Lesson
from ...engine.execution.imports import imported_by
from ...engine.kernels import ipc, memory
from ...engine.kernels.executed_notebook import ExecutedNotebook
from ...engine.kernels.execution_cache import ExecutionCache, depends_only_on
from ...engine.kernels.pool import KernelPool
from ...engine.kernels.registry import KernelRegistry
from ...engine.kernels.starter import ID_SUFFIX, KernelStarter, name_of
from ...engine.kernels.zygote_client import ZygoteClient, can_fork
from ...engine.pictures.store import PictureStore
from ...engine.rendered_page import render
from ...engine.storage.fingerprint import fingerprint_of
from ...engine.storage.source_version import SourceVersion
from ..host import resource_limits
from ..rendering import widget_embedding
from .service import NotebookService

PACKAGE = resources.PACKAGE
DRAWN_FROM = (
    *(PACKAGE / name for name in ("common", "explore", "models")),
    resources.DATA,
)
MADE_FROM = (*DRAWN_FROM, *(PACKAGE / n for n in ("own", "together", "evidence")))
RUN_BY = PACKAGE / "engine"

RELEASE_AFTER = 5  # seconds after the last lesson was made ready


def mode_of(settings: Settings) -> tuple[str, str]:
    """Choose how kernels begin: (snapshot or fresh, one line that says so and why)."""
    unsupported_reason = can_fork()
    if settings.kernels == "snapshot" and unsupported_reason:
        raise UserError(
            f"--kernels snapshot does not work here: {unsupported_reason}. Use auto."
        )
    most = f"{settings.max_kernels} at once at most"
    if settings.kernels == "fresh" or unsupported_reason:
        why = unsupported_reason or "as you asked"
        return "fresh", f"Kernels are new processes ({why}), {most}."
    return "snapshot", f"Kernels are forks of lessons that have run once, {most}."


class SharedNotebooks(NotebookService):
    """Runs lessons, renders their pages, begins their kernels, draws their pictures."""

    def __init__(self, app: Any, settings: Settings) -> None:
        self.app = app
        self.kernel_mode, self.kernel_line = mode_of(settings)
        log.info(self.kernel_line)
        # in authoring mode code changes: nothing drawn from it is kept on disk then
        self.source_version = SourceVersion(MADE_FROM if settings.author else ())
        self._version = self.source_version.version()
        cache = Path(platformdirs.user_cache_dir("beyond-the-no"))
        caches = settings.cache and not settings.author
        self._cache = cache / "pictures" if caches else None
        self._executions = ExecutionCache(
            fingerprint_of((*MADE_FROM, RUN_BY)),
            # Voila's front end needs a template at once: nothing is won there
            cache / "runs" if caches and settings.front_end != "voila" else None,
            forks=self.kernel_mode == "snapshot",
        )
        self.zygote = self._new_zygote()
        self._zygotes = [self.zygote]
        self._busy: list[ZygoteClient] = []
        self._drawn: dict[str, PictureStore] = {}
        self.pictures: PictureStore = self._new_pictures()
        self.pictures.cache.prune()
        self.front_end = settings.front_end
        self.registry: KernelRegistry = app.kernel_spec_manager.registry
        self.kernels = KernelStarter(
            app.kernel_manager,
            self.registry,
            settings.max_kernels,
            self.revive,
            max(
                settings.max_kernels * resource_limits.KERNEL_BYTES, memory.OF_A_KERNEL
            ),
        )
        self.registry.pool = pool = KernelPool(
            self.registry.templates,
            lambda: str(app.connection_dir),
            app.config.KernelManager.transport,
            lambda: len(self.kernels) + len(pool) < settings.max_kernels,
        )
        self._reviving = asyncio.Lock()
        self._names: dict[Path, list[str]] = {}
        self._release_timer: asyncio.TimerHandle | None = None
        self._releasing: asyncio.Future[None] | None = None

    def _new_zygote(self) -> ZygoteClient:
        """Make a zygote that imports what lessons import."""
        return ZygoteClient(
            imported_by(ls.notebook for ls in self.app.workshop.lessons)
        )

    def _new_pictures(self) -> PictureStore:
        """Make room for the pictures of this version; keep those of the one before."""
        fingerprint = fingerprint_of(DRAWN_FROM)
        for older in self._drawn.values():
            older.stop_prefetching()
        drawn = self._drawn.pop(fingerprint, None) or PictureStore(
            fingerprint, self._cache
        )
        self._drawn[fingerprint] = drawn
        return drawn

    def running(self) -> int:
        """Count the kernels that run or begin."""
        return len(self.kernels)

    def version(self) -> str:
        """Name the version of the code that lessons are run with."""
        return self.source_version.version()

    def pictures_of(self, fingerprint: str) -> PictureStore | None:
        """Find the pictures of this version, or of an earlier one that pages show."""
        return self._drawn.get(fingerprint)

    async def _reload_code(self) -> None:
        """Use the code as it is now; what was made from older code stays up."""
        if self.source_version.version() == self._version:
            return
        self._version = self.source_version.version()
        log.warning("The code of widgets was changed: lessons are run with it.")
        self.zygote = self._new_zygote()
        self._zygotes.append(self.zygote)
        self.pictures = self._new_pictures()
        for fingerprint in list(self._drawn)[:-2]:
            await self._drawn.pop(fingerprint).close()

    async def execute(self, notebook: Path) -> ExecutedNotebook:
        """Run a notebook once; one of ours that ran in an earlier start not at all."""
        name = self._executions.name(notebook)
        found = await asyncio.to_thread(self._executions.get, name, notebook)
        if found is not None:
            return found
        executed = await self._run(notebook)
        if widget_embedding.needs_no_kernel(executed) and depends_only_on(
            PACKAGE.name, executed
        ):
            await asyncio.to_thread(self._executions.put, name, executed)
        return executed

    async def _run(self, notebook: Path) -> ExecutedNotebook:
        await self._reload_code()
        if self.kernel_mode == "fresh":
            return await ExecutedNotebook.alone(notebook)
        zygote = self.zygote
        self._busy.append(zygote)
        try:
            return await ExecutedNotebook.by_fork(notebook, zygote)
        except ipc.PeerClosed:
            log.warning("%s gets ordinary kernels: no fork.", notebook.name)
            return await ExecutedNotebook.alone(notebook)
        finally:
            self._busy.remove(zygote)

    async def render(self, lesson: Lesson) -> None:
        """Make a lesson's page, and let its kernels and its pictures be asked for."""
        assert lesson.executed is not None
        name = name_of(str(lesson.path), str(lesson.mtime), lesson.version)
        lesson.page = await render(self.app, lesson.executed, f"{name}-{ID_SUFFIX}")
        lesson.needs_kernel = not widget_embedding.serves(
            self.front_end, lesson.executed
        )
        if lesson.needs_kernel and (
            why := widget_embedding.unsupported_reason(lesson.executed)
        ):
            log.warning("%s gets Voila's own front end: %s.", lesson.name, why)
        if lesson.needs_kernel or widget_embedding.needs_python(lesson.executed):
            self.registry.templates[name] = lesson.executed
        else:
            self.kernels.needless.add(name)
            lesson.executed.release_template()
        names = self._names.setdefault(lesson.path, [])
        if name not in names:
            names.append(name)
        if len(self._names) == 1:
            self.registry.note_request(name)  # a workshop begins with its first lesson
        await self._retire(lesson.path)
        for source in lesson.pictures:
            await self.pictures.register(source)
        if self._release_timer is not None:
            self._release_timer.cancel()
        later = asyncio.get_running_loop().call_later
        self._release_timer = later(RELEASE_AFTER, self._release_idle_processes)

    async def _retire(self, lesson: Path) -> None:
        """End versions before the last but one, and what only they were made with.

        One whose pages are in use stays: nothing is pulled from under anyone.
        """
        used = {id_.split("-")[0] for id_ in self.app.kernel_manager.list_kernel_ids()}
        templates, names = self.registry.templates, self._names[lesson]
        for name in [name for name in names[:-2] if name not in used]:
            names.remove(name)
            if name in templates:
                templates.pop(name).close()
        held = [self.zygote, *self._busy, *(one.zygote for one in templates.values())]
        for zygote in [zygote for zygote in self._zygotes if zygote not in held]:
            self._zygotes.remove(zygote)
            await asyncio.to_thread(zygote.close)

    async def revive(self, name: str, executed: ExecutedNotebook) -> None:
        """Run a notebook again whose template has died; once, whoever asks for it."""
        async with self._reviving:
            if self.registry.templates.get(name) is not executed:
                return
            if not executed.released:
                log.warning("The template of %s had ended.", executed.notebook.name)
            executed.close()
            self.registry.empty_pool()
            rerun = await self._run(executed.notebook)
            self.registry.templates[name] = rerun

    def _release_idle_processes(self) -> None:
        """Give back what nobody needs now: 140 MB, where no lesson asks for Python."""
        templates = self.registry.templates.values()
        if not self._busy and all(one.released for one in templates):
            self._releasing = asyncio.ensure_future(self.zygote.release())

    async def close(self) -> None:
        """End all processes."""
        if self._release_timer is not None:
            self._release_timer.cancel()
        if self._releasing is not None:
            await self._releasing
        await self.registry.close_pool()
        for pictures in self._drawn.values():
            await pictures.close()
        for executed in self.registry.templates.values():
            executed.close()
        self.registry.templates.clear()
        for zygote in self._zygotes:
            zygote.close()
