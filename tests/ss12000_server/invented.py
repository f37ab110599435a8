"""An invented municipality of two schools and a neighbour, four weeks of autumn 2025.

The weeks are 41-43 and 45; week 44 is the autumn break and the clocks change in between.
No personal number in it can exist: every month is 99.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

Json = dict[str, Any]

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIRST_DAY, LAST_DAY = date(2025, 10, 6), date(2025, 11, 7)
MONDAYS = (date(2025, 10, 6), date(2025, 10, 13), date(2025, 10, 20), date(2025, 11, 3))
CREATED = datetime(2025, 8, 1, 6, 0, tzinfo=UTC)
RESOURCES = (
    "organisations",
    "persons",
    "groups",
    "duties",
    "activities",
    "calendarEvents",
    "attendances",
    "absences",
)


def key(name: str) -> str:
    """The id of anything, from a name that can be read."""
    return str(uuid5(UUID(int=12000), name))


MUNICIPALITY, NEIGHBOUR = key("Exempelkommun"), key("Grannkommun")
SCHOOL_A, SCHOOL_B, SCHOOL_C = key("Björkskolan"), key("Ekskolan"), key("Grannskolan")


@dataclass(frozen=True)
class Deleted:
    kind: str
    id: str
    at: datetime


@dataclass
class School:
    """What the server holds: resource -> id -> object, and what was deleted."""

    resources: dict[str, dict[str, Json]]
    deleted: list[Deleted] = field(default_factory=list)

    def change(self, kind: str, of: str, *, at: datetime, **fields: Any) -> None:
        """Give an object other values from `at`; a value of None takes the property away."""
        thing = self.resources[kind][of]
        for name, value in fields.items():
            thing.pop(name, None) if value is None else thing.update({name: value})
        thing["meta"]["modified"] = stamp(at)

    def delete(self, kind: str, of: str, *, at: datetime) -> None:
        del self.resources[kind][of]
        self.deleted.append(Deleted(kind, of, at))

    def add(self, kind: str, thing: Json) -> None:
        self.resources[kind][thing["id"]] = thing

    def copy(self) -> School:
        return deepcopy(self)


def stamp(moment: datetime) -> str:
    return moment.isoformat()


def meta(at: datetime = CREATED) -> Json:
    return {"created": stamp(at), "modified": stamp(at)}


def ref(of: str) -> Json:
    return {"id": of}


def local(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), STOCKHOLM)


def invent() -> School:
    """The same school every time."""
    from tests.ss12000_server import lessons, people

    school = School({name: {} for name in RESOURCES})
    for kind, things in (
        ("organisations", organisations()),
        ("persons", people.persons()),
        ("duties", people.duties()),
        ("groups", people.groups()),
        ("activities", lessons.activities()),
        ("calendarEvents", lessons.events()),
        ("absences", lessons.absences()),
    ):
        for thing in things:
            school.add(kind, thing)
    for thing in lessons.attendances(school.resources):
        school.add("attendances", thing)
    return school


def organisations() -> Iterator[Json]:
    yield organisation("Exempelkommun", "Huvudman", None)
    yield organisation("Grundskolan", "Rektorsområde", MUNICIPALITY)
    yield organisation("Björkskolan", "Skolenhet", key("Grundskolan"), unit="99000001")
    yield organisation("Ekskolan", "Skolenhet", key("Grundskolan"), unit="99000002")
    yield organisation("Grannkommun", "Huvudman", None)
    yield organisation("Grannskolan", "Skolenhet", NEIGHBOUR, unit="99000003")


def organisation(name: str, kind: str, parent: str | None, *, unit: str = "") -> Json:
    thing: Json = {
        "id": key(name),
        "meta": meta(),
        "displayName": name,
        "organisationType": kind,
        "startDate": "2024-01-01",
    }
    if parent:
        thing["parentOrganisation"] = ref(parent)
    if unit:
        thing |= {"schoolUnitCode": unit, "schoolTypes": ["GR"], "municipalityCode": "9999"}
    return thing


def days_of(mondays: tuple[date, ...], weekday: int) -> Iterator[date]:
    for monday in mondays:
        yield monday + timedelta(days=weekday)
