"""Calls from a case at Almskolan: their pages, and the page of a unit that is called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.urls import reverse
from tests.web.matrix.cases import case as of_case
from tests.web.matrix_town import SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.collaboration.links import make_link, token_of
from narvaro.web.collaboration.models import Call as Made
from narvaro.web.collaboration.models import Called, CallKind, PlaceKind, Proposed

NOW = datetime.now(UTC)
OFFICE = "socialkontoret"
Address = Callable[[MatrixTown, Assignment], Call]


def account(town: MatrixTown) -> Account:
    assert town.colleague.account is not None
    return town.colleague.account


def made(town: MatrixTown, whose: Assignment, *, is_sent: bool = True) -> Called:
    """A call of the case to the agency's office, sent an hour ago, with a time to come."""
    case = of_case(town, whose)
    sent = {"called_on": NOW.date(), "sent_at": NOW - timedelta(hours=1), "sent_by": account(town)}
    call = Made.objects.create(
        case=case,
        pupil=case.pupil,
        kind=CallKind.CROSS_AGENCY,
        local_name="Samverkansmöte",
        reason="Skäl",
        question="Fråga",
        made_at=NOW - timedelta(hours=2),
        made_by=account(town),
        **(sent if is_sent else {}),
    )
    Proposed.objects.create(
        call=call, starts_at=NOW + timedelta(days=7), place_kind=PlaceKind.SCHOOL
    )
    office = town.units[OFFICE]
    return Called.objects.create(call=call, unit=office, mail="a@example.invalid")


def of_call(name: str, data: dict[str, str] | None = None, *, is_sent: bool = True) -> Address:
    def address(town: MatrixTown, whose: Assignment) -> Call:
        call = made(town, whose, is_sent=is_sent).call
        return Call(reverse(name, args=[call.public_id]), at=SCHOOL, data=data)

    return address


def make(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("make_call", args=[of_case(town, whose).public_id]), at=SCHOOL)


def note(town: MatrixTown, whose: Assignment) -> Call:
    called = made(town, whose)
    url = reverse("note_called", args=[called.call.public_id, called.public_id])
    return Call(url, at=SCHOOL)


def again(town: MatrixTown, whose: Assignment) -> Call:
    called = made(town, whose)
    url = reverse("call_again", args=[called.call.public_id, called.public_id])
    return Call(url, at=SCHOOL, data={})


def called(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("called", args=[made(town, whose).public_id]), at=OFFICE)


def by_link(town: MatrixTown, whose: Assignment) -> Call:
    link = make_link(made(town, whose), NOW)
    return Call(reverse("answer_call_by_link", args=[token_of(link)]))


ADDRESSES: Addresses = {
    "make_call": make,
    "call": of_call("call"),
    "change_call": of_call("change_call", is_sent=False),
    "send_call": of_call("send_call", {"version": "1"}, is_sent=False),
    "undo_call": of_call("undo_call", {}),
    "cancel_call": of_call("cancel_call"),
    "remind_called": of_call("remind_called", {}),
    "propose_time": of_call("propose_time"),
    "settle_call": of_call("settle_call"),
    "read_calendar_reply": of_call("read_calendar_reply"),
    "note_called": note,
    "call_again": again,
    "called": called,
    "answer_call_by_link": by_link,
}
