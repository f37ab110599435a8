"""Registration: over schools, one school, a class, gaps, contradictions, help; a teacher's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from tests.web.matrix_town import CLASS, SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment
from narvaro.web.figures.models import Explanation, HelpNote, HelpTopic, Reason

LONG_BEFORE = datetime(2026, 1, 7, 8, tzinfo=ZoneInfo("Europe/Stockholm"))


def of_school(name: str, data: Mapping[str, object] | None = None) -> object:
    """An address of Almskolan."""

    def address(town: MatrixTown, _whose: Assignment) -> Call:
        return Call(reverse(name, args=[town.units[SCHOOL].public_id]), at=SCHOOL, data=data)

    return address


def overview(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("registration"))


def one_class(town: MatrixTown, _whose: Assignment) -> Call:
    ids = [town.units[SCHOOL].public_id, town.units[CLASS].public_id]
    return Call(reverse("registration_class", args=ids), at=CLASS)


def own_lessons(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("own_lessons"))


def explain_own_lessons(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("explain_own_lessons"), data={})


def take_back_reason(_town: MatrixTown, whose: Assignment) -> Call:
    assert whose.account is not None
    made = Explanation.objects.create(
        authority=whose.unit.authority,
        school_key=SCHOOL,
        source="files",
        lesson_key=f"lesson of {whose.public_id}",
        lesson_on=date(2026, 1, 7),
        reason=Reason.OUTING,
        noted_by=whose.account,
        noted_at=LONG_BEFORE,
        public_id=whose.public_id,
    )
    return Call(reverse("take_back_reason", args=[made.public_id]), at=SCHOOL, data={})


def resolve_help(town: MatrixTown, whose: Assignment) -> Call:
    assert whose.account is not None
    note = HelpNote.objects.create(
        unit=town.units[SCHOOL],
        topic=HelpTopic.TIMETABLE,
        text="Läste in schemat",
        given_by=whose.account,
        given_on=date(2026, 1, 7),
        noted_at=LONG_BEFORE,
    )
    data = {"outcome": "Schemat är inläst", "version": "1"}
    return Call(reverse("resolve_help", args=[note.public_id]), at=SCHOOL, data=data)


GIVEN = {"topic": "timetable", "text": "Läste in schemat", "given_on": "2026-01-07"}
ADDRESSES: Addresses = {
    "registration": overview,
    "registration_school": of_school("registration_school"),
    "registration_class": one_class,
    "registration_lessons": of_school("registration_lessons"),
    "explain_lessons": of_school("explain_lessons", {"reason": "outing"}),
    "ask_about_lessons": of_school("ask_about_lessons", {"grupp": ""}),
    "registration_teachers": of_school("registration_teachers"),
    "registration_contradictions": of_school("registration_contradictions"),
    "give_help": of_school("give_help", GIVEN),
    "resolve_help": resolve_help,
    "take_back_reason": take_back_reason,
    "own_lessons": own_lessons,
    "explain_own_lessons": explain_own_lessons,
}
