"""You move a control, a model answers, a matplotlib picture changes."""

from beyond_the_no.explore.anger import Anger
from beyond_the_no.explore.brain_overlap import BrainOverlap
from beyond_the_no.explore.controls import Choice, Steps, Toggle
from beyond_the_no.explore.culture_overlap import CultureOverlap
from beyond_the_no.explore.explore import Explore
from beyond_the_no.explore.feed import Feed
from beyond_the_no.explore.four_tenths import FourTenths
from beyond_the_no.explore.group_or_alone import GroupOrAlone
from beyond_the_no.explore.how_many_noes import HowManyNoes
from beyond_the_no.explore.left_out import LeftOut
from beyond_the_no.explore.loneliness_across_europe import LonelinessAcrossEurope
from beyond_the_no.explore.most_posts import MostPostsGetNothing
from beyond_the_no.explore.oxytocin_trials import OxytocinTrials
from beyond_the_no.explore.recovery_paths import RecoveryPaths
from beyond_the_no.explore.safe_tries import SafeTries
from beyond_the_no.explore.sensitivity_loop import SensitivityLoop
from beyond_the_no.explore.stress_curve import StressCurve
from beyond_the_no.explore.therapies import Therapies

__all__ = [
    "Anger",
    "BrainOverlap",
    "Choice",
    "CultureOverlap",
    "Explore",
    "Feed",
    "FourTenths",
    "GroupOrAlone",
    "HowManyNoes",
    "LeftOut",
    "LonelinessAcrossEurope",
    "MostPostsGetNothing",
    "OxytocinTrials",
    "RecoveryPaths",
    "SafeTries",
    "SensitivityLoop",
    "Steps",
    "StressCurve",
    "Therapies",
    "Toggle",
]
