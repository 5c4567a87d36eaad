"""The database models: tables, relationships, constraints. No HTTP, no e-mail, no commits."""

from app.models.accounts import SignInLink, SignInRequest
from app.models.cycle import Cycle
from app.models.organisations import Cluster, HealthBoard
from app.models.peer_review import (
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
from app.models.people import Appointment, Person
from app.models.reflection import Answer, Reflection, Submission
from app.models.reports import Publication, PublishedFile, RequestedReport
from app.models.saving import StashedForm
from app.models.survey import FrozenSurvey
from app.models.themes import Coding, Quote, Theme, ThemeName
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
