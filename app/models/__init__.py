"""What is remembered: tables, relationships, constraints. No HTTP, no mail, no commits."""

from app.models.cycle import Cycle, FrozenSurvey
from app.models.kept import KeptForm
from app.models.person import Appointment, Person, SignInLink, SignInRequest
from app.models.place import Cluster, HealthBoard
from app.models.reflection import Answer, Reflection, Submission
from app.models.workshop import PrivateView, Round, Vote, Workshop

__all__ = [
    "Answer",
    "Appointment",
    "Cluster",
    "Cycle",
    "FrozenSurvey",
    "HealthBoard",
    "KeptForm",
    "Person",
    "PrivateView",
    "Reflection",
    "Round",
    "SignInLink",
    "SignInRequest",
    "Submission",
    "Vote",
    "Workshop",
]
