"""Reads what was registered about lessons: attendance, announcements, sums, deletions."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from narvaro.sources.ss12000 import plan as plans
from narvaro.sources.ss12000.answers import Ask
from narvaro.sources.ss12000.desk import Window
from narvaro.sources.ss12000.moments import written
from narvaro.sources.ss12000.notices import BadRow
from narvaro.sources.ss12000.reading import Reading
from narvaro.sources.ss12000.take_lessons import take_event

MOST_LESSONS_ALONE: Final = 5_000
"""Lessons asked for one by one; beyond that the weeks are read again."""

_ALONE = """
    SELECT DISTINCT event FROM attendances
    WHERE event NOT IN (SELECT id FROM events) ORDER BY event
"""
_TOUCHED = """
    SELECT DISTINCT a.event FROM attendances AS a
    INNER JOIN events AS e ON e.id = a.event AND NOT e.complete ORDER BY a.event
"""
_ALL_COMPLETE = "UPDATE events SET complete = 1"


def read_attendances(reading: Reading) -> None:
    """Read attendance that did not come with the lessons, or changed on earlier ones."""
    desk = reading.desk
    if not reading.wants("attendances") and not desk.attendance_came_along:
        desk.bench.run(_ALL_COMPLETE)
        return
    came_along = desk.attendance_came_along
    if not reading.records.get("calendarEvents") and reading.plan.changes_since is None:
        return
    if reading.records.get("calendarEvents") and not came_along and reading.reader.splits_time:
        desk.book.note("calendarEvents", "expand-ignored")
    if reading.plan.changes_since is None:
        _first_attendances(reading)
    else:
        _changed_attendances(reading)
    if came_along:
        reading.state = reading.state.with_answer("attendances", "offered", today=reading.today)
        _call_whole(reading)


def _first_attendances(reading: Reading) -> None:
    if reading.desk.attendance_came_along and reading.reader.splits_time:
        reading.desk.bench.run(_ALL_COMPLETE)
        return
    is_whole = reading.each_organisation("attendances", reading.organisations, {})
    if is_whole:
        _call_whole(reading)
    if is_whole or not reading.is_offered("attendances"):
        reading.desk.bench.run(_ALL_COMPLETE)


def _call_whole(reading: Reading) -> None:
    if "lessons" in reading.whole:
        reading.whole["marks"] = reading.whole["lessons"]


def _changed_attendances(reading: Reading) -> None:
    """Read what changed since, and of every lesson concerned all of its attendance."""
    since = reading.plan.changes_since
    assert since is not None  # noqa: S101 - the caller asked
    changed = {"meta.modified.after": written(since)}
    reading.each_organisation("attendances", reading.organisations, changed)
    bench = reading.desk.bench
    if reading.desk.attendance_came_along:
        bench.run(_ALL_COMPLETE)
    if not reading.is_offered("attendances"):
        bench.run(_ALL_COMPLETE)
        return
    _fetch_lessons(reading, [str(row[0]) for row in bench.rows(_ALONE)])
    for (event,) in list(bench.rows(_TOUCHED)):
        if not _complete(reading, str(event)):
            return


def _fetch_lessons(reading: Reading, events: list[str]) -> None:
    """Read lessons one by one; all weeks before if the server does not give single ones."""
    reading.desk.window = reading.plan.everything
    found = 0
    for event in events[:MOST_LESSONS_ALONE]:
        row = reading.reader.one("calendarEvents", event, {"expand": "attendance"})
        found += row is not None and _take_lesson(reading, row)
        if not found and event != events[0]:
            break
    if events and (not found or len(events) > MOST_LESSONS_ALONE):
        before = reading.plan.before
        if before is not None:
            reading.desk.window = before
            reading.lessons_of(before, {})


def _take_lesson(reading: Reading, row: object) -> bool:
    try:
        take_event(row, reading.desk)
    except BadRow as bad:
        reading.desk.book.refuse("lessons", bad.reason)
        return False
    return True


def _complete(reading: Reading, event: str) -> bool:
    """Read all attendance of one lesson; say whether to ask for the next one too.

    A server that does not keep to the question answers with everything: then all is known.
    """
    bench = reading.desk.bench
    outside = "SELECT count(*) FROM attendances WHERE event <> :event"
    before, seen = bench.count(outside, event=event), reading.records.get("attendances", 0)
    if not reading.read(Ask("attendances", {"calendarEvent": event})):
        return False
    own = bench.count("SELECT count(*) FROM attendances WHERE event = :event", event=event)
    if bench.count(outside, event=event) == before and reading.records["attendances"] - seen <= own:
        bench.put_whole(event)
        return True
    bench.run(_ALL_COMPLETE)
    return False


def read_absences(reading: Reading) -> None:
    """Read announcements that touch the days read again, and others that changed."""
    days = reading.plan.reread if reading.reader.splits_time else reading.plan.everything
    optional = _touching(days, reading)
    reading.desk.window = reading.plan.everything
    is_whole = reading.each_organisation("absences", reading.organisations, optional)
    if is_whole and reading.reader.splits_time:
        reading.whole["announced_absences"] = days
    if reading.plan.before is not None and reading.plan.changes_since is not None:
        changed = {"meta.modified.after": written(reading.plan.changes_since)}
        reading.each_organisation("absences", reading.organisations, changed)


def _touching(days: Window, reading: Reading) -> dict[str, str]:
    """Ask for what ends after the first day and starts before the last; a day wide, to be sure."""
    if days.first is None or days.end is None or not reading.reader.splits_time:
        return {}
    wider = Window(days.first - timedelta(days=1), days.end + timedelta(days=1))
    span = plans.time_span(wider, reading.desk.profile.local_zone)
    return {
        "endTime.onOrAfter": str(span["startTime.onOrAfter"]),
        "startTime.onOrBefore": str(span["startTime.onOrBefore"]),
    }


def read_sums(reading: Reading) -> None:
    """Read sums by calendar month, if there is no attendance by lesson or the profile says so."""
    wanted = reading.desk.profile.aggregated
    has_lessons = reading.tells_attendance and bool(reading.records.get("calendarEvents"))
    if wanted == "never" or (wanted == "auto" and has_lessons):
        return
    if not reading.reader.splits_time:
        reading.desk.window = Window()
        reading.each_organisation("aggregatedAttendance", reading.organisations, {})
        return
    months = list(plans.months_within(reading.plan.everything, today=reading.today))
    whole = [_sums_of(reading, month) for month in months]
    if months and all(whole):
        reading.whole["period_summaries"] = Window(months[0].first, months[-1].end)


def _sums_of(reading: Reading, month: Window) -> bool:
    if month.first is None or month.end is None:
        return False
    reading.desk.window = month
    needed = {
        "startDate": month.first.isoformat(),
        "endDate": (month.end - timedelta(days=1)).isoformat(),
    }
    return reading.each_organisation(
        "aggregatedAttendance", reading.organisations, {}, needed=needed
    )


def read_deleted(reading: Reading) -> None:
    """Read what was deleted since the last load; a recording's page in any case."""
    since = reading.plan.changes_since
    if since is None and reading.reader.splits_time:
        return
    needed = {} if since is None else {"after": written(since)}
    reading.read(Ask("deletedEntities", needed))
