"""Web app manifest and service worker of a site."""

import json

from ...server.rendering import templating
from .output_folder import digest
from .words import table

WORKER = "worker.js"


def manifest() -> str:
    """Write the app's manifest; its addresses are seen from its own place."""
    words = table()["app"]
    icon = templating.asset_path("favicon.svg")
    about = {
        "name": words["name"],
        "short_name": words["name"],
        "description": words["about"],
        "lang": "en",
        "id": "./index.html",
        "start_url": "./index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": "#faf8f4",
        "theme_color": "#faf8f4",
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml"}],
    }
    return json.dumps(about, indent=1) + "\n"


def worker(files: dict[str, str]) -> str:
    """Write the service worker: it keeps every file under the name of its content."""
    every = json.dumps(files, indent=0, sort_keys=True)
    script = templating.file("service_worker.js").read_text("utf-8")
    return (
        f'const VERSION = "{digest(every.encode())}";\nconst FILES = {every};\n{script}'
    )
