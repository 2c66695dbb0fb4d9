"""Log configuration: scrubs addresses, keys and tokens from every record."""

import json
import logging
import re

from tornado.web import RequestHandler

log = logging.getLogger("beyond_the_no")

# the places of an address, not of a version: a.b.c.d, or groups of hex and colons
_ADDRESS = re.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b|(?<![\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}"
)
# said of every notebook that was saved elsewhere, of every line to a kernel, and of
# what `lessons.read` says in one sentence
_OF_NO_USE = (
    *("is not trusted", "websocket_ping_timeout"),
    *("Notebook JSON is ", "does not have an execution_count"),
)
_SECRET = re.compile(r"((?:key|token)=)[^&\s\"')]+")


def scrub(text: str) -> str:
    """Return the text with addresses and keys taken out."""
    return _SECRET.sub(r"\1…", _ADDRESS.sub("…", text))


class ScrubFilter(logging.Filter):
    """Logging filter that scrubs every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place and let it pass."""
        record.msg, record.args = scrub(record.getMessage()), None
        if any(words in record.msg for words in _OF_NO_USE):
            return False
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = scrub(record.exc_text)
        return True


class JsonFormatter(logging.Formatter):
    """Logging formatter: each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Say when, how grave, who and what."""
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            line["trace"] = record.exc_text
        return json.dumps(line)


def configure_logging(level: int = logging.WARNING, *, as_json: bool = False) -> None:
    """Send all logs to stderr, scrubbed."""
    handler = logging.StreamHandler()
    text = logging.Formatter("%(levelname)s %(message)s")
    handler.setFormatter(JsonFormatter() if as_json else text)
    handler.addFilter(ScrubFilter())
    logging.basicConfig(handlers=[handler], level=level, force=True)


def log_request(handler: RequestHandler) -> None:
    """Log only what went wrong on our side: the path, without query or address."""
    if handler.get_status() >= 500:
        log.warning("%s %s", handler.get_status(), handler.request.path)
