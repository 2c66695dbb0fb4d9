"""One server and its command line."""

from . import snapshot  # noqa: F401  first: it makes what the others import lighter
