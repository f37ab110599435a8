"""CalendarEvents and Attendances, as rows of the bench."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from narvaro.sources.ss12000 import moments
from narvaro.sources.ss12000.desk import Desk, each
from narvaro.sources.ss12000.models import (
    Attendance,
    CalendarEvent,
    Reference,
    StudentException,
    TeacherException,
    read,
    reference_of,
)
from narvaro.sources.ss12000.notices import BadRow
from narvaro.sources.ss12000.take_roster import take_activity

DAY_MINUTES = 1_440


def take_event(row: object, desk: Desk) -> None:
    """Take a CalendarEvent and what is embedded in it; raises BadRow.

    One that starts outside the days asked for is left out: servers ignore filters.
    """
    found = read(CalendarEvent, row)
    desk.recorded_at(found.meta, resource="calendarEvents")
    starts_at = desk.moment(found.startTime, "startTime", resource="calendarEvents")
    local_day = starts_at.astimezone(desk.profile.local_zone).date()
    if not desk.window.holds(local_day):
        desk.book.note("calendarEvents", "outside-window")
        return
    ends_at = _end(found, desk, starts_at)
    minutes = _teaching_length(found.teachingLengthStudent, desk)
    length = _length(starts_at, ends_at, minutes)
    embedded = found.embedded if isinstance(found.embedded, Mapping) else {}
    _take_embedded_activity(embedded.get("activity"), desk)
    came_along = isinstance(embedded.get("attendance"), list)
    desk.put(
        "calendarEvents",
        "events",
        {
            "id": found.id,
            "activity": reference_of(found.activity),
            "school_asked": desk.asked_of,
            "date": local_day.isoformat(),
            "starts_at": moments.written(starts_at),
            "ends_at": None if ends_at is None else moments.written(ends_at),
            "minutes": minutes,
            "length": length,
            "cancelled": int(bool(found.cancelled)),
            "complete": int(desk.lessons_complete or came_along),
        },
    )
    _take_exceptions(found, desk)
    if came_along:
        desk.attendance_came_along = True
        take_attendances(embedded["attendance"], desk, event=found.id)


def _end(event: CalendarEvent, desk: Desk, starts_at: datetime) -> datetime | None:
    if event.endTime is None:
        return None
    ends_at = desk.moment(event.endTime, "endTime", resource="calendarEvents")
    if ends_at < starts_at:
        raise BadRow("endTime", "is before startTime")
    return ends_at


def _teaching_length(value: Any, desk: Desk) -> int | None:
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and 0 <= value <= DAY_MINUTES and value == int(value):
        return int(value)
    desk.book.note("calendarEvents", "length-unreadable")
    return None


def _length(starts_at: datetime, ends_at: datetime | None, minutes: int | None) -> int:
    """Minutes a pupil is offered; whole ones, seconds left over do not count."""
    if ends_at is None and minutes is None:
        raise BadRow("endTime", "is missing, and no teaching length stands in for it")
    whole = None if ends_at is None else int((ends_at - starts_at).total_seconds()) // 60
    if whole is not None and whole > DAY_MINUTES:
        raise BadRow("endTime", "is more than a day after startTime")
    if minutes is not None:
        return minutes
    if not whole:
        raise BadRow("endTime", "leaves no minutes after startTime")
    return whole


def _take_embedded_activity(activity: object, desk: Desk) -> None:
    if activity is None:
        return
    try:
        take_activity(activity, desk)
    except BadRow as bad:
        desk.book.refuse("activities", bad.reason)


def _take_exceptions(event: CalendarEvent, desk: Desk) -> None:
    for one in each(desk, event.studentExceptions, StudentException, table="marks"):
        try:
            minutes = _excepted_minutes(one, desk)
        except BadRow as bad:
            desk.book.refuse("marks", bad.reason)
            continue
        pupil = desk.pupil_of(one.student, resource="calendarEvents")
        desk.put(
            "calendarEvents",
            "exceptions",
            {
                "event": event.id,
                "pupil": pupil,
                "participates": int(one.participates),
                "minutes": minutes,
            },
        )
    for other in each(desk, event.teacherExceptions, TeacherException, table="teachers"):
        _take_teacher_exception(event.id, other, desk)


def _excepted_minutes(one: StudentException, desk: Desk) -> int | None:
    if one.teachingLength is not None or not one.participates:
        return one.teachingLength
    if one.startTime is None or one.endTime is None:
        return None
    starts_at = desk.moment(one.startTime, "startTime", resource="calendarEvents")
    ends_at = desk.moment(one.endTime, "endTime", resource="calendarEvents")
    minutes = int((ends_at - starts_at).total_seconds()) // 60
    if not 0 <= minutes <= DAY_MINUTES:
        raise BadRow("endTime", "of a student exception is before its startTime or a day later")
    return minutes


def _take_teacher_exception(event: str, one: TeacherException, desk: Desk) -> None:
    try:
        ref = desk.teacher_of(one.duty, one.person, resource="calendarEvents")
    except BadRow as bad:
        desk.book.refuse("teachers", bad.reason)
        return
    desk.put(
        "calendarEvents",
        "teacher_exceptions",
        {"event": event, "ref": ref, "participates": int(one.participates)},
    )


def take_attendances(rows: list[object], desk: Desk, *, event: str | None = None) -> None:
    """Take Attendances, of one lesson or of any; bad ones are refused alone."""
    for row in rows:
        try:
            _take_attendance(row, desk, event)
        except BadRow as bad:
            desk.book.refuse("marks", bad.reason)


def take_attendance(row: object, desk: Desk) -> None:
    """Take an Attendance; raises BadRow."""
    _take_attendance(row, desk, None)


def _take_attendance(row: object, desk: Desk, event: str | None) -> None:
    found = read(Attendance, row)
    lesson = event or _lesson_of(found.calendarEvent)
    if found.isReported is None:
        desk.book.note("attendances", "reported-missing")
    desk.put(
        "attendances",
        "attendances",
        {
            "event": lesson,
            "pupil": desk.pupil_of(found.student, resource="attendances"),
            "present": found.attendanceMinutes,
            "valid": found.validAbsenceMinutes,
            "invalid": found.invalidAbsenceMinutes,
            "other": found.otherAttendanceMinutes,
            "reported": None if found.isReported is None else int(found.isReported),
            "reported_at": _reported_at(found, desk),
            "reason": _reason(found.absenceReason, desk),
            "recorded_at": desk.recorded_at(found.meta, resource="attendances"),
        },
    )


def _lesson_of(reference: Reference | None) -> str:
    if reference is None:
        raise BadRow("calendarEvent", "is missing")
    return reference.id


def _reported_at(attendance: Attendance, desk: Desk) -> str | None:
    if attendance.reportedTimestamp is None:
        return None
    try:
        found = desk.moment(
            attendance.reportedTimestamp, "reportedTimestamp", resource="attendances"
        )
    except BadRow:
        desk.book.note("attendances", "reported-time-unreadable")
        return None
    return moments.written(found)


def _reason(text: object, desk: Desk) -> str | None:
    """Map a reason to one of the five words; the text itself goes no further."""
    if text is None or text == "":
        return None
    known = desk.profile.reasons
    word = known.get(text.strip().casefold()) if isinstance(text, str) else None
    if word is None:
        desk.book.note("attendances", "reason-unknown")
    return word
