"""What is remembered: tables, relationships, constraints. No HTTP, no mail, no commits."""

from app.models.cycle import Cycle, FrozenSurvey
from app.models.kept import StashedForm
from app.models.person import Appointment, Person, SignInLink, SignInRequest
from app.models.place import Cluster, HealthBoard
from app.models.publication import Publication, PublishedFile
from app.models.reflection import Answer, Reflection, Submission
from app.models.review import (
    Allocation,
    Finding,
    FixedDecision,
    Nomination,
    Review,
    ReviewAssignment,
    ReviewConflict,
    ReviewRound,
    ReviewSubmission,
)
from app.models.theme import Coding, Quote, Theme, ThemeName
from app.models.wanted import RequestedReport
from app.models.workshop import PrivateRating, Vote, VotingRound, Workshop

__all__ = [
    "Allocation",
    "Answer",
    "Appointment",
    "Cluster",
    "Coding",
    "Cycle",
    "Finding",
    "FixedDecision",
    "FrozenSurvey",
    "HealthBoard",
    "Nomination",
    "Person",
    "PrivateRating",
    "Publication",
    "PublishedFile",
    "Quote",
    "Reflection",
    "RequestedReport",
    "Review",
    "ReviewAssignment",
    "ReviewConflict",
    "ReviewRound",
    "ReviewSubmission",
    "SignInLink",
    "SignInRequest",
    "StashedForm",
    "Submission",
    "Theme",
    "ThemeName",
    "Vote",
    "VotingRound",
    "Workshop",
]
