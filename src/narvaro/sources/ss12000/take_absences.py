"""Absences, AggregatedAttendances and DeletedEntities, as rows of the bench."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from narvaro.sources.ss12000 import moments, words
from narvaro.sources.ss12000.desk import Desk
from narvaro.sources.ss12000.models import Absence, AggregatedAttendance, read, reference_of
from narvaro.sources.ss12000.notices import BadRow

_TRACED = {"calendarEvents": "lessons", "persons": "pupils"}
_IRRELEVANT = frozenset(
    (
        "attendanceEvents",
        "attendanceSchedules",
        "grades",
        "placements",
        "programmes",
        "resources",
        "rooms",
        "studyPlans",
        "subscriptions",
        "syllabuses",
        "schoolUnitOfferings",
    )
)


def take_absence(row: object, desk: Desk) -> None:
    """Take an Absence told in advance; raises BadRow."""
    found = read(Absence, row)
    organisation = reference_of(found.organisation)
    if organisation is not None and not desk.scope.wants(organisation):
        desk.book.note("absences", "other-organisation")
        return
    starts_at = desk.moment(found.startTime, "startTime", resource="absences")
    ends_at = desk.moment(found.endTime, "endTime", resource="absences")
    if ends_at < starts_at:
        raise BadRow("endTime", "is before startTime")
    if not desk.window.touches(starts_at, ends_at, desk.profile.local_zone):
        desk.book.note("absences", "outside-window")
        return
    kind = words.ABSENCE_KIND.get(found.type or "")
    if kind is None:
        desk.book.note("absences", "word-unknown")
    desk.put(
        "absences",
        "absences",
        {
            "pupil": desk.pupil_of(found.student, resource="absences"),
            "starts_at": moments.written(starts_at),
            "kind": kind or "notified",
            "ends_at": moments.written(ends_at),
            "recorded_at": desk.recorded_at(found.meta, resource="absences"),
        },
    )


def take_sum(row: object, desk: Desk) -> None:
    """Take the sums of one pupil and activity; raises BadRow.

    They must lie within the days asked for: sums over other days cannot be taken apart.
    """
    found = read(AggregatedAttendance, row)
    starts_on, ends_on = desk.days(found)
    if not _lies_within(starts_on, ends_on, desk):
        raise BadRow("startDate", "and endDate reach beyond the month asked for")
    asked_from = desk.window.first.isoformat() if desk.window.first else starts_on
    desk.put(
        "aggregatedAttendance",
        "sums",
        {
            "pupil": desk.pupil_of(found.student, resource="aggregatedAttendance"),
            "activity": found.activity.id,
            "starts_on": asked_from,
            "ends_on": _asked_until(ends_on, desk),
            "organisation": desk.asked_of,
            "present": found.attendanceSum,
            "valid": found.validAbsenceSum,
            "invalid": found.invalidAbsenceSum,
            "other": found.otherAttendanceSum,
            "reported": found.reportedSum,
            "offered": found.offeredSum,
        },
    )


def _lies_within(starts_on: str, ends_on: str | None, desk: Desk) -> bool:
    first, end = desk.window.first, desk.window.end
    if ends_on is None:
        return False
    return (first is None or first.isoformat() <= starts_on) and (
        end is None or ends_on < end.isoformat()
    )


def _asked_until(ends_on: str | None, desk: Desk) -> str | None:
    return (desk.window.end - timedelta(days=1)).isoformat() if desk.window.end else ends_on


def take_deleted(data: object, desk: Desk) -> None:
    """Take a page of DeletedEntities: ids by kind, or as some servers answer a flat list."""
    if isinstance(data, list):
        data = _by_kind(data, desk)
    if not isinstance(data, Mapping):
        return
    for kind, ids in data.items():
        texts = [one for one in ids if isinstance(one, str)] if isinstance(ids, list) else []
        table = _TRACED.get(str(kind))
        if table is not None:
            gone = desk.deleted.setdefault(table, set())
            gone.update(map(desk.pupil_key, texts) if table == "pupils" else texts)
        elif str(kind) not in _IRRELEVANT:
            desk.book.note("deletedEntities", "deleted-untraceable", len(texts))


def _by_kind(rows: list[object], desk: Desk) -> dict[str, list[object]]:
    """Sort a flat list by the kind each entry names; ids alone tell no kind."""
    found: dict[str, list[object]] = {}
    for row in rows:
        desk.book.note("deletedEntities", "deleted-flat")
        kind = row.get("type") or row.get("resource") if isinstance(row, Mapping) else None
        if isinstance(row, Mapping) and isinstance(kind, str):
            found.setdefault(kind, []).append(row.get("id"))
        else:
            desk.book.note("deletedEntities", "deleted-untraceable")
    return found
