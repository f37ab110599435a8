"""Meetings of authorities from a case at Almskolan, what an agency is to do after them, deviations."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from tests.web.matrix.collaboration import NOW, OFFICE, Address, account, made
from tests.web.matrix_town import SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment, Unit
from narvaro.web.collaboration.models import (
    CrossMeeting,
    Decision,
    Deviation,
    Minutes,
    PlaceKind,
    What,
)


def meeting(town: MatrixTown, whose: Assignment, *, is_held: bool = False) -> CrossMeeting:
    """The meeting of a call, yesterday, with something written."""
    call = made(town, whose).call
    office = town.units[OFFICE]
    held = {"held_at": NOW, "held_by": account(town), "follow_up_on": NOW.date() + timedelta(9)}
    one = CrossMeeting.objects.create(
        call=call,
        starts_at=NOW - timedelta(days=1),
        place_kind=PlaceKind.SCHOOL,
        chair_unit=office,
        planned_at=NOW,
        planned_by=account(town),
        **(held if is_held else {}),
    )
    Minutes.objects.create(meeting=one, talked_of="Prov", changed_at=NOW, changed_by=account(town))
    return one


def decision(town: MatrixTown, one: CrossMeeting, unit: Unit | None = None) -> Decision:
    return Decision.objects.create(
        meeting=one,
        words="Prov",
        owner_unit=unit or town.units[OFFICE],
        due_on=NOW.date() + timedelta(days=9),
        made_by=account(town),
        made_at=NOW,
    )


def of_meeting(name: str, data: dict[str, str] | None = None, *, is_held: bool = False) -> Address:
    def address(town: MatrixTown, whose: Assignment) -> Call:
        one = meeting(town, whose, is_held=is_held)
        return Call(reverse(name, args=[one.public_id]), at=SCHOOL, data=data)

    return address


def of_decision(name: str, *, is_held: bool) -> Address:
    def address(town: MatrixTown, whose: Assignment) -> Call:
        one = meeting(town, whose, is_held=is_held)
        row = decision(town, one)
        args = [one.public_id, row.public_id]
        return Call(reverse(name, args=args), at=SCHOOL, data={"version": "1"})

    return address


def done_by_us(town: MatrixTown, whose: Assignment) -> Call:
    row = decision(town, meeting(town, whose, is_held=True))
    return Call(reverse("done_by_us", args=[row.public_id]), at=OFFICE, data={"version": "1"})


def ours(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("our_decisions"))


def counts(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("cross_agency_counts"))


def of_deviation(name: str) -> Address:
    def address(town: MatrixTown, whose: Assignment) -> Call:
        one = meeting(town, whose, is_held=True)
        row = Deviation.objects.create(
            call=one.call,
            meeting=one,
            unit=one.chair_unit,
            what=What.NO_SHOW,
            made_at=NOW,
            made_on=NOW.date(),
        )
        return Call(reverse(name, args=[row.public_id]), at=SCHOOL)

    return address


ADDRESSES: Addresses = {
    "joint_meeting": of_meeting("joint_meeting"),
    "joint_minutes_pdf": of_meeting("joint_minutes_pdf"),
    "note_joint_present": of_meeting("note_joint_present"),
    "write_joint_minutes": of_meeting("write_joint_minutes"),
    "decide_jointly": of_meeting("decide_jointly"),
    "hold_joint_meeting": of_meeting("hold_joint_meeting"),
    "lock_joint_minutes": of_meeting("lock_joint_minutes", {"version": "1"}, is_held=True),
    "take_back_decision": of_decision("take_back_decision", is_held=False),
    "joint_decision_done": of_decision("joint_decision_done", is_held=True),
    "our_decisions": ours,
    "done_by_us": done_by_us,
    "deviation": of_deviation("deviation"),
    "sign_deviation": of_deviation("sign_deviation"),
    "deviation_pdf": of_deviation("deviation_pdf"),
    "cross_agency_counts": counts,
}
