"""The records of the routine."""

from narvaro.web.cases.models.case import Case, Cases, HandOver, RoutineMove, SchoolMove
from narvaro.web.cases.models.law import LegalEvent
from narvaro.web.cases.models.mapping import (
    RESTRICTED_CAUSES,
    Cause,
    CauseLevel,
    CauseOpened,
    CauseWord,
)
from narvaro.web.cases.models.notes import (
    Contact,
    ContactOutcome,
    ContactWay,
    Note,
    NoteOpened,
    Voice,
    Whose,
)
from narvaro.web.cases.models.proposal import RoutineProposal
from narvaro.web.cases.models.routine import Adaptation, Routine
from narvaro.web.cases.models.step import DATED, Evidence, EvidenceKind, Step, Task, TaskKind
from narvaro.web.cases.models.words import Compartment, Decision, OpenedBecause

__all__ = [
    "DATED",
    "RESTRICTED_CAUSES",
    "Adaptation",
    "Case",
    "Cases",
    "Cause",
    "CauseLevel",
    "CauseOpened",
    "CauseWord",
    "Compartment",
    "Contact",
    "ContactOutcome",
    "ContactWay",
    "Decision",
    "Evidence",
    "EvidenceKind",
    "HandOver",
    "LegalEvent",
    "Note",
    "NoteOpened",
    "OpenedBecause",
    "Routine",
    "RoutineMove",
    "RoutineProposal",
    "SchoolMove",
    "Step",
    "Task",
    "TaskKind",
    "Voice",
    "Whose",
]
