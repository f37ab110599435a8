"""What some servers hold that they should not: the deviations that lie in the data itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date

from tests.ss12000_server.deviations import Deviations
from tests.ss12000_server.invented import SCHOOL_B, Json, School, key, ref
from tests.ss12000_server.lessons import an_attendance, an_event

UUID_FORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def bent(school: School, deviations: Deviations) -> School:
    """A copy of the school with what the switches put into its data."""
    school = school.copy()
    for name in deviations.named():
        if name in BENDS:
            BENDS[name](school)
    return numbered(school) if deviations.ids_are_not_uuids else school


def lessons_on_holidays(school: School) -> None:
    for day in (date(2025, 10, 28), date(2025, 11, 1)):
        school.add("calendarEvents", an_event("svenska 7A", day, starts="08:00", ends="09:00"))


def overlapping_lessons(school: School) -> None:
    school.add(
        "calendarEvents",
        an_event("matematik 7A", date(2025, 10, 13), starts="08:30", ends="09:30"),
    )


def negative_minutes(school: School) -> None:
    attendance(school, "svenska 7A 2025-10-06", "7A-1")["invalidAbsenceMinutes"] = -10


def dates_1914(school: School) -> None:
    enrol(school, "7B-3", startDate="1914-08-20", endDate="1914-12-20")


def end_before_start(school: School) -> None:
    enrol(school, "7B-2", startDate="2025-09-01", endDate="2025-08-20")
    school.add(
        "calendarEvents",
        an_event("svenska 8A", date(2025, 10, 9), starts="11:00", ends="10:00"),
    )


def student_null(school: School) -> None:
    attendance(school, "svenska 7A 2025-10-06", "7A-2")["student"] = None
    school.resources["absences"][key("absence 7A-7")]["student"] = None


def orphan_attendance(school: School) -> None:
    event = school.resources["calendarEvents"][key("svenska 7A 2025-10-06")]
    school.add("attendances", an_attendance(event, key("nobody knows"), kind=1))


def unknown_enums(school: School) -> None:
    held = school.resources
    held["activities"][key("activity elevråd")]["activityType"] = "Skolans val"
    held["persons"][key("7A-8")]["securityMarking"] = "Fingerade personuppgifter"
    held["persons"][key("7A-1")]["sex"] = "Annat"
    held["organisations"][key("Grundskolan")]["organisationType"] = "Resultatenhet"
    held["groups"][key("slöjd 7A")]["groupType"] = "Nivågrupp"
    held["duties"][key("duty Lärare Lind")]["assignmentRole"][0]["assignmentRoleType"] = "Lärare"


BENDS: dict[str, Callable[[School], None]] = {
    bend.__name__: bend
    for bend in (
        lessons_on_holidays,
        overlapping_lessons,
        negative_minutes,
        dates_1914,
        end_before_start,
        student_null,
        orphan_attendance,
        unknown_enums,
    )
}


def attendance(school: School, event: str, pupil: str) -> Json:
    return school.resources["attendances"][key(f"attendance {key(event)} {key(pupil)}")]


def enrol(school: School, pupil: str, **dates: str) -> None:
    school.resources["persons"][key(pupil)]["enrolments"].append(
        {"enroledAt": ref(SCHOOL_B), "schoolYear": 7, "schoolType": "GR", **dates}
    )


def number_of(of: str) -> str:
    """The number a server without UUIDs would show for this id."""
    return str(int(of[:8], 16))


def numbered(school: School) -> School:
    text = UUID_FORM.sub(lambda found: number_of(found.group()), json.dumps(school.resources))
    return School(json.loads(text), list(school.deleted))
