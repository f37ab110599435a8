"""Consents of the demo: given, given in part, withdrawn, refused and not yet answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Assignment, AuthorityKind, Unit, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.consent.actions import Given, Question, answer, ask, withdraw
from narvaro.web.consent.items import How, Item, State
from narvaro.web.consent.models import Consent
from narvaro.web.consent.offering import Offer, offer_support
from narvaro.web.pupils.models import Protection

BEFORE = timedelta(days=1)
TIME = timedelta(days=190)


@dataclass(frozen=True, slots=True)
class Planned:
    """A question to a family, and each guardian's answer in turn."""

    kind: AuthorityKind
    purpose: str
    items: tuple[Item, ...]
    answers: tuple[State, ...]


PLANS = (
    Planned(
        AuthorityKind.SOCIAL_SERVICES,
        "Planera ett möte om skolgången tillsammans med familjen.",
        (Item.ATTENDANCE, Item.STEPS, Item.SUPPORT),
        (State.GIVEN, State.GIVEN),
    ),
    Planned(
        AuthorityKind.REGION,
        "Få råd om hur morgnarna kan bli lättare.",
        (Item.ATTENDANCE, Item.OWN_WORDS),
        (State.GIVEN, State.PARTLY),
    ),
    Planned(
        AuthorityKind.SOCIAL_SERVICES,
        "Se om familjen kan få stöd hemma.",
        (Item.ATTENDANCE, Item.STEPS),
        (State.GIVEN, State.WITHDRAWN),
    ),
    Planned(
        AuthorityKind.PRIMARY_CARE,
        "Fråga vårdcentralen om sömn.",
        (Item.ATTENDANCE,),
        (State.REFUSED, State.GIVEN),
    ),
    Planned(AuthorityKind.SOCIAL_SERVICES, "Planera ett möte.", (Item.ATTENDANCE,), ()),
)


def make_consents(now: datetime) -> int:
    """Ask about the first open cases, the day before, once. Returns how many were asked."""
    at = now - BEFORE
    if Consent.objects.exists():
        return 0
    cases = Case.objects.still_open().filter(pupil__protection=Protection.NONE, opened_at__lt=at)
    found = cases.select_related("pupil", "school").order_by("pk")
    return sum(_made(case, one, at) for case, one in zip(found, PLANS, strict=False))


def _made(case: Case, planned: Planned, at: datetime) -> bool:
    by, receiver = _principal(case, at), _receiver(planned.kind)
    if by is None or receiver is None:
        return False
    day = by.today
    question = Question(receiver, planned.purpose, planned.items, day, day + TIME)
    made = ask(case.pupil, question, by=by, at=at)
    _answer(made, planned.answers, by=by, at=at)
    if State.WITHDRAWN in planned.answers:
        offer_support(case.pupil, Offer(receiver, "Stödsamtal", day), by=by, at=at)
    return True


def _answer(made: Consent, states: Sequence[State], *, by: Viewer, at: datetime) -> None:
    guardians = made.pupil.guardians.filter(held_back="").order_by("pk")
    for number, (one, state) in enumerate(zip(guardians, states, strict=False), start=1):
        when = at + timedelta(minutes=number)
        first = State.GIVEN if state == State.WITHDRAWN else state
        items = (Item(made.items[0]),) if state == State.PARTLY else ()
        given = Given(one, first, by.today, How.ORAL, items)
        answer(made, given, version=made.version, by=by, at=when)
        if state == State.WITHDRAWN:
            later = when + timedelta(hours=1)
            withdraw(made, one, how=How.WRITTEN, by=by, at=later)


def _principal(case: Case, at: datetime) -> Viewer | None:
    day = local_day(at)
    posts = Assignment.objects.in_force(day).filter(role=Role.PRINCIPAL, unit=case.school)
    post = posts.exclude(account=None).order_by("pk").first()
    return None if post is None or post.account is None else Viewer(post.account, post, day, at)


def _receiver(kind: AuthorityKind) -> Unit | None:
    offices = Unit.objects.filter(kind=UnitKind.OFFICE, authority__kind=kind)
    return offices.order_by("pk").first()
