"""New flags: read, answered, taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse
from tests.web.matrix_town import CLASS, SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.cases.models import Case, OpenedBecause, Step
from narvaro.web.cases.routines import programme_of, routine_in_force
from narvaro.web.inbox.models import Answer, Flag

NAME = "Elev Provsson"
DAY, NOON = date(2026, 1, 7), datetime(2026, 1, 7, 11, tzinfo=UTC)


def made(town: MatrixTown, owner: Account, **more: Any) -> Flag:
    """A flag of the pupil of 7B."""
    return Flag.objects.create(
        authority=town.authority,
        pupil=town.pupil,
        school=town.units[SCHOOL],
        class_key=CLASS,
        programme="provbygd",
        rule="three-months",
        month="2025-12",
        certainty="certain",
        owner=owner,
        run="provbygd/linnasa/2025-12",
        run_version=1,
        taken_at=NOON,
        taken_on=DAY,
        due_on=date(2026, 1, 14),
        **more,
    )


def flag(town: MatrixTown) -> Flag:
    assert town.colleague.account is not None
    return made(town, town.colleague.account)


def every(town: MatrixTown, _whose: Assignment) -> Call:
    flag(town)
    return Call(reverse("flags"), at=CLASS, shows=NAME)


def one(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("flag", args=[flag(town).public_id]), at=CLASS)


def accepting(town: MatrixTown, _whose: Assignment) -> Call:
    found = flag(town)
    url = reverse("flag_accept", args=[found.public_id])
    return Call(url, at=CLASS, data={"version": found.version})


def declining(town: MatrixTown, _whose: Assignment) -> Call:
    found = flag(town)
    sent = {"offered": f"{found.public_id}:{found.version}", "flag": found.public_id}
    return Call(reverse("flags_decline"), at=CLASS, data=sent)


def taking_back(town: MatrixTown, _whose: Assignment) -> Call:
    colleague = town.colleague.account
    assert colleague is not None
    answered = {
        "answer": Answer.NO_CASE,
        "reason": "Skolresa",
        "answered_by": colleague,
        "answered_at": NOON,
        "answered_on": DAY,
        "answered_with": "tillsammans",
    }
    made(town, colleague, **answered)
    return Call(reverse("flags_take_back", args=["tillsammans"]), at=CLASS, data={})


def nothing_done(town: MatrixTown, _whose: Assignment) -> Call:
    flag(town)
    return Call(reverse("handling"), at=CLASS, shows=NAME)


def by_school(town: MatrixTown, _whose: Assignment) -> Call:
    flag(town)
    return Call(reverse("handling_counts"), at=SCHOOL, shows=SCHOOL)


def by_teacher(town: MatrixTown, _whose: Assignment) -> Call:
    assert town.colleague.account is not None
    case = Case.objects.create(
        pupil=town.pupil,
        authority=town.authority,
        school=town.units[SCHOOL],
        owner=town.colleague.account,
        routine=routine_in_force(DAY, at=NOON),
        opened_at=NOON,
        opened_on=DAY,
        opened_by=town.colleague.account,
        opened_because=OpenedBecause.STAFF,
    )
    programme = programme_of(case)
    asks = next(one for one in programme.steps if any(w.kind == "form" for w in one.evidence))
    Step.objects.create(
        case=case, step=asks.id, owner=town.colleague.account, began_at=NOON, began_on=DAY
    )
    return Call(reverse("handling"), at=SCHOOL, shows="Dokumentationer som väntar")


ADDRESSES: Addresses = {
    "flags": every,
    "flag": one,
    "flag_accept": accepting,
    "flags_decline": declining,
    "flags_take_back": taking_back,
    "handling": nothing_done,
    "handling_counts": by_school,
}
PARTS: Addresses = {"inbox.waiting_by_teacher": by_teacher}
