"""You move a control, a model answers, a matplotlib picture changes."""

from beyond_the_no.explore.anger import Anger
from beyond_the_no.explore.brain_overlap import BrainOverlap
from beyond_the_no.explore.controls import Choice, Steps, Toggle
from beyond_the_no.explore.explore import Explore
from beyond_the_no.explore.how_many_noes import HowManyNoes
from beyond_the_no.explore.recovery_paths import RecoveryPaths
from beyond_the_no.explore.therapies import Therapies

__all__ = [
    "Anger",
    "BrainOverlap",
    "Choice",
    "Explore",
    "HowManyNoes",
    "RecoveryPaths",
    "Steps",
    "Therapies",
    "Toggle",
]
