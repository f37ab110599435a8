"""Series of meetings, their agendas, what was analysed and decided, and the minutes."""

from narvaro.web.meetings.models.agenda import AgendaItem, Analysis, Decision, ProtectedPart
from narvaro.web.meetings.models.guests import Guest
from narvaro.web.meetings.models.minutes import Addendum, Minutes, Part
from narvaro.web.meetings.models.series import Answer, Invited, Kind, Meeting, Series

__all__ = [
    "Addendum",
    "AgendaItem",
    "Analysis",
    "Answer",
    "Decision",
    "Guest",
    "Invited",
    "Kind",
    "Meeting",
    "Minutes",
    "Part",
    "ProtectedPart",
    "Series",
]
