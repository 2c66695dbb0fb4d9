"""The group's place: a lesson and its step, and what it has seen so far."""

from dataclasses import dataclass, field

from .messages import Refusal
from .plan import Plan


@dataclass
class Place:
    """The group's place. ``row`` is its line in the plan, if it stands there."""

    plan: Plan = field(default_factory=Plan)
    titles: dict[str, str] = field(default_factory=dict)  # lesson: title
    lesson: str | None = None
    step: int = 0
    name: str | None = None
    row: int | None = None
    freely: bool = False
    seen: list[str] = field(default_factory=list)

    @property
    def here(self) -> tuple[str | None, int, int | None]:
        """Lesson, step and line: what is other once the group has moved."""
        return self.lesson, self.step, self.row

    def move(self, lesson: str, step: int = 0) -> None:
        """Go to a lesson's step, wherever the plan has it."""
        if lesson not in self.titles:
            raise Refusal("unknown_lesson")
        row = self.plan.find(lesson, step, self.row)
        name = self.titles[lesson] if row is None else self.plan.steps[row].name
        self._stand(lesson, step, name, row)

    def turn(self, row: int) -> None:
        """Go to a line of the plan; a break is nowhere."""
        if row >= len(self.plan.steps):
            raise Refusal("unknown_step")
        to = self.plan.steps[row]
        if to.lesson is not None and to.lesson not in self.titles:
            raise Refusal("unknown_lesson")
        self._stand(to.lesson, to.step, to.name, row)

    def restore(self, lesson: str | None, step: int, row: int | None) -> None:
        """Stand where a leader's page stood, as far as lessons and plan still do."""
        steps = self.plan.steps
        if row is not None and row < len(steps) and steps[row].lesson == lesson:
            self.turn(row)
        elif lesson in self.titles:
            self.move(str(lesson), step)

    def _stand(self, lesson: str | None, step: int, name: str, row: int | None) -> None:
        before = self.lesson
        self.lesson, self.step, self.name, self.row = lesson, step, name, row
        self.freely = False
        if before is not None and before != lesson:
            self.seen = [*(one for one in self.seen if one != before), before]

    @property
    def title(self) -> str | None:
        """What the lesson is called; a break goes by its own name."""
        return self.name if self.lesson is None else self.titles.get(self.lesson)

    @property
    def so_far(self) -> tuple[str, ...]:
        """Titles of lessons that were left, the latest last: for who comes late."""
        left = (lesson for lesson in self.seen if lesson != self.lesson)
        return tuple(self.titles[one] for one in left if one in self.titles)

    @property
    def lessons(self) -> tuple[tuple[str, str], ...]:
        """Lessons to look around in, with titles.

        Those where the group has been, or all of them while it moves freely.
        """
        been = {*self.seen, self.lesson}
        return tuple(
            (lesson, title)
            for lesson, title in self.titles.items()
            if self.freely or lesson in been
        )

    def forget(self) -> None:
        """Stand nowhere, as before the first page."""
        self.lesson = self.name = self.row = None
        self.step, self.freely = 0, False
        self.seen.clear()
