"""Coordinated plans: written, signed, followed up; each part on pages and as files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse
from tests.web.matrix.cases import case
from tests.web.matrix_town import CLASS, SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.plans import actions
from narvaro.web.plans.actions import Doing, Shared
from narvaro.web.plans.models import PlanVersion, Who

NOON, DAY = datetime(2026, 1, 7, 11, tzinfo=UTC), date(2026, 1, 7)
FAR_AWAY = date(2099, 1, 7)
FOLLOWED = {"on": "2026-01-08", "words": "Det gick bra.", "outcome": "ends"}
WRITTEN = {
    "version": "2",
    "insats-TOTAL_FORMS": "1",
    "insats-INITIAL_FORMS": "0",
    "insats-0-words": "Möter i entrén",
}
Address = Callable[[MatrixTown, Assignment], Call]


def draft(town: MatrixTown, whose: Assignment) -> PlanVersion:
    """A whole draft with an own part, in a case of somebody."""
    assert whose.account is not None
    by = Viewer(whose.account, whose, DAY, NOON)
    made = actions.start(case(town, whose), by=by, at=NOON).versions.get()
    shared = Shared(
        "Behov",
        "Egna ord",
        main_unit=town.units[SCHOOL],
        follow_up_on=FAR_AWAY,
        is_alone=True,
        doing=[Doing("Möter i entrén", Who.UNIT, town.units[SCHOOL])],
    )
    kept = actions.write(made, shared, opened_version=1, by=by, at=NOON)
    actions.write_own(kept, does="Eva", knows="", opened_version=0, by=by, at=NOON)
    return kept


def signed(town: MatrixTown, whose: Assignment) -> PlanVersion:
    """The draft, signed."""
    kept = draft(town, whose)
    assert whose.account is not None
    by = Viewer(whose.account, whose, DAY, NOON)
    return actions.sign(kept, opened_version=2, opened_own=1, by=by, at=NOON)


def of_plan(
    name: str,
    data: dict[str, Any] | None = None,
    *,
    make: Callable[[MatrixTown, Assignment], PlanVersion] = draft,
    is_of_version: bool = False,
) -> Address:
    def address(town: MatrixTown, whose: Assignment) -> Call:
        made = make(town, whose)
        given = [made.plan.public_id, *([made.number] if is_of_version else [])]
        return Call(reverse(name, args=given), at=CLASS, data=data)

    return address


def start(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("plan_start", args=[case(town, whose).public_id]), at=CLASS, data={})


def every(town: MatrixTown, whose: Assignment) -> Call:
    made = draft(town, whose)
    return Call(reverse("plans"), at=CLASS, shows=made.plan.public_id)


ADDRESSES: Addresses = {
    "plans": every,
    "plan_start": start,
    "plan": of_plan("plan"),
    "plan_version": of_plan("plan_version", is_of_version=True),
    "plan_pdf": of_plan("plan_pdf", is_of_version=True),
    "plan_docx": of_plan("plan_docx", is_of_version=True),
    "plan_own": of_plan("plan_own", is_of_version=True),
    "plan_own_pdf": of_plan("plan_own_pdf", is_of_version=True),
    "plan_own_docx": of_plan("plan_own_docx", is_of_version=True),
    "plan_write": of_plan("plan_write", WRITTEN),
    "plan_write_own": of_plan("plan_write_own", {"does": "Eva", "version": "1"}),
    "plan_sign": of_plan("plan_sign", {"version": "2", "own": "1"}),
    "plan_new_version": of_plan("plan_new_version", {}, make=signed),
    "plan_follow_up": of_plan("plan_follow_up", FOLLOWED, make=signed),
}
