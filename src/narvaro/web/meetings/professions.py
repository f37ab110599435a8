"""Who holds the professions that a meeting expects, at its school and over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import LEADERS, STUDENT_HEALTH, Role
from narvaro.web.accounts.tree import above
from narvaro.web.meetings.models import Meeting

EXPECTABLE = LEADERS | STUDENT_HEALTH | {Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
"""The professions a meeting of student health may expect."""


def serving(meeting: Meeting, at: datetime) -> Iterator[tuple[Role, Account]]:
    """The people who hold each expected profession on the day, and the chair first."""
    today = local_day(at)
    school = meeting.series.school
    places = [school, *above(school, on=today)]
    held = (
        Assignment.objects.in_force(today)
        .filter(unit__in=places, account__is_active=True, role__in=EXPECTABLE)
        .select_related("account")
        .order_by("pk")
    )
    people = [(Role(one.role), one.account) for one in held if one.account is not None]
    chair = next((role for role, one in people if one.pk == meeting.chair_id), Role.PRINCIPAL)
    yield chair, meeting.chair
    for role in meeting.roles():
        yield from ((role, one) for held_role, one in people if held_role == role)
