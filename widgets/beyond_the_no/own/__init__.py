"""What you write stays in your browser."""

from .note_to_self import NoteToSelf

__all__ = ["NoteToSelf"]
