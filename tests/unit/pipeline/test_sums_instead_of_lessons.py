"""A server with a timetable and sums by month, and no attendance: the sums are what counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
from tests.unit.sources.ss12000 import making

from narvaro.ledger import Snapshot, open_ledger
from narvaro.measurement import AbsenceRow, measure
from narvaro.pipeline import Door, TakenIn, take_in_ss12000
from narvaro.quality import verdicts
from narvaro.timetable import parse_at

LESSONS = [making.event(f"e{n}", day=f"2026-09-0{n}") for n in (1, 2, 3)]


def sums(pupil: str, **more: Any) -> dict[str, Any]:
    """September of one pupil: 180 minutes offered, 120 reported, 60 of them absent."""
    days = {"startDate": "2026-09-01", "endDate": "2026-09-30"}
    found = {"id": f"sum-{pupil}", "student": making.ref(pupil), "activity": making.ref("a")}
    minutes = {"attendanceSum": 60, "validAbsenceSum": 60, "reportedSum": 120, "offeredSum": 180}
    return found | days | minutes | more


def asked(name: str) -> Any:
    """Answer a question about sums with those of the month that was asked for."""

    def answer(request: Any) -> Any:
        months = [sums("p1"), sums("p2")] if name in str(request.url) else []
        return httpx.Response(200, json={"data": months, "pageToken": None})

    return answer


def world(**resources: Any) -> making.Spoken:
    spoken = making.Spoken(making.school(calendarEvents=LESSONS, **resources))
    spoken.answering["aggregatedAttendance"] = asked("2026-09-01")
    return spoken


def load(spoken: making.Spoken, folder: Path, at: datetime, **settings: Any) -> TakenIn:
    spoken.now = at
    door = Door(source="roster", arrived_at=at)
    since = date(2026, 9, 1)
    return take_in_ss12000(spoken.open(**settings), folder / "ledger", door, since=since)


def september(folder: Path) -> tuple[Snapshot, list[AbsenceRow]]:
    snapshot = open_ledger(folder / "ledger").snapshot()
    known_at = datetime(2026, 10, 20, tzinfo=UTC)
    return snapshot, measure(snapshot, window="month", at=parse_at("2026-09"), known_at=known_at)


def minutes(rows: list[AbsenceRow]) -> set[tuple[int, int, int]]:
    return {(row.scheduled_minutes, row.acknowledged_minutes, row.absent_minutes) for row in rows}


AUTUMN = datetime(2026, 10, 5, 12, tzinfo=UTC)


def test_the_sums_count_where_no_attendance_can_be_told(tmp_path: Path) -> None:
    taken = load(world(), tmp_path, AUTUMN)

    snapshot, rows = september(tmp_path)
    assert minutes(rows) == {(180, 120, 60)}
    assert "lessons" not in taken.rows
    assert any("the sums count instead" in str(notice) for notice in taken.notices)
    found = verdicts(snapshot, months=[parse_at("2026-09").month], known_at=AUTUMN)
    assert [verdict.why for verdict in found] == ["only_summaries"]


def test_lessons_told_before_the_first_sums_are_taken_away(tmp_path: Path) -> None:
    spoken = world()
    load(spoken, tmp_path, datetime(2026, 9, 20, 12, tzinfo=UTC))
    assert minutes(september(tmp_path)[1]) == {(180, 0, 0)}

    load(spoken, tmp_path, AUTUMN)

    assert minutes(september(tmp_path)[1]) == {(180, 120, 60)}


def test_lessons_win_where_attendance_is_told(tmp_path: Path) -> None:
    marks = [making.attendance("e1", pupil, validAbsenceMinutes=30) for pupil in ("p1", "p2")]

    load(world(attendances=marks), tmp_path, AUTUMN, aggregated="always")

    assert minutes(september(tmp_path)[1]) == {(180, 60, 30)}


def test_lessons_that_somebody_registered_on_stay_when_attendance_fails_to_come(
    tmp_path: Path,
) -> None:
    marks = [making.attendance("e1", pupil, validAbsenceMinutes=30) for pupil in ("p1", "p2")]
    spoken = world(attendances=marks)
    load(spoken, tmp_path, datetime(2026, 9, 20, 12, tzinfo=UTC))
    del spoken.resources["attendances"]

    load(spoken, tmp_path, AUTUMN)

    assert minutes(september(tmp_path)[1]) == {(180, 60, 30)}


def test_a_timetable_that_is_wanted_is_kept_with_sums_left_alone(tmp_path: Path) -> None:
    taken = load(world(), tmp_path, AUTUMN, aggregated="never")

    assert taken.rows["lessons"] == 3
    assert minutes(september(tmp_path)[1]) == {(180, 0, 0)}
