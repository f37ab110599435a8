"""Write every case down, and hand its rows to the tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from narvaro.demo.cases.book import Book
from narvaro.demo.cases.corrections import write_corrections
from narvaro.demo.cases.moves import write_moves
from narvaro.demo.cases.oddities import write_oddities
from narvaro.demo.cases.places import places
from narvaro.demo.cases.shares import write_shares
from narvaro.demo.cases.troubles import write_troubles
from narvaro.demo.days import epoch_day
from narvaro.demo.manifest import Case
from narvaro.demo.registers import ENROLMENTS, MEMBERSHIPS
from narvaro.demo.schools import School
from narvaro.demo.staging import Staging, columns_of
from narvaro.demo.summaries import SUMMARIES

if TYPE_CHECKING:
    from narvaro.demo.registers import Row

CASE_EVENTS = {
    "case": "VARCHAR", "pupil": "VARCHAR", "school": "VARCHAR", "programme": "VARCHAR",
    "step": "VARCHAR", "opened_on": "DATE", "due_on": "DATE", "done_on": "DATE",
    "decision": "VARCHAR",
}  # fmt: skip
_ANNOUNCED = ("pupil", "starts", "ends", "kind", "told")


def write_cases(schools: Sequence[School], years: Sequence[int]) -> Book:
    """All cases of a municipality with these schools, set in the last of the school years."""
    book = Book(places(schools, years), tuple(years))
    write_shares(book)
    write_moves(book)
    write_corrections(book)
    write_oddities(book)
    write_troubles(book, schools)
    return book


def append_rows(book: Book, staging: Staging, until: int | None) -> None:
    """Add the rows that belong to no school's ordinary year; what was told too late is left out."""
    rows = book.rows
    staging.append_rows(
        "enrolments", ENROLMENTS, [_dated(row) for row in _in_time(rows["enrolments"], until)]
    )
    staging.append_rows("group_memberships", MEMBERSHIPS, rows["group_memberships"])
    staging.append_rows("period_summaries", SUMMARIES, rows["period_summaries"])
    opened = [row for row in rows["case_events"] if until is None or _opened(row) <= until]
    staging.append_rows("case_events", CASE_EVENTS, opened)
    told = _in_time(rows["announced_absences"], until)
    staging.append(
        "announced_absences", columns_of([dict(zip(_ANNOUNCED, row, strict=True)) for row in told])
    )
    staging.append("lessons", columns_of([_untold(lesson, until) for lesson in book.lessons]))
    marks = [mark for mark in book.marks if until is None or mark["told"] <= until]
    staging.append("marks", columns_of(marks))


def _opened(row: Row) -> int:
    opened = row[list(CASE_EVENTS).index("opened_on")]
    return epoch_day(opened) * 1440 if isinstance(opened, date) else 0


def _untold(lesson: dict[str, Any], until: int | None) -> dict[str, Any]:
    """The lesson as it was before anyone acknowledged it, where that was too late."""
    if until is None or lesson["told"] <= until:
        return lesson
    return {**lesson, "acknowledged": "unknown", "told": -1}


def told_cases(book: Book, until: date | None) -> tuple[Case, ...]:
    """The cases that the delivery holds whole: all of them when nothing is cut off."""
    return tuple(
        case for case in book.cases if until is None or not case.ends or case.ends <= str(until)
    )


def _in_time(rows: list[Row], until: int | None) -> list[Row]:
    """The last element of each row is when it was told, in minutes, or None."""
    return [row for row in rows if until is None or row[-1] is None or int(str(row[-1])) <= until]


def _dated(row: Row) -> Row:
    told = row[-1]
    at = None if told is None else datetime.fromtimestamp(int(str(told)) * 60, tz=UTC)
    return (*row[:-1], at)
