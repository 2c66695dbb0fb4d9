"""Handler of lessons, with a calm page where one can't be shown."""

from ...content.lessons import Lessons
from ...room.room import Phase
from .base import PageHandler

PATIENCE = 10  # seconds that who opens a saved lesson waits for its new version


class LessonPage(PageHandler):
    """``/lesson/NAME``: the same page for everyone; a kernel begins with its socket."""

    missing, not_shown = "no_lesson", "lesson_error"  # what is said then

    @property
    def there(self) -> Lessons:
        """Where to look for it."""
        return self.workshop.lessons

    async def get(self, name: str) -> None:
        """Show the lesson, or say why not."""
        lesson = self.there.get(name)
        if lesson is not None and self.request.method != "HEAD":
            lesson = await self.there.settled(name, PATIENCE)
        if self.workshop.room.phase is Phase.ENDED:
            return self.notice(200, "ended")
        if lesson is None:
            return self.notice(404, self.missing)
        await lesson.checked.wait()
        if lesson.page is None:
            return self.notice(503, self.not_shown, title=lesson.title)
        full = self.workshop.service.running() >= self.workshop.settings.max_kernels
        if lesson.needs_kernel and full:
            return self.notice(503, "full")
        self.xsrf_token  # noqa: B018  sets the cookie that the closing page needs
        lesson.page.send(self)
        return None

    async def head(self, name: str) -> None:  # type: ignore[override]
        """Tell a link scanner, or a page that asks for a newer version."""
        await self.get(name)

    def compute_etag(self) -> None:
        """Leave the page its own name."""
