"""You move a control, a model answers, a matplotlib picture changes."""

from beyond_the_no.explore.anger import Anger
from beyond_the_no.explore.brain_overlap import BrainOverlap
from beyond_the_no.explore.brain_turn import BrainTurn
from beyond_the_no.explore.bridge import Bridge
from beyond_the_no.explore.company import Company
from beyond_the_no.explore.controls import Choice, Presses, Steps, Toggle
from beyond_the_no.explore.culture_overlap import CultureOverlap
from beyond_the_no.explore.explore import Explore
from beyond_the_no.explore.fair_doors import FairDoors
from beyond_the_no.explore.family_paths import FamilyPaths
from beyond_the_no.explore.fear_and_fact import FearAndFact
from beyond_the_no.explore.feed import Feed
from beyond_the_no.explore.four_studies import FourStudies
from beyond_the_no.explore.four_tenths import FourTenths
from beyond_the_no.explore.ghosted import Ghosted
from beyond_the_no.explore.group_or_alone import GroupOrAlone
from beyond_the_no.explore.how_many_noes import HowManyNoes
from beyond_the_no.explore.interviews import Interviews
from beyond_the_no.explore.left_out import LeftOut
from beyond_the_no.explore.less_feed import LessFeed
from beyond_the_no.explore.most_posts import MostPostsGetNothing
from beyond_the_no.explore.near_miss import NearMiss
from beyond_the_no.explore.nine_ways import NineWays
from beyond_the_no.explore.not_the_only_one import NotTheOnlyOne
from beyond_the_no.explore.one_poet import OnePoet
from beyond_the_no.explore.oxytocin_trials import OxytocinTrials
from beyond_the_no.explore.paths import Paths
from beyond_the_no.explore.safe_tries import SafeTries
from beyond_the_no.explore.seen_online import SeenOnline
from beyond_the_no.explore.sensitivity_loop import SensitivityLoop
from beyond_the_no.explore.step_in import StepIn
from beyond_the_no.explore.stress_curve import StressCurve
from beyond_the_no.explore.therapies import Therapies
from beyond_the_no.explore.ways_back import WaysBack

__all__ = [
    "Anger",
    "BrainOverlap",
    "BrainTurn",
    "Bridge",
    "Choice",
    "Company",
    "CultureOverlap",
    "Explore",
    "FairDoors",
    "FamilyPaths",
    "FearAndFact",
    "Feed",
    "FourStudies",
    "FourTenths",
    "Ghosted",
    "GroupOrAlone",
    "HowManyNoes",
    "Interviews",
    "LeftOut",
    "LessFeed",
    "MostPostsGetNothing",
    "NearMiss",
    "NineWays",
    "NotTheOnlyOne",
    "OnePoet",
    "OxytocinTrials",
    "Paths",
    "Presses",
    "SafeTries",
    "SeenOnline",
    "SensitivityLoop",
    "StepIn",
    "Steps",
    "StressCurve",
    "Therapies",
    "Toggle",
    "WaysBack",
]
