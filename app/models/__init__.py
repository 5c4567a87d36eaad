"""What is remembered: tables, relationships, constraints. No HTTP, no mail, no commits."""

from app.models.cycle import Cycle, FrozenSurvey
from app.models.kept import KeptForm
from app.models.person import Appointment, Person, SignInLink, SignInRequest
from app.models.place import Cluster, HealthBoard
from app.models.publication import Publication, PublishedFile
from app.models.reflection import Answer, Reflection, Submission
from app.models.review import (
    Allocation,
    Allotment,
    Conflict,
    Finding,
    FixedDecision,
    HandedIn,
    Nomination,
    Review,
    ReviewRound,
)
from app.models.theme import Coding, Quote, Theme, ThemeName
from app.models.wanted import WantedReport
from app.models.workshop import PrivateView, Round, Vote, Workshop

__all__ = [
    "Allocation",
    "Allotment",
    "Answer",
    "Appointment",
    "Cluster",
    "Coding",
    "Conflict",
    "Cycle",
    "Finding",
    "FixedDecision",
    "FrozenSurvey",
    "HandedIn",
    "HealthBoard",
    "KeptForm",
    "Nomination",
    "Person",
    "PrivateView",
    "Publication",
    "PublishedFile",
    "Quote",
    "Reflection",
    "Review",
    "ReviewRound",
    "Round",
    "SignInLink",
    "SignInRequest",
    "Submission",
    "Theme",
    "ThemeName",
    "Vote",
    "WantedReport",
    "Workshop",
]
