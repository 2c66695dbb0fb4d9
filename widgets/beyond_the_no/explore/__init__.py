"""You move a control, a model answers, a matplotlib picture changes."""

from beyond_the_no.explore.brain_overlap import BrainOverlap
from beyond_the_no.explore.controls import Choice, Steps, Toggle
from beyond_the_no.explore.explore import Explore

__all__ = ["BrainOverlap", "Choice", "Explore", "Steps", "Toggle"]
