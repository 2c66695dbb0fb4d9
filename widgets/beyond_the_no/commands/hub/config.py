"""JupyterHub settings for every spawner: processes, containers or pods.

A file for JupyterHub needs two lines::

    from beyond_the_no.commands.hub.config import configure
    configure(c)

Everything that follows them wins.
"""

import hashlib
import hmac
import html
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

from ...common.log_scrubbing import log_request
from ...common.words import table
from ...evidence import help_file
from ...room.rules import DEFAULT_K, MIN_K

HERE = Path(__file__).parent
ROOM = [sys.executable, "-m", "beyond_the_no.commands.main", "room"]
MOST_K, MOST_SEATS, SEATS = 50, 200, 60
LONGEST = 80  # characters of a name
SECRET = "BEYOND_HUB_SECRET"
COMMAND = "BEYOND_ROOM_COMMAND"  # where rooms are in another image than the hub
OPTIONS = "BEYOND_ROOM_OPTIONS"
KEY = "BEYOND_ROOM_KEY"
LIFELINE = "BEYOND_ROOM_LIFELINE"  # of who ends all rooms in the end, not of the hub


def words() -> dict[str, Any]:
    """Read what a facilitator reads at the hub."""
    return table(__package__)


def configure(c: Any) -> None:
    """Make each server a room: started from a form, reached without an account."""
    c.JupyterHub.allow_named_servers = True
    c.JupyterHub.default_url = "/hub/home"
    c.JupyterHub.authenticate_prometheus = True
    # its log would name the address of each phone that finds no room
    c.JupyterHub.log_level = "WARN"
    c.JupyterHub.logging_config = {
        "filters": {"scrub": {"()": "beyond_the_no.common.log_scrubbing.ScrubFilter"}},
        "handlers": {"console": {"filters": ["scrub"]}},
    }
    c.JupyterHub.tornado_settings = {"log_function": log_request}
    # a hub that is started again finds its rooms as they were
    c.JupyterHub.cleanup_servers = False
    c.Spawner.cmd = os.environ.get(COMMAND, "").split() or ROOM
    c.Spawner.args = []
    c.Spawner.options_form = form()
    c.Spawner.options_from_form = from_form
    secret = os.environ.get(SECRET) or secrets.token_hex()
    c.Spawner.environment = {
        OPTIONS: lambda spawner: json.dumps(checked(spawner.user_options)),
        KEY: lambda spawner: room_key(secret, spawner.user.name, spawner.name),
    }
    c.Spawner.http_timeout = 60


def room_key(secret: str, user: str, server: str) -> str:
    """Make the key of a room: the same after a restart, and of no use elsewhere."""
    text = json.dumps([user, server]).encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:24]


def form() -> str:
    """Write what the hub asks before it starts a room."""
    countries = "".join(
        f'<option value="{c.code}">{html.escape(c.name)}</option>'
        for c in help_file.countries()
    )
    text = f'<input name="{{}}" maxlength="{LONGEST}"{{}}'
    number = '<input name="{}" type="number" min="{}" max="{}" value="{}"{}'
    look = ' class="form-control">'
    fields = {
        "title": text.format("title", look),
        "country": f'<select name="country"{look}{countries}</select>',
        "k": number.format("k", MIN_K, MOST_K, DEFAULT_K, look),
        "seats": number.format("seats", 1, MOST_SEATS, SEATS, look),
        "local": text.format("local", look),
    }
    say = words()["form"]
    return "".join(
        f"<p><label>{html.escape(say[name])} {field}</label></p>"
        for name, field in fields.items()
    )


def from_form(data: dict[str, list[str]]) -> dict[str, Any]:
    """Read the form that was sent."""
    return checked({name: values[0] for name, values in data.items() if values})


def checked(options: dict[str, Any]) -> dict[str, Any]:
    """Take what a room knows, within its limits; nothing else reaches its command.

    Raises
    ------
    ValueError
        With one sentence that the hub shows beside the form.
    """
    countries = [country.code for country in help_file.countries()]
    country = str(options.get("country") or countries[0])
    if country not in countries:
        raise ValueError(f"Choose one of these countries: {', '.join(countries)}.")
    return {
        "title": str(options.get("title") or "")[:LONGEST],
        "local": str(options.get("local") or "")[:LONGEST],
        "country": country,
        "k": _number(options, "k", MIN_K, MOST_K, DEFAULT_K),
        "seats": _number(options, "seats", 1, MOST_SEATS, SEATS),
    }


def _number(
    options: dict[str, Any], name: str, least: int, most: int, usual: int
) -> int:
    try:
        number = int(options.get(name) or usual)
    except (TypeError, ValueError):
        number = least - 1
    if not least <= number <= most:
        raise ValueError(f"{words()['form'][name]}: a number from {least} to {most}.")
    return number
