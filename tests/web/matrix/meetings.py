"""Meetings at Almskolan: their pages, agendas, decisions and minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from tests.web.matrix_town import CLASS, SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.meetings.models import (
    AgendaItem,
    Guest,
    Invited,
    Kind,
    Meeting,
    Minutes,
    ProtectedPart,
    Series,
)

SOON = datetime.now(UTC) + timedelta(days=3)
SOON_AGO = SOON - timedelta(days=4)
ANALYSIS = {"in_school": "Matematik", "at_home": "", "works": "Slöjd", "version": "0"}
Address = Callable[[MatrixTown, Assignment], Call]


def account(town: MatrixTown) -> Account:
    assert town.colleague.account is not None
    return town.colleague.account


def series(town: MatrixTown) -> Series:
    return Series.objects.create(
        school=town.units[SCHOOL],
        kind=Kind.STUDENT_HEALTH,
        name="Elevhälsomöte i Alm",
        chair=account(town),
        professions=[Role.PRINCIPAL],
    )


def called(made: Meeting, town: MatrixTown, whose: Assignment) -> Meeting:
    """A viewer's meeting lies where the viewer serves, and calls them."""
    if whose != town.colleague:
        made.series.school = whose.unit
        made.series.save()
        Invited.objects.create(meeting=made, account=whose.account, profession=whose.role)
    return made


def meeting(town: MatrixTown, **more: Any) -> Meeting:
    fields = {"starts_at": SOON, "minutes": 120, "chair": account(town), "planned_at": SOON} | more
    return Meeting.objects.create(series=series(town), **fields)


def item(town: MatrixTown) -> AgendaItem:
    return AgendaItem.objects.create(
        meeting=meeting(town), number=1, pupil=town.pupil, why="Oro", added_by=account(town)
    )


def protected_item(town: MatrixTown) -> AgendaItem:
    made = item(town)
    ProtectedPart.objects.create(
        item=made, text="x", written_by=account(town), written_as="school_nurse", written_at=SOON
    )
    return made


def approved(town: MatrixTown) -> Meeting:
    made = meeting(town, held_at=SOON, held_by=account(town))
    Minutes.objects.create(
        meeting=made,
        changed_by=account(town),
        changed_at=SOON,
        approved_at=SOON,
        approved_by=account(town),
    )
    return made


def of_meeting(
    name: str,
    data: dict[str, str] | None = None,
    *,
    make: Callable[[MatrixTown], Meeting] = meeting,
) -> Address:
    def address(town: MatrixTown, whose: Assignment) -> Call:
        made = called(make(town), town, whose)
        return Call(reverse(name, args=[made.public_id]), at=SCHOOL, data=data)

    return address


def of_item(
    name: str,
    data: dict[str, str] | None = None,
    *,
    make: Callable[[MatrixTown], AgendaItem] = item,
) -> Address:
    def address(town: MatrixTown, _whose: Assignment) -> Call:
        return Call(reverse(name, args=[make(town).public_id]), at=SCHOOL, data=data)

    return address


def decide(town: MatrixTown, _whose: Assignment) -> Call:
    """The viewer has to choose who does the next thing: the colleague, who is a teacher there."""
    data = ANALYSIS | {"word": "act", "reason": "Skäl", "next_owner": account(town).public_id}
    return Call(reverse("decide_item", args=[item(town).public_id]), at=SCHOOL, data=data)


def of_series(name: str) -> Address:
    def address(town: MatrixTown, _whose: Assignment) -> Call:
        return Call(reverse(name, args=[series(town).public_id]), at=SCHOOL)

    return address


def meetings(town: MatrixTown, whose: Assignment) -> Call:
    made = called(meeting(town), town, whose)
    return Call(reverse("meetings"), at=SCHOOL, shows=made.series.name)


def start(town: MatrixTown, _whose: Assignment) -> Call:
    url = f"{reverse('start_meeting_series')}?skola={town.units[SCHOOL].public_id}"
    return Call(url, at=SCHOOL)


def participation(town: MatrixTown, _whose: Assignment) -> Call:
    held = datetime.now(UTC) - timedelta(days=1)
    meeting(town, starts_at=held, held_at=held, held_by=account(town), professions=["principal"])
    return Call(reverse("meeting_participation"), at=SCHOOL, shows="0 av 1")


def answer(town: MatrixTown, whose: Assignment) -> Call:
    made = meeting(town, public_id=whose.public_id)
    Invited.objects.create(meeting=made, account=whose.account, profession=whose.role)
    return Call(reverse("answer_meeting", args=[made.public_id]), data={"says": "comes"})


def as_guest(town: MatrixTown, whose: Assignment) -> Call:
    assert whose.account is not None
    made = Guest.objects.create(
        item=item(town), account=whose.account, invited_at=SOON_AGO, invited_by=account(town)
    )
    return Call(reverse("meeting_guest", args=[made.public_id]), at=CLASS)


ADDRESSES: Addresses = {
    "meeting_guest": as_guest,
    "invite_guest": of_item("invite_guest"),
    "meetings": meetings,
    "meeting_participation": participation,
    "start_meeting_series": start,
    "change_meeting_series": of_series("change_meeting_series"),
    "end_meeting_series": of_series("end_meeting_series"),
    "plan_meeting": of_series("plan_meeting"),
    "move_item": of_item("move_item", {"to": "up", "version": "1"}),
    "strike_item": of_item("strike_item"),
    "analyse_item": of_item("analyse_item", ANALYSIS),
    "decide_item": decide,
    "protect_item": of_item("protect_item"),
    "open_protected_item": of_item(
        "open_protected_item", {"reason": "decision"}, make=protected_item
    ),
    "meeting": of_meeting("meeting"),
    "answer_meeting": answer,
    "invite_to_meeting": of_meeting("invite_to_meeting", {}),
    "remind_of_meeting": of_meeting("remind_of_meeting", {}),
    "gather_items": of_meeting("gather_items", {}),
    "add_item": of_meeting("add_item", {"what": "general", "title": "Läsro", "minutes": "5"}),
    "replan_meeting": of_meeting("replan_meeting"),
    "cancel_meeting": of_meeting("cancel_meeting"),
    "note_present": of_meeting("note_present", {}),
    "hold_meeting": of_meeting("hold_meeting", {"version": "1"}),
    "meeting_minutes": of_meeting("meeting_minutes"),
    "meeting_minutes_general": of_meeting("meeting_minutes_general"),
    "minutes_pdf": of_meeting("minutes_pdf"),
    "minutes_general_pdf": of_meeting("minutes_general_pdf"),
    "write_minutes": of_meeting("write_minutes"),
    "approve_minutes": of_meeting("approve_minutes", {"version": "1"}),
    "add_addendum": of_meeting("add_addendum", make=approved),
}
