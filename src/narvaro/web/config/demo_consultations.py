"""The demo's consultations: a school year with fewer and fewer there, and times to book; all invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Account, Assignment, AuthorityKind, Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations import actions
from narvaro.web.consultations.models import Answer, Booking, Slot

DAY = timedelta(days=1)
COUNSELLOR, NURSE = Role.SCHOOL_COUNSELLOR, Role.SCHOOL_NURSE
PSYCHOLOGIST, EDUCATOR = Role.SCHOOL_PSYCHOLOGIST, Role.SPECIAL_EDUCATOR
ASKED = (COUNSELLOR, NURSE, PSYCHOLOGIST, EDUCATOR)
NO, YES = Answer.DOES_NOT, Answer.COMES

# Weeks before the day, whose adviser, what those asked said, who came
HELD: tuple[tuple[int, AuthorityKind, Mapping[Role, Answer], tuple[Role, ...]], ...] = (
    (40, AuthorityKind.REGION, {NURSE: YES, PSYCHOLOGIST: YES, EDUCATOR: YES}, ASKED),
    (36, AuthorityKind.REGION, {NURSE: YES, PSYCHOLOGIST: NO, EDUCATOR: YES}, ASKED[:2]),
    (30, AuthorityKind.REGION, {NURSE: YES, EDUCATOR: NO}, ASKED[:2]),
    (12, AuthorityKind.PRIMARY_CARE, {NURSE: YES}, ASKED[:2]),
    (8, AuthorityKind.PRIMARY_CARE, {PSYCHOLOGIST: NO}, ASKED[:1]),
    (4, AuthorityKind.PRIMARY_CARE, {}, ()),
)
QUESTIONS = (
    "Hur kan vi prata med ett hem där vi bara når en vuxen?",
    "Vad gör vi när en elev kommer till skolan men inte in i klassrummet?",
    "Vad säger man till klassen när någon kommer tillbaka efter lång tid?",
)


def make_consultations(school: Unit, today: date) -> None:
    """Make the school's consultations with the region's and then the health centre's adviser, once."""
    if Slot.objects.exists():
        return
    staff = _staff(school, today)
    if COUNSELLOR not in staff:
        return
    for number, (weeks, kind, said, came) in enumerate(HELD):
        adviser = _adviser(kind, _day(today, weeks))
        if adviser is not None:
            _held(number, school, adviser, staff, _day(today, weeks), said=said, came=came)
    _to_come(school, staff, today)


def _staff(school: Unit, today: date) -> dict[Role, Assignment]:
    """Somebody of each profession at the school, whom one can be in the demo if there is one."""
    found: dict[Role, Assignment] = {}
    serving = Assignment.objects.in_force(today).filter(
        unit=school, role__in=list(ASKED), account__isnull=False
    )
    linked = serving.select_related("account", "unit__authority")
    for one in linked.order_by("-account__is_demo", "pk"):
        found.setdefault(Role(one.role), one)
    return found


def _adviser(kind: AuthorityKind, day: date) -> Assignment | None:
    """The agency's contact on a day; there may be none: contacts change, with gaps."""
    contacts = Assignment.objects.in_force(day).filter(
        role=Role.AGENCY_CONTACT, unit__authority__kind=kind, account__isnull=False
    )
    return contacts.select_related("account", "unit__authority").order_by("pk").first()


def _held(
    number: int,
    school: Unit,
    adviser: Assignment,
    staff: Mapping[Role, Assignment],
    day: date,
    *,
    said: Mapping[Role, Answer],
    came: tuple[Role, ...],
) -> None:
    slot = _offered(adviser, day, at=_at(day - 21 * DAY))
    booking = _booked(slot, school, staff, QUESTIONS[number % 3], at=_at(day - 14 * DAY))
    for role, answer in said.items():
        if role in staff:
            by = _viewer(staff[role], _at(day - 3 * DAY))
            actions.answer(booking=booking, says=answer, by=by, at=by.now)
    by = _viewer(adviser, slot.ends_at)
    people = {one.pk: one.profession in came for one in booking.asked.all()}
    actions.note_present(booking=booking, people=people, version=booking.version, by=by, at=by.now)


def _to_come(school: Unit, staff: Mapping[Role, Assignment], today: date) -> None:
    """One that is booked and waits for answers, one held for the school, and two that are free."""
    now = _at(today - DAY)
    for weeks, hour, kind in (
        (1, 14, AuthorityKind.PRIMARY_CARE),
        (2, 14, AuthorityKind.PRIMARY_CARE),
        (2, 10, AuthorityKind.PRIMARY_CARE),
        (6, 14, AuthorityKind.REGION),
    ):
        day = _day(today, -weeks)
        adviser = _adviser(kind, day)
        if adviser is None:
            continue
        held_for = school if (weeks, hour) == (2, 14) else None
        slot = _offered(adviser, day, at=now, hour=hour, held_for=held_for)
        if weeks == 1:
            _booked(slot, school, staff, QUESTIONS[0], at=now)


def _offered(
    adviser: Assignment, day: date, *, at: datetime, hour: int = 14, held_for: Unit | None = None
) -> Slot:
    by = _viewer(adviser, at)
    offered = actions.Offer(
        unit=adviser.unit,
        adviser=by.account,
        starts_at=[_at(day, hour)],
        place_kind="school",
        place="samtalsrummet",
        with_whom="familjebehandlare från socialtjänsten",
        held_for=held_for,
    )
    return actions.offer(offered=offered, by=by, at=at)[0]


def _booked(
    slot: Slot, school: Unit, staff: Mapping[Role, Assignment], question: str, *, at: datetime
) -> Booking:
    people = [(_account(one), role) for role, one in staff.items()]
    return actions.book(
        slot=slot,
        unit=school,
        purpose="case_advice",
        question=question,
        people=people,
        is_sure=True,
        by=_viewer(staff[COUNSELLOR], at),
        at=at,
    )


def _day(today: date, weeks_before: int) -> date:
    """The Thursday so many weeks before (or, negative, after) the day's week."""
    return today - DAY * (today.weekday() - 3) - timedelta(weeks=weeks_before)


def _at(day: date, hour: int = 8) -> datetime:
    return datetime.combine(day, time(hour), STOCKHOLM)


def _account(one: Assignment) -> Account:
    if one.account is None:
        raise ValueError("a vacant post is asked to nothing")
    return one.account


def _viewer(one: Assignment, at: datetime) -> Viewer:
    return Viewer(_account(one), one, at.astimezone(STOCKHOLM).date(), at)
