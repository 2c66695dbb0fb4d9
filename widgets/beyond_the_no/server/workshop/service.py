"""Notebook service: run notebooks, render them, draw their pictures."""

from pathlib import Path

from ...content.lessons import Lesson
from ...engine.kernels.executed_notebook import ExecutedNotebook
from ...engine.pictures.store import PictureStore


class NotebookService:
    """Runs each notebook in a process of its own, and renders no page.

    That is enough to look at lessons; a server has `notebook_service.SharedNotebooks`.
    """

    kernel_mode = "fresh"
    kernel_line = ""  # how kernels begin, for people
    pictures: PictureStore | None = None  # of the code as it is now

    def running(self) -> int:
        """Count the kernels that run or begin."""
        return 0

    def version(self) -> str:
        """Name the version of the code that lessons are run with."""
        return ""

    def pictures_of(self, fingerprint: str) -> PictureStore | None:
        """Find the pictures of this version, or of an earlier one that pages show."""
        return None

    async def execute(self, notebook: Path) -> ExecutedNotebook:
        """Run a notebook once."""
        return await ExecutedNotebook.alone(notebook)

    async def render(self, lesson: Lesson) -> None:
        """Make the page of a lesson, or of a deck."""
