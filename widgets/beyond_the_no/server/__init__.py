"""One Tornado application: a workshop, served to everybody in the room."""

from .. import engine  # noqa: F401  first: it makes importing nbformat cheap
