"""Handlers for leaders: the console, the second adult's page, scripts, and JSON."""

import json
from typing import Any

from tornado.web import HTTPError

from ...room import export
from ...room import messages as m
from ..rendering import handbook_markdown, templating
from ..workshop import preflight
from .base import KeyedHandler
from .page_context import page_context


class Console(KeyedHandler):
    """``/facilitate``: the leader's page."""

    role = m.Role.FACILITATOR

    def get(self) -> None:
        """Show the console."""
        settings, second = self.workshop_settings, self.second
        self.show(
            "facilitator",
            leads=True,
            workshop_title=self.workshop_settings.title,
            # this browser may have come by any address, and stays with it
            wall_address=f"{self.workshop.url_prefix}wall?key={settings.wall_key}",
            join_address=self.workshop.join,
            assist_path="" if second else f"assist?key={settings.assist_key}",
            second=second,
            speed=self.workshop_settings.rehearsal or 1,
            deck=self.workshop.deck,
        )


class Assist(KeyedHandler):
    """``/assist``: the second adult's page; it sees to people and turns no pages."""

    role = m.Role.COFACILITATOR

    def get(self) -> None:
        """Show the console without what leads."""
        self.show(
            "facilitator",
            leads=False,
            workshop_title=self.workshop_settings.title,
            speed=1,
        )


class Scripts(KeyedHandler):
    """``/facilitate/what-do-i-say``: the handbook's scripts for hard moments."""

    role = m.Role.FACILITATOR

    def get(self) -> None:
        """Show them, each closed until it is tapped."""
        self.show(
            "what_do_i_say",
            pages=handbook_markdown.scripts(self.workshop.url_prefix),
            back="facilitate" if self.role is m.Role.FACILITATOR else "assist",
        )


class AssistScripts(Scripts):
    """``/assist/what-do-i-say``: the same for the second adult."""

    role = m.Role.COFACILITATOR


class RunSheet(KeyedHandler):
    """``/facilitate/run-sheet.json``: the plan, the lessons' notes, and the pace.

    ``?row=&entered=&minute=`` say where the group is, since which minute, and which
    minute it is: times are known to the leader's page only.
    """

    role = m.Role.FACILITATOR

    def get(self) -> None:
        """List the plan's rows and the lessons."""
        plan = self.workshop.room.place.plan
        sheet: dict[str, Any] = {
            "rows": [step.model_dump() for step in plan.steps],
            "starts": plan.starts,
            "lessons": [lesson.run_sheet() for lesson in self.workshop.lessons],
        }
        if self.get_query_argument("row", ""):
            row, *minutes = map(self._number, ("row", "entered", "minute"))
            if row >= len(plan.steps):
                raise HTTPError(400)
            sheet["pace"], sheet["cut"] = plan.describe(plan.pace(row, *minutes))
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(sheet))

    def _number(self, name: str) -> int:
        """Read a whole number; a day has 1440 minutes."""
        text = self.get_query_argument(name, "")
        if not (text.isascii() and text.isdigit() and len(text) < 5):
            raise HTTPError(400)
        return int(text)


class Preflight(KeyedHandler):
    """``/facilitate/preflight.json``: tells whether everything is ready."""

    role = m.Role.FACILITATOR

    def get(self) -> None:
        """Look, and say it."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(preflight.lines(self.workshop)))


class Export(KeyedHandler):
    """``/facilitate/export``: what may be taken along, shown before it is saved.

    ``export.html`` and ``export.csv`` are sent to be saved; no file is written here.
    """

    role = m.Role.FACILITATOR

    def get(self, kind: str = "") -> None:
        """Show it, or send it."""
        exported = self.workshop.room.exported
        if kind and not exported:
            raise HTTPError(404)
        about = page_context(self.workshop) | {
            "workshop_title": self.workshop_settings.title,
            "pictures": exported,
        }
        self.set_header("Cache-Control", "no-store")
        if not kind:
            return self.show("export", **about)
        saved_as = f'attachment; filename="pictures.{kind}"'
        self.set_header("Content-Disposition", saved_as)
        if kind == "csv":
            self.set_header("Content-Type", "text/csv; charset=utf-8")
            self.finish("\ufeff" + export.table(exported or []))
        else:
            self.finish(templating.render("export_file", **about))
        return None
