"""The group sees itself, blind and anonymous."""

from .poll import Poll

__all__ = ["Poll"]
