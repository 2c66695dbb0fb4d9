"""``beyond-the-no room``: one room, with settings from JupyterHub."""

import argparse
import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from ...common import lifeline
from ...common.settings import Settings, UserError
from . import config

NOT_HERE = "Only a hub can start `beyond-the-no room`. Run: beyond-the-no hub"


def read_settings(
    read: Callable[[argparse.Namespace], Settings], parser: Any
) -> Settings:
    """Turn what JupyterHub set into a workshop's settings, checked as if typed.

    Parameters
    ----------
    read : checks what was typed.
    parser : reads what is typed.
    """
    try:
        reached = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
        prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
    except KeyError:
        raise UserError(NOT_HERE) from None
    lifeline.follow(os.environ.pop(config.LIFELINE, ""), signal.SIGTERM)
    options = config.checked(json.loads(os.environ.get(config.OPTIONS, "{}")))
    words = [
        "open",
        "--no-browser",
        f"--ip={reached.hostname}",
        f"--port={reached.port}",
    ]
    words += [f"--base={prefix}", f"--country={options['country']}"]
    words += [f"--k={options['k']}", f"--seats={options['seats']}"]
    words += [f"--title={options['title']}", f"--local={options['local']}"]
    if public := os.environ.get("JUPYTERHUB_PUBLIC_URL"):
        words.append(f"--public={public}")
    if key := os.environ.get(config.KEY):
        words.append(f"--key={key}")
    return replace(read(parser.parse_args(words)), hub=True)
