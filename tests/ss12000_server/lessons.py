"""Activities, the lessons held, who was there, and what was announced beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.ss12000_server.invented import (
    MONDAYS,
    SCHOOL_A,
    SCHOOL_B,
    SCHOOL_C,
    Json,
    days_of,
    key,
    local,
    meta,
    ref,
    stamp,
)

Held = Mapping[str, Mapping[str, Json]]


@dataclass(frozen=True)
class Subject:
    """One activity and when it is held every week: weekday, from, to."""

    name: str
    group: str
    teacher: str
    times: tuple[tuple[int, str, str], ...]
    school: str = SCHOOL_A
    kind: str = "Undervisning"


SUBJECTS = (
    Subject(
        "svenska 7A", "class 7A", "Lärare Lind", ((0, "08:00", "09:00"), (2, "08:00", "09:20"))
    ),
    Subject(
        "matematik 7A", "class 7A", "Lärare Lönn", ((1, "08:00", "09:00"), (3, "10:00", "11:00"))
    ),
    Subject("slöjd 7A", "slöjd 7A", "Lärare Hägg", ((4, "12:00", "14:00"),)),
    Subject(
        "svenska 8A", "class 8A", "Lärare Lind", ((0, "10:00", "11:00"), (2, "10:00", "11:00"))
    ),
    Subject("idrott 8A", "class 8A", "Lärare Hassel", ((1, "13:00", "14:15"),)),
    Subject("elevråd", "elevråd", "Lärare Lind", ((3, "12:30", "13:00"),), kind="Elevaktivitet"),
    Subject("prov 8A", "class 8A", "Lärare Lönn", ((4, "08:30", "10:00"),), kind="Provaktivitet"),
    Subject(
        "konferens", "arbetslag", "Lärare Lind", ((0, "15:00", "16:00"),), kind="Läraraktivitet"
    ),
    Subject("svenska 7B", "class 7B", "Lärare Lind", ((3, "08:00", "09:00"),), school=SCHOOL_B),
    Subject("svenska 7C", "class 7C", "Lärare Lind", ((3, "08:00", "09:00"),), school=SCHOOL_C),
)
NEVER_REPORTED, ANNOUNCED_ONLY = "slöjd 7A", "idrott 8A"
CANCELLED = ("svenska 7A 2025-10-15", "matematik 7A 2025-10-21")
PAUSED = "svenska 7A 2025-10-08"  # eighty minutes, of which seventy are taught
EXCEPTIONS = "matematik 7A 2025-10-14"
EXAMINED = "prov 8A 2025-10-10"  # the only exam that anybody registered


def activities() -> Iterator[Json]:
    for subject in SUBJECTS:
        yield {
            "id": key(f"activity {subject.name}"),
            "meta": meta(),
            "displayName": subject.name,
            "calendarEventsRequired": True,
            "startDate": "2025-08-18",
            "endDate": "2026-06-12",
            "activityType": subject.kind,
            "groups": [ref(key(subject.group))],
            "teachers": [{"duty": ref(key(f"duty {subject.teacher}")), "startDate": "2025-08-18"}],
            "organisation": ref(subject.school),
        }


def events() -> Iterator[Json]:
    for subject in SUBJECTS:
        for weekday, starts, ends in subject.times:
            for day in days_of(MONDAYS, weekday):
                yield an_event(subject.name, day, starts=starts, ends=ends)


def an_event(subject: str, day: date, *, starts: str, ends: str) -> Json:
    name = f"{subject} {day}"
    thing: Json = {
        "id": key(name),
        "meta": meta(),
        "activity": ref(key(f"activity {subject}")),
        "startTime": stamp(local(day, starts)),
        "endTime": stamp(local(day, ends)),
        "cancelled": name in CANCELLED,
    }
    if name == PAUSED:
        thing["teachingLengthStudent"] = 70
    if name == EXCEPTIONS:
        thing["studentExceptions"] = exceptions(day)
    return thing


def exceptions(day: date) -> list[Json]:
    """One is away by decision, one from another class joins, one stays half the time."""
    return [
        {"student": ref(key("7A-4")), "participates": False},
        {"student": ref(key("8A-4")), "participates": True},
        {
            "student": ref(key("7A-5")),
            "participates": True,
            "startTime": stamp(local(day, "08:00")),
            "endTime": stamp(local(day, "08:30")),
        },
        {"student": ref(key("7A-6")), "participates": True, "teachingLength": 45},
    ]


def attendances(held: Held) -> Iterator[Json]:
    for number, event in enumerate(held["calendarEvents"].values()):
        subject = subject_of(event)
        if reported(event, subject):
            for place, pupil in enumerate(participants(event, held)):
                yield an_attendance(event, pupil, kind=(place * 7 + number * 3) % 20)
        elif subject.name == ANNOUNCED_ONLY:
            yield an_announced_one(event)


def subject_of(event: Json) -> Subject:
    return next(s for s in SUBJECTS if key(f"activity {s.name}") == event["activity"]["id"])


def reported(event: Json, subject: Subject) -> bool:
    if event["cancelled"] or subject.kind == "Läraraktivitet":
        return False
    if subject.kind == "Provaktivitet":
        return bool(event["id"] == key(EXAMINED))
    return subject.name not in (NEVER_REPORTED, ANNOUNCED_ONLY)


def participants(event: Json, held: Held) -> list[str]:
    """Members of the activity's groups that day, with the event's exceptions."""
    day = event["startTime"][:10]
    inside: dict[str, None] = {}
    for group in held["activities"][event["activity"]["id"]]["groups"]:
        for member in held["groups"][group["id"]].get("groupMemberships", []):
            if member["startDate"] <= day <= member.get("endDate", "9999"):
                inside[member["person"]["id"]] = None
    for exception in event.get("studentExceptions", []):
        inside.pop(exception["student"]["id"], None)
        if exception["participates"]:
            inside[exception["student"]["id"]] = None
    return list(inside)


def scheduled_minutes(event: Json, pupil: str) -> int:
    """The exception's length, else the event's, else the exception's times, else the event's."""
    exception: Json = next(
        (e for e in event.get("studentExceptions", []) if e["student"]["id"] == pupil), {}
    )
    if "teachingLength" in exception:
        return int(exception["teachingLength"])
    if "teachingLengthStudent" in event:
        return int(event["teachingLengthStudent"])
    span = exception if "startTime" in exception else event
    return minutes_between(span["startTime"], span["endTime"])


def minutes_between(start: str, end: str) -> int:
    return int((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()) // 60


def an_attendance(event: Json, pupil: str, *, kind: int) -> Json:
    at = datetime.fromisoformat(event["endTime"]) + timedelta(minutes=5)
    return {
        "id": key(f"attendance {event['id']} {pupil}"),
        "meta": meta(at),
        "calendarEvent": ref(event["id"]),
        "student": ref(pupil),
        "isReported": True,
        "reporter": ref(key("Lärare Lind")),
        "reportedTimestamp": stamp(at),
    } | buckets(scheduled_minutes(event, pupil), kind)


def buckets(length: int, kind: int) -> Json:
    """Seven ways to have been at a lesson; most are there all the time."""
    ways: dict[int, Json] = {
        0: {"attendanceMinutes": 0, "validAbsenceMinutes": length, "absenceReason": "Sjuk"},
        1: {"attendanceMinutes": 0, "invalidAbsenceMinutes": length},
        2: {"attendanceMinutes": length - 10, "invalidAbsenceMinutes": 10},
        3: {"attendanceMinutes": 0, "otherAttendanceMinutes": length, "absenceReason": "Elevråd"},
        4: {},
        5: {"validAbsenceMinutes": 20, "absenceReason": "Tandläkare"},
    }
    return ways.get(kind, {"attendanceMinutes": length, "validAbsenceMinutes": 0})


def an_announced_one(event: Json) -> Json:
    """A guardian told beforehand; the teacher has reported nothing."""
    row = an_attendance(event, key("8A-5"), kind=0) | {"isReported": False}
    del row["reportedTimestamp"], row["reporter"], row["attendanceMinutes"]
    return row


def absences() -> Iterator[Json]:
    day, other = date(2025, 10, 16), date(2025, 10, 21)
    for pupil, start, end, kind in (
        ("7A-7", local(day, "00:00"), local(day + timedelta(days=1), "23:59"), "Beviljad ledighet"),
        ("8A-5", local(other, "07:30"), local(other, "16:00"), "Anmäld frånvaro"),
        ("7C-1", local(other, "07:30"), local(other, "16:00"), "Anmäld frånvaro"),
    ):
        yield {
            "id": key(f"absence {pupil}"),
            "meta": meta(start - timedelta(hours=3)),
            "startTime": stamp(start),
            "endTime": stamp(end),
            "type": kind,
            "student": ref(key(pupil)),
            "organisation": ref(SCHOOL_C if pupil.startswith("7C") else SCHOOL_A),
        }
