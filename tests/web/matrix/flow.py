"""How the routine runs: the municipality, an area, a school and which of its steps are late."""

from __future__ import annotations

from datetime import UTC, datetime

from django.urls import reverse
from tests.web.conftest import LONG_AGO
from tests.web.matrix_town import AREA, AUTHORITY, SCHOOL, Addresses, Call, MatrixTown

from narvaro.programmes import load_text, text_of
from narvaro.web.accounts.models import Assignment
from narvaro.web.cases.models import Case, OpenedBecause, Routine, Step

MONDAY = datetime(2026, 8, 31, 10, tzinfo=UTC)


def late_case(town: MatrixTown) -> Case:
    """An open case of the pupil, whose first step nobody has decided."""
    account = town.colleague.account
    assert account is not None
    text = text_of("boras-recommended")
    routine = Routine.objects.create(
        programme="boras-recommended",
        version=1,
        digest=load_text(text).fingerprint,
        text=text,
        kept_at=MONDAY,
    )
    case = Case.objects.create(
        pupil=town.pupil,
        authority=town.authority,
        school=town.units[SCHOOL],
        owner=account,
        routine=routine,
        opened_at=MONDAY,
        opened_on=LONG_AGO,
        opened_by=account,
        opened_because=OpenedBecause.STAFF,
    )
    Step.objects.create(
        case=case, step="conversation", owner=account, began_at=MONDAY, began_on=LONG_AGO
    )
    return case


def municipality(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(
        reverse("flow_municipality"), at=AUTHORITY, shows="<h1>Så går rutinen: linnasa</h1>"
    )


def area(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("flow_area", args=[town.units[AREA].public_id]), at=AREA)


def school(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("flow_school", args=[town.units[SCHOOL].public_id]), at=SCHOOL)


def late(town: MatrixTown, _whose: Assignment) -> Call:
    url = reverse("flow_school", args=[town.units[SCHOOL].public_id])
    return Call(url, at=SCHOOL, shows="Försenade steg just nu")


def taken_out(town: MatrixTown, _whose: Assignment) -> list[Call]:
    url = reverse("inspector_case", args=[late_case(town).public_id])
    return [Call(url, at=SCHOOL), Call(url, at=SCHOOL, data={"why": "inspection"})]


def on_paper(town: MatrixTown, _whose: Assignment) -> Call:
    url = reverse("inspector_pdf", args=[late_case(town).public_id])
    return Call(url, at=SCHOOL, data={"why": "inspection"})


def time_in_cases(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("inspector_school", args=[town.units[SCHOOL].public_id]), at=SCHOOL)


ADDRESSES: Addresses = {
    "inspector_case": taken_out,
    "inspector_pdf": on_paper,
    "inspector_school": time_in_cases,
    "flow_municipality": municipality,
    "flow_area": area,
    "flow_school": school,
}
PARTS: Addresses = {"flow.late": late}
