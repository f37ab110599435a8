"""The demo's project meetings: a rhythm kept, one with a hole in it, a seminar with many; all invented."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Assignment, Authority, AuthorityKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.projects import meeting_actions as actions
from narvaro.web.projects.meeting_forms import SeriesForm
from narvaro.web.projects.models import (
    Event,
    MeetingSeries,
    Project,
    ProjectMeeting,
    SeriesKind,
    Turnout,
)
from narvaro.web.projects.rhythm import QUIET_WEEKS

WEEK = timedelta(weeks=1)
GAP = (date(2026, 9, 21), date(2026, 10, 26))
"""Nobody called the project group while student health was moved."""
AWAY = (date(2026, 3, 1), date(2026, 5, 10))
"""The social services' representative had retired, and the next had not begun."""
EVENTS = (
    ("inspection", date(2026, 9, 7), "Föreläggande om elevhälsans tillgång"),
    ("staff", date(2026, 9, 28), "Elevhälsans personal fördelades om mellan skolorna"),
)


def make_project_meetings(today: date) -> None:
    """Make the project's meetings up to the day, once."""
    project = Project.objects.order_by("pk").first()
    leader = Assignment.objects.in_force(today).filter(
        role=Role.PROJECT_LEADER, account__is_demo=True
    )
    chosen = leader.select_related("account", "unit__authority").order_by("pk").first()
    if project is None or chosen is None or MeetingSeries.objects.exists():
        return
    others = (AuthorityKind.SOCIAL_SERVICES, AuthorityKind.REGION)
    project.authorities.add(*Authority.objects.filter(kind__in=others))
    for kind, on, text in EVENTS:
        Event.objects.create(project=project, kind=kind, on=on, text=text)
    _project_group(project, chosen, today)
    for series, days in (
        (SeriesKind.CONTACT_PERSONS, (date(2025, 10, 6), date(2026, 2, 9), date(2026, 5, 18))),
        (SeriesKind.PRINCIPALS, (date(2025, 9, 15), date(2025, 11, 24), date(2026, 2, 16))),
        (SeriesKind.STEERING, (date(2025, 12, 8), date(2026, 6, 1))),
        (SeriesKind.START_UP, (date(2025, 8, 18), date(2025, 8, 20), date(2026, 8, 13))),
    ):
        made = _series(project, series, chosen)
        for day in days:
            _held(made, day, chosen, today)
    _seminar(project, chosen, today)


def _series(project: Project, kind: SeriesKind, leader: Assignment) -> MeetingSeries:
    by = _viewer(leader, project.from_on)
    said = SeriesForm.usual(kind, project)
    return actions.start_meetings(project=project, said=said, by=by, at=by.now)


def _project_group(project: Project, leader: Assignment, today: date) -> None:
    """Every second Monday, not in summer nor at Christmas, and with a hole in the autumn of 2026."""
    series = _series(project, SeriesKind.PROJECT_GROUP, leader)
    day = date(2025, 8, 25)
    while day < today:
        if day.isocalendar().week not in QUIET_WEEKS and not GAP[0] <= day <= GAP[1]:
            _held(series, day, leader, today)
        day += 2 * WEEK
    if day <= (project.to_on or day):
        by = _viewer(leader, min(today, day))
        said = {"on": day, "agenda": series.agenda, "place": "Stadshuset, rum 3"}
        actions.plan_meeting(series=series, said=said, by=by, at=by.now)


def _held(series: MeetingSeries, day: date, leader: Assignment, today: date) -> None:
    """A meeting with one of each authority there, but for who was away."""
    if day >= today:
        return
    by = _viewer(leader, day)
    said = {"on": day, "agenda": series.agenda}
    made = actions.plan_meeting(series=series, said=said, by=by, at=by.now)
    actions.note_meeting(
        meeting=made,
        counts={one.pk: (one.invited, _came(one, day)) for one in made.turnouts.all()},
        more=[],
        words={"notes": "Läget gicks igenom."},
        version=made.version,
        by=by,
        at=by.now,
    )


def _came(row: Turnout, day: date) -> int:
    social = row.authority is not None and row.authority.kind == AuthorityKind.SOCIAL_SERVICES
    return 0 if social and AWAY[0] <= day <= AWAY[1] else row.invited


def _seminar(project: Project, leader: Assignment, today: date) -> None:
    """Many from many places: counted, with what they answered and what was changed by it."""
    day = date(2026, 5, 11)
    if day >= today:
        return
    series = _series(project, SeriesKind.MID_TERM, leader)
    by = _viewer(leader, day)
    made = ProjectMeeting.objects.create(series=series, on=day, agenda=series.agenda)
    more = [
        actions.Counted(None, name, role, invited, present)
        for name, role, invited, present in (
            ("Linnåsa kommun", "tjänsteperson", 60, 47),
            ("Linnåsa kommun", "politiker", 12, 4),
            ("Grannby kommun", "tjänsteperson", 20, 18),
            ("Åby kommun", "politiker", 8, 3),
            ("Vården och socialtjänsten", "samverkanspartner", 30, 26),
        )
    ]
    words = {
        "notes": "Resultat efter ett läsår, och samtal i grupper.",
        "survey": "De flesta ville ha mer tid att samtala.",
        "changed": "Slutseminariet får dubbelt så lång tid för samtal.",
    }
    actions.note_meeting(
        meeting=made, counts={}, more=more, words=words, version=1, by=by, at=by.now
    )
    actions.decide(
        meeting=made,
        said={
            "text": "Mallarna för samverkan skrivs om tillsammans",
            "owner": leader.unit.authority,
            "due_on": date(2026, 12, 18),
        },
        by=by,
        at=by.now,
    )


def _viewer(leader: Assignment, day: date) -> Viewer:
    account = leader.account
    if account is None:
        raise ValueError("a vacant post leads no project")
    return Viewer(account, leader, day, datetime.combine(day, time(15), STOCKHOLM))
