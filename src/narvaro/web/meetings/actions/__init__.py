"""Every write to meetings."""

from narvaro.web.meetings.actions.agenda import add_general, add_pupil, gather, move, strike
from narvaro.web.meetings.actions.coming import answer, invite_again, note_present, remind
from narvaro.web.meetings.actions.deciding import (
    analyse,
    decide,
    open_protected_part,
    write_protected_part,
)
from narvaro.web.meetings.actions.inviting import invite_guest
from narvaro.web.meetings.actions.minutes import add_addendum, approve, hold, write_minutes
from narvaro.web.meetings.actions.planning import (
    Plan,
    cancel,
    change_series,
    end_series,
    plan_meeting,
    replan,
    start_series,
)

__all__ = [
    "Plan",
    "add_addendum",
    "add_general",
    "add_pupil",
    "analyse",
    "answer",
    "approve",
    "cancel",
    "change_series",
    "decide",
    "end_series",
    "gather",
    "hold",
    "invite_again",
    "invite_guest",
    "move",
    "note_present",
    "open_protected_part",
    "plan_meeting",
    "remind",
    "replan",
    "start_series",
    "strike",
    "write_minutes",
    "write_protected_part",
]
