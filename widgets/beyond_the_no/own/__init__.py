"""What you write stays in your browser."""

from .exercise import (
    BestSelf,
    EmotionWords,
    IfThenPlan,
    KindNo,
    OwnNameTalk,
    ReAuthoring,
    SelfCompassionBreak,
    SmallStepsLadder,
    SupportMap,
    ThoughtRecord,
    ValuesCompass,
)
from .grounding import Breathing, Grounding
from .mood import Mood
from .my_page import MyPage
from .note_to_self import NoteToSelf

__all__ = [
    "BestSelf",
    "Breathing",
    "EmotionWords",
    "Grounding",
    "IfThenPlan",
    "KindNo",
    "Mood",
    "MyPage",
    "NoteToSelf",
    "OwnNameTalk",
    "ReAuthoring",
    "SelfCompassionBreak",
    "SmallStepsLadder",
    "SupportMap",
    "ThoughtRecord",
    "ValuesCompass",
]
