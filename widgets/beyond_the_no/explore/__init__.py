"""You move a control, a model answers, a matplotlib picture changes."""

from beyond_the_no.explore.anger import Anger
from beyond_the_no.explore.brain_overlap import BrainOverlap
from beyond_the_no.explore.controls import Choice, Steps, Toggle
from beyond_the_no.explore.explore import Explore
from beyond_the_no.explore.group_or_alone import GroupOrAlone
from beyond_the_no.explore.how_many_noes import HowManyNoes
from beyond_the_no.explore.left_out import LeftOut
from beyond_the_no.explore.oxytocin_trials import OxytocinTrials
from beyond_the_no.explore.recovery_paths import RecoveryPaths
from beyond_the_no.explore.stress_curve import StressCurve
from beyond_the_no.explore.therapies import Therapies

__all__ = [
    "Anger",
    "BrainOverlap",
    "Choice",
    "Explore",
    "GroupOrAlone",
    "HowManyNoes",
    "LeftOut",
    "OxytocinTrials",
    "RecoveryPaths",
    "Steps",
    "StressCurve",
    "Therapies",
    "Toggle",
]
