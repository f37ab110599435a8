"""What an ideal client ends with: plain loops over the objects, nothing of the wire.

Keys are the server's own ids. Times are UTC. Only what can be known is in it: under a switch
that hides a resource or spoils an object, that part is missing here and named in `unusable`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.ss12000_server.asking import descendants
from tests.ss12000_server.deviations import Deviations
from tests.ss12000_server.invented import FIRST_DAY, LAST_DAY, Json, School
from tests.ss12000_server.lessons import participants, scheduled_minutes

PROTECTION = {
    "Ingen": "none",
    "Sekretessmarkering": "marked",
    "Skyddad folkbokföring": "protected_registration",
}
SEX = {"Man": "male", "Kvinna": "female"}
ANNOUNCED = {"Beviljad ledighet": "leave", "Anmäld frånvaro": "notified"}
NOT_FOR_PUPILS = ("Läraraktivitet", "Övrigt")
Spoiled = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Pupil:
    birth_date: date
    sex: str
    protection: str  # an unknown word counts as the strictest


@dataclass(frozen=True, order=True)
class Enrolment:
    pupil: str
    school: str
    grade: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Lesson:
    school: str
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    teachers: frozenset[str]  # persons


@dataclass(frozen=True)
class Mark:
    """Minutes of an acknowledged lesson; a bucket nobody gave is 0."""

    scheduled: int
    valid: int
    invalid: int
    other: int


@dataclass(frozen=True, order=True)
class Announced:
    pupil: str
    starts_at: datetime
    ends_at: datetime
    kind: str


@dataclass(frozen=True)
class Truth:
    """Rows by key; `announced_only` are marks that acknowledge nothing."""

    schools: frozenset[str]
    pupils: Mapping[str, Pupil]
    enrolments: frozenset[Enrolment]
    lessons: Mapping[str, Lesson]
    participants: Mapping[str, frozenset[str]]  # lesson -> pupils, cancelled lessons too
    marks: Mapping[tuple[str, str], Mark]  # (lesson, pupil)
    announced_only: frozenset[tuple[str, str]]
    absences: frozenset[Announced]
    summaries_only: bool  # no lessons to be had: minutes come from aggregatedAttendance
    unusable: frozenset[tuple[str, str]]  # (resource, id): cannot be taken in, must be told


def truth(
    school: School,
    deviations: Deviations | None = None,
    *,
    organisation: str | None = None,
    since: date = FIRST_DAY,
    until: date = LAST_DAY,
) -> Truth:
    """What is so for one organisation and window; `school` as the server holds it."""
    switches = deviations or Deviations()
    scope = (
        descendants(school, organisation)
        if organisation
        else set(school.resources["organisations"])
    )
    spoiled = frozenset(unusable(school, scope))
    lessons = {} if switches.no_calendar_events else held(school, scope, spoiled, since, until)
    rows = [] if switches.no_attendances else registered(school, lessons, spoiled)
    absences = [] if switches.no_absences else school.resources["absences"].values()
    persons = {p["id"]: p for p in school.resources["persons"].values() if enrolments(p, scope)}
    return Truth(
        schools=frozenset(units(school) & scope),
        pupils={of: pupil(person) for of, person in persons.items()},
        enrolments=frozenset(e for p in persons.values() for e in enrolments(p, scope)),
        lessons={of: lesson(event, school) for of, event in lessons.items()},
        participants={
            of: frozenset(participants(event, school.resources)) for of, event in lessons.items()
        },
        marks={whose(row): mark(row, lessons) for row in rows if row["isReported"]},
        announced_only=frozenset(whose(row) for row in rows if not row["isReported"]),
        absences=frozenset(
            announced(row)
            for row in absences
            if row["organisation"]["id"] in scope and ("absences", row["id"]) not in spoiled
        ),
        summaries_only=switches.no_calendar_events or switches.no_attendances,
        unusable=spoiled,
    )


def units(school: School) -> set[str]:
    organisations = school.resources["organisations"].values()
    return {o["id"] for o in organisations if o["organisationType"] == "Skolenhet"}


def held(
    school: School, scope: set[str], spoiled: Spoiled, since: date, until: date
) -> dict[str, Json]:
    """Events of the scope and window that are lessons of pupils."""
    activities = school.resources["activities"]
    return {
        of: event
        for of, event in school.resources["calendarEvents"].items()
        if counts(event, school)
        and ("calendarEvents", of) not in spoiled
        and activities[event["activity"]["id"]]["organisation"]["id"] in scope
        and since <= date.fromisoformat(event["startTime"][:10]) <= until
    }


def registered(school: School, lessons: Mapping[str, Json], spoiled: Spoiled) -> list[Json]:
    return [
        row
        for row in school.resources["attendances"].values()
        if row["calendarEvent"]["id"] in lessons and ("attendances", row["id"]) not in spoiled
    ]


def whose(row: Json) -> tuple[str, str]:
    return row["calendarEvent"]["id"], row["student"]["id"]


def counts(event: Json, school: School) -> bool:
    """Pupils' lessons: not the staff's own, and an exam only when somebody registered it."""
    kind = school.resources["activities"][event["activity"]["id"]]["activityType"]
    if kind == "Provaktivitet":
        rows = school.resources["attendances"].values()
        return any(row["calendarEvent"]["id"] == event["id"] for row in rows)
    return kind not in NOT_FOR_PUPILS


def unusable(school: School, scope: set[str]) -> Iterator[tuple[str, str]]:
    """Objects of which no row can be made."""
    for row in school.resources["attendances"].values():
        minutes = (value or 0 for name, value in row.items() if name.endswith("Minutes"))
        known = row["student"] and row["student"]["id"] in school.resources["persons"]
        if not known or min(minutes, default=0) < 0:
            yield "attendances", row["id"]
    for row in school.resources["absences"].values():
        if not row["student"]:
            yield "absences", row["id"]
    for event in school.resources["calendarEvents"].values():
        if moment(event["endTime"]) < moment(event["startTime"]):
            yield "calendarEvents", event["id"]
    for person in school.resources["persons"].values():
        spans = [s for s in person.get("enrolments", ()) if s["enroledAt"]["id"] in scope]
        if any(not sound(span) for span in spans):
            yield "persons", person["id"]


def sound(span: Json) -> bool:
    return bool("1990" <= span["startDate"] <= span.get("endDate", "2100"))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def pupil(person: Json) -> Pupil:
    return Pupil(
        date.fromisoformat(person["birthDate"]),
        SEX.get(person["sex"], "unknown"),
        PROTECTION.get(person["securityMarking"], "protected_registration"),
    )


def enrolments(person: Json, scope: set[str]) -> list[Enrolment]:
    return [
        Enrolment(
            person["id"],
            span["enroledAt"]["id"],
            str(span["schoolYear"]),
            date.fromisoformat(span["startDate"]),
            date.fromisoformat(span["endDate"]) if "endDate" in span else None,
        )
        for span in person.get("enrolments", ())
        if span["enroledAt"]["id"] in scope and not span.get("cancelled") and sound(span)
    ]


def lesson(event: Json, school: School) -> Lesson:
    activity = school.resources["activities"][event["activity"]["id"]]
    duties = school.resources["duties"]
    return Lesson(
        activity["organisation"]["id"],
        moment(event["startTime"]),
        moment(event["endTime"]),
        event["cancelled"],
        frozenset(duties[t["duty"]["id"]]["person"]["id"] for t in activity["teachers"]),
    )


def mark(row: Json, lessons: Mapping[str, Json]) -> Mark:
    return Mark(
        scheduled_minutes(lessons[row["calendarEvent"]["id"]], row["student"]["id"]),
        row.get("validAbsenceMinutes") or 0,
        row.get("invalidAbsenceMinutes") or 0,
        row.get("otherAttendanceMinutes") or 0,
    )


def announced(row: Json) -> Announced:
    return Announced(
        row["student"]["id"],
        moment(row["startTime"]),
        moment(row["endTime"]),
        ANNOUNCED[row["type"]],
    )
