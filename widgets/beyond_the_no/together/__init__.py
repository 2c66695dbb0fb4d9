"""The group sees itself, without names, and nobody is seen."""

from .breathe import Breathe
from .choices import Guess, Poll, Scale, TwoRounds
from .dots import Dots
from .includer import Includer
from .pairs import Pairs
from .place import Place
from .writing import Ideas, Questions, Texts, WordBoard

__all__ = [
    "Breathe",
    "Dots",
    "Guess",
    "Ideas",
    "Includer",
    "Pairs",
    "Place",
    "Poll",
    "Questions",
    "Scale",
    "Texts",
    "TwoRounds",
    "WordBoard",
]
