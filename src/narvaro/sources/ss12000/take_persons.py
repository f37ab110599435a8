"""Persons: pupils become keys and enrolments, names go to the sink or nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from narvaro.sources.ss12000 import moments, words
from narvaro.sources.ss12000.civic_numbers import birth_date_in
from narvaro.sources.ss12000.desk import Desk, each
from narvaro.sources.ss12000.identities import Adult, Identity
from narvaro.sources.ss12000.models import (
    Enrolment,
    ExternalIdentifier,
    Person,
    Responsible,
    read,
)
from narvaro.sources.ss12000.notices import BadRow

_CIVIC = ("civic", "temporary")


def take_person(row: object, desk: Desk) -> None:
    """Take a Person; one without an enrolment here is remembered by key only; raises BadRow."""
    found = read(Person, row)
    desk.check_meta(row, resource="persons")
    pupil = desk.pupil_key(found.id)
    enrolments = _enrolments(pupil, found, desk)
    born_on = _birth_date(found, desk)
    civic = desk.civic_number(found.civicNo, born_on=born_on)
    if born_on is None and civic is not None:
        born_on = birth_date_in(civic[1])
    for enrolment in enrolments:
        desk.put("persons", "enrolments", enrolment)
    desk.put("persons", "pupils", _pupil_row(pupil, found, desk, born_on=born_on, ours=enrolments))
    if enrolments:
        _take_aliases(pupil, found, desk, civic=civic)
    if desk.people is not None:
        _tell(pupil, found, desk, civic=civic)


def _pupil_row(
    pupil: str, person: Person, desk: Desk, *, born_on: date | None, ours: object
) -> dict[str, str | int | None]:
    if not ours:
        return {"pupil": pupil, "ours": 0}
    if person.sex not in words.SEX and person.sex is not None:
        desk.book.note("persons", "word-unknown")
    return {
        "pupil": pupil,
        "ours": 1,
        "birth_date": None if born_on is None else born_on.isoformat(),
        "sex": words.SEX.get(person.sex or "", "unknown"),
        "protection": desk.protection(person.securityMarking, resource="persons"),
    }


def _enrolments(pupil: str, person: Person, desk: Desk) -> list[dict[str, str | int | None]]:
    rows = []
    for enrolment in each(desk, person.enrolments, Enrolment, table="enrolments"):
        try:
            row = _enrolment(pupil, enrolment, desk)
        except BadRow as bad:
            desk.book.refuse("enrolments", bad.reason)
        else:
            rows += [row] if row else []
    return rows


def _enrolment(pupil: str, enrolment: Enrolment, desk: Desk) -> dict[str, str | int | None] | None:
    form = words.school_form(enrolment.schoolType)
    left_out = _left_out(enrolment, form, desk)
    if left_out:
        desk.book.note("persons", left_out)
        return None
    starts_on, ends_on = desk.days(enrolment)
    grade, is_known = words.grade(form, enrolment.schoolYear)
    if not is_known:
        desk.book.note("persons", "school-year-unknown")
    return {
        "pupil": pupil,
        "school": enrolment.enroledAt.id,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "grade": grade,
        "form": form,
    }


def _left_out(enrolment: Enrolment, form: str | None, desk: Desk) -> str:
    if enrolment.cancelled:
        return "cancelled-enrolment"
    if form in words.LEISURE:
        return "leisure-enrolment"
    if not desk.scope.wants(enrolment.enroledAt.id):
        return "other-organisation"
    return ""


def _birth_date(person: Person, desk: Desk) -> date | None:
    if person.birthDate is None:
        return None
    try:
        return desk.day(person.birthDate, "birthDate", first_year=moments.FIRST_BIRTH_YEAR)
    except BadRow as bad:
        desk.book.refuse("birth dates", bad.reason)
        return None


def _take_aliases(pupil: str, person: Person, desk: Desk, *, civic: tuple[str, str] | None) -> None:
    desk.add_alias(pupil, "id", person.id)
    if civic is not None:
        desk.add_alias(pupil, *civic)
    for other in each(desk, person.externalIdentifiers, ExternalIdentifier, table="aliases"):
        desk.add_alias(pupil, f"external:{other.context}", other.value)


def _tell(pupil: str, person: Person, desk: Desk, *, civic: tuple[str, str] | None) -> None:
    """Hand the names on; of a pupil at another organisation nothing."""
    people = desk.people
    assert people is not None  # noqa: S101 - the caller asked
    protection = desk.protection(person.securityMarking, resource="persons")
    given, family = _text(person.givenName), _text(person.familyName)
    if not person.enrolments:
        adult = Adult(given, family, _contact(person), protection)
        people.adult(desk.keys("guardian", person.id), desk.staff_key(person.id), adult)
        return
    if not desk.bench.count("SELECT ours FROM pupils WHERE pupil = :pupil", pupil=pupil):
        return
    number = civic[1] if civic is not None else None
    mail = _first_value(person.emails)
    people.pupil(Identity(pupil, given, family, number, mail, protection))
    for responsible in each(desk, person.responsibles, Responsible, table="guardians"):
        people.link(pupil, desk.keys("guardian", responsible.person.id))


def _contact(person: Person) -> str | None:
    return _first_value(person.emails) or _first_value(person.phoneNumbers)


def _first_value(values: object) -> str | None:
    for one in values if isinstance(values, list) else ():
        if isinstance(one, Mapping) and isinstance(one.get("value"), str):
            return str(one["value"])
    return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
