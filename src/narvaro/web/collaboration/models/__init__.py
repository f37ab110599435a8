"""Calls, who is called, the meetings they lead to, what those decide, and deviations."""

from narvaro.web.collaboration.models.called import Answer, AnswerLink, Called, How, Stopped
from narvaro.web.collaboration.models.calls import (
    Call,
    CallKind,
    Calls,
    Cancelled,
    PlaceKind,
    Proposed,
)
from narvaro.web.collaboration.models.held import (
    CrossMeeting,
    CrossMeetings,
    Decision,
    Deviation,
    Presence,
    Present,
    What,
)
from narvaro.web.collaboration.models.minutes import Minutes

__all__ = [
    "Answer",
    "AnswerLink",
    "Call",
    "CallKind",
    "Called",
    "Calls",
    "Cancelled",
    "CrossMeeting",
    "CrossMeetings",
    "Decision",
    "Deviation",
    "How",
    "Minutes",
    "PlaceKind",
    "Presence",
    "Present",
    "Proposed",
    "Stopped",
    "What",
]
