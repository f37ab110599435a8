"""The demo's student health meetings: some that were held, one to come, all invented."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Assignment, Unit
from narvaro.web.accounts.roles import STUDENT_HEALTH, Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings import actions
from narvaro.web.meetings.models import Kind, Meeting, Series

ONE, SEVEN = timedelta(days=1), timedelta(days=7)
HELD_WEEKS_AGO = (11, 7, 3)
AWAY = {11: Role.SPECIAL_EDUCATOR, 7: Role.SCHOOL_PSYCHOLOGIST, 3: Role.SPECIAL_EDUCATOR}


def make_meetings(school: Unit, today: date) -> None:
    """Make the school's series with its meetings, once."""
    principal = Assignment.objects.in_force(today).filter(
        role=Role.PRINCIPAL, unit=school, account__isnull=False
    )
    chair = principal.select_related("account", "unit__authority").order_by("pk").first()
    if chair is None or Series.objects.exists():
        return
    next_wednesday = today + ONE * ((2 - today.weekday()) % 7 or 7)
    days = [next_wednesday - SEVEN * weeks for weeks in HELD_WEEKS_AGO]
    series = _series(chair, days[0] - SEVEN)
    for day, weeks in zip(days, HELD_WEEKS_AGO, strict=True):
        _hold(_planned(series, day, chair), chair, away=AWAY[weeks])
    _planned(series, next_wednesday, chair, at=_at(today, 8))


def _series(chair: Assignment, day: date) -> Series:
    by = _viewer(chair, _at(day, 8))
    said = {
        "kind": Kind.STUDENT_HEALTH,
        "name": "Elevhälsomöte",
        "weeks": 4,
        "place": "rum 118",
        "minutes": 120,
        "chair": by.account,
        "professions": [str(one) for one in Role if one in STUDENT_HEALTH | {Role.PRINCIPAL}],
    }
    return actions.start_series(school=chair.unit, said=said, by=by, at=by.now)


def _planned(
    series: Series, day: date, chair: Assignment, *, at: datetime | None = None
) -> Meeting:
    by = _viewer(chair, at or _at(day - SEVEN, 8))
    plan = actions.Plan(_at(day, 13), series.minutes, series.place, by.account)
    return actions.plan_meeting(series=series, plan=plan, by=by, at=by.now)


def _hold(meeting: Meeting, chair: Assignment, *, away: Role) -> None:
    """Held with one profession away, and its minutes approved."""
    by = _viewer(chair, meeting.ends_at)
    asked = list(meeting.invited.all())
    taken = {one.profession for one in asked}
    actions.note_present(
        meeting=meeting,
        people={one.pk: one.profession != away for one in asked},
        without_account={role: False for role in meeting.roles() if role not in taken},
        by=by,
        at=by.now,
    )
    actions.hold(meeting=meeting, version=meeting.version, by=by, at=by.now)
    text = "Rutinen för anpassade prov gicks igenom."
    actions.write_minutes(meeting=meeting, general=text, version=1, by=by, at=by.now)
    actions.approve(meeting=meeting, version=2, by=by, at=by.now)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), STOCKHOLM)


def _viewer(chair: Assignment, at: datetime) -> Viewer:
    account = chair.account
    if account is None:
        raise ValueError("a vacant post leads no meeting")
    return Viewer(account, chair, at.astimezone(STOCKHOLM).date(), at)
