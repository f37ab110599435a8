"""Who sees that something is late: its owner, then up the routine's own ladder, in school days.

Whoever has begun to see it goes on seeing it until it is done: a rung adds, and takes nobody away.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from narvaro.errors import BadRequest
from narvaro.programmes import OWNER, Programme, silence_ladder
from narvaro.timetable import Calendar
from narvaro.web.accounts.roles import LEADERS, Role
from narvaro.web.cases.people import STANDS_FOR

COUNT_ONLY = frozenset({Role.AREA_MANAGER, Role.HEAD_OF_SCHOOLS})
"""Who leads several schools sees counts for each school, never a pupil."""
ABOVE_SCHOOLS = frozenset({"area_manager", "school_authority"})


def rungs_reached(
    programme: Programme, due: date | None, today: date, calendar: Calendar
) -> tuple[str, ...]:
    """The roles of the ladder that see a silence on a day, the owner always first.

    Empty while it is in time, or has no last day. Where the calendar ends, its owner sees it.
    """
    if due is None or today <= due:
        return ()
    try:
        ladder = silence_ladder(programme, due, calendar)
    except BadRequest:
        return (OWNER,)
    above = [rung.role for rung in ladder if rung.on <= today and rung.role != OWNER]
    return (OWNER, *dict.fromkeys(above))


def sees(role: Role, rungs: Collection[str], *, is_owner: bool = False) -> bool:
    """Whether somebody in a role at the place sees what has climbed so far.

    The leaders of the school see all that has left its owner; those over schools what has come
    to them; anybody else what is theirs, or has come to their role.
    """
    if is_owner:
        return bool(rungs)
    climbed = [one for one in rungs if one != OWNER]
    if role in LEADERS:
        return bool(climbed)
    if role in COUNT_ONLY:
        return any(one in ABOVE_SCHOOLS for one in climbed)
    return any(role in STANDS_FOR.get(one, ()) for one in climbed)
