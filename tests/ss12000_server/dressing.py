"""How the objects look on the wire, and how some servers make them look."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

from tests.ss12000_server.asking import Params, only, words
from tests.ss12000_server.deviations import Deviations
from tests.ss12000_server.invented import Json, School

MAY_BE_NULL = {
    "persons": ("middleName", "photo"),
    "calendarEvents": ("comment", "teachingLengthStudent", "studentExceptions"),
    "attendances": ("absenceReason", "validAbsenceMinutes", "otherAttendanceMinutes"),
    "groups": ("endDate",),
    "activities": ("comment", "minutesPlanned", "parentActivity"),
}
DELETED_AS = {"activities": "activitites"}  # spelt so in the standard


def dressed(thing: Json, *, resource: str, params: Params, deviations: Deviations) -> Json:
    """One object as this server shows it."""
    thing = deepcopy(thing)
    if deviations.naive_meta_times and "meta" in thing:
        thing["meta"] = {name: naive(text) for name, text in thing["meta"].items()}
    if deviations.missing_required:
        strip(thing, resource)
    if deviations.civic_with_dash and "civicNo" in thing:
        thing["civicNo"]["value"] = with_dash(thing["civicNo"]["value"])
    if deviations.extra_properties:
        thing |= {"groupCode": "X1", "owner": {"id": "0"}, "subject": {"code": "MAT", "years": [7]}}
    if deviations.memberships_only_with_expand and "groupMemberships" not in words(
        params, "expand"
    ):
        thing.pop("groupMemberships", None)
    if deviations.null_for_empty:
        thing = dict.fromkeys(MAY_BE_NULL.get(resource, ())) | thing
    return thing


def naive(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None).isoformat()


def with_dash(number: str) -> str:
    return f"{number[2:8]}-{number[8:]}"


def strip(thing: Json, resource: str) -> None:
    """Take away what the standard requires and real servers leave out."""
    if resource in ("organisations", "persons", "groups", "activities", "duties"):
        thing.pop("meta", None)
    if resource == "groups":
        thing.pop("startDate", None)
    if resource == "activities":
        thing.pop("calendarEventsRequired", None)
        thing.pop("startDate", None)


def teachers_by_person(thing: Json, school: School) -> Json:
    """Teachers named by person instead of by duty."""
    duties = school.resources["duties"]
    teachers = [{"person": duties[t["duty"]["id"]]["person"]} for t in thing["teachers"]]
    return thing | {"teachers": teachers}


def embedded(event: Json, school: School, params: Params, *, attendance: bool) -> Json:
    """The event with what `expand` asks for."""
    wanted = words(params, "expand")
    inside: Json = {}
    if "activity" in wanted:
        inside["activity"] = school.resources["activities"][event["activity"]["id"]]
    if "attendance" in wanted and attendance:
        inside["attendance"] = [
            a
            for a in school.resources["attendances"].values()
            if a["calendarEvent"]["id"] == event["id"]
        ]
    return event | {"_embedded": inside} if inside else event


def deleted(school: School, params: Params, deviations: Deviations) -> Any:
    """What was deleted after a time: lists of ids by kind, or a flat list."""
    after = datetime.fromisoformat(only(params, "after")) if "after" in params else None
    kinds = words(params, "entities")
    gone = [
        d
        for d in school.deleted
        if (after is None or d.at > after) and (not kinds or d.kind in kinds)
    ]
    if deviations.flat_deleted:
        return [{"type": d.kind, "id": d.id} for d in gone]
    by_kind: dict[str, list[str]] = {}
    for d in gone:
        by_kind.setdefault(DELETED_AS.get(d.kind, d.kind), []).append(d.id)
    return by_kind


def aggregated(school: School, since: date, until: date) -> list[Json]:
    """Minutes per activity and pupil over the days, from the very same attendances."""
    from tests.ss12000_server.lessons import participants, scheduled_minutes

    sums: dict[tuple[str, str], dict[str, int]] = {}
    rows = {
        (a["calendarEvent"]["id"], a["student"]["id"]): a
        for a in school.resources["attendances"].values()
        if a["student"]
    }
    for event in school.resources["calendarEvents"].values():
        if event["cancelled"] or not since <= date.fromisoformat(event["startTime"][:10]) <= until:
            continue
        for pupil in participants(event, school.resources):
            into = sums.setdefault((event["activity"]["id"], pupil), {})
            add_up(into, rows.get((event["id"], pupil), {}), scheduled_minutes(event, pupil))
    return [
        {
            "activity": {"id": activity},
            "student": {"id": pupil},
            "startDate": since.isoformat(),
            "endDate": until.isoformat(),
            **into,
        }
        for (activity, pupil), into in sums.items()
    ]


def add_up(into: dict[str, int], row: Mapping[str, Any], length: int) -> None:
    reported = length if row.get("isReported") else 0
    parts = {
        f"{name}Sum": (row.get(f"{name}Minutes") or 0) if reported else 0
        for name in ("validAbsence", "invalidAbsence", "otherAttendance")
    }
    parts["attendanceSum"] = max(0, reported - sum(parts.values()))
    for name, minutes in (parts | {"reportedSum": reported, "offeredSum": length}).items():
        into[name] = into.get(name, 0) + minutes
