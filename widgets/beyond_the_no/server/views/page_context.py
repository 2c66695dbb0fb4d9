"""Template context of every page, and the edition of cached pages."""

import hashlib

from ...evidence import help_file, help_page
from ...room import words
from ..rendering import templating
from ..workshop.workshop import Workshop


def page_context(workshop: Workshop) -> dict[str, object]:
    """Collect what every page shows: whom to talk to, and the help numbers."""
    set_edition(workshop)
    return _context(workshop)


def set_edition(workshop: Workshop) -> None:
    """Name the edition of the pages that browsers keep, once a day.

    It is part of their addresses: a new help line gives them others, which no browser
    has yet.
    """
    url_prefix, today = workshop.url_prefix, workshop.today()
    if url_prefix.room and workshop.edition[0] != today:
        about = _context(workshop) | {"url_prefix": templating.UrlPrefix(url_prefix)}
        rendered = [
            templating.render(name, **about)
            for name in templating.CACHED_PAGES.values()
        ]
        digest = hashlib.sha256("".join(rendered).encode()).hexdigest()
        workshop.edition = today, digest[:12]
    url_prefix.edition = workshop.edition[1]


def _context(workshop: Workshop) -> dict[str, object]:
    settings = workshop.settings
    local = None
    if settings.local_number:
        local = help_page.Local(
            label=settings.local_label,
            number=settings.local_number,
            lines=settings.local_lines,
        )
    help_ = help_page.Help(
        countries=help_file.countries(),
        country=settings.country,
        today=workshop.today(),
        person=settings.person,
        local=local,
    )
    return {
        "url_prefix": workshop.url_prefix,
        "help": help_,
        "k_words": words.number(settings.k),
        "room_words": words.table()["page"] | {"word": words.table()["word"]},
    }
