"""When a row counts as known, by the rules of `recorded_at`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.oracle.history import Delivery
from tests.oracle.versions import standing_rows

MINUTES = "valid_minutes"


def day(number: int) -> datetime:
    return datetime(2017, 9, 1, tzinfo=UTC) + timedelta(days=number)


def told(arrives: int, *rows: tuple[int | None, int | None], table: str = "marks") -> Delivery:
    """A delivery of one row's versions: (recorded on day, contents or None for withdrawn)."""
    return Delivery(day(arrives), {table: [_row(table, *row) for row in rows]})


def _row(table: str, recorded: int | None, contents: int | None) -> dict[str, Any]:
    when = None if recorded is None else day(recorded)
    minutes = {"marks": MINUTES, "lessons": "minutes"}[table]
    key = {"lesson": "L", "pupil": "p"}
    return {**key, minutes: contents, "recorded_at": when, "withdrawn": contents is None}


def seen(at: int, *history: Delivery, table: str = "marks") -> list[int]:
    minutes = {"marks": MINUTES, "lessons": "minutes"}[table]
    return [row[minutes] for row in standing_rows(history, table, day(at))]


def test_a_later_row_supersedes_from_its_moment_only() -> None:
    history = told(9, (1, 10), (3, 20))

    assert [seen(at, history) for at in (0, 1, 2, 3, 9)] == [[], [10], [10], [20], [20]]


def test_a_mark_without_a_date_is_known_when_it_arrives() -> None:
    assert [seen(at, told(5, (None, 10))) for at in (4, 5)] == [[], [10]]


def test_a_lesson_without_a_date_is_known_from_the_beginning() -> None:
    first = told(5, (None, 60), table="lessons")

    assert seen(-9999, first, table="lessons") == [60]


def test_a_lesson_told_again_without_a_date_counts_from_its_arrival() -> None:
    history = told(5, (None, 60), table="lessons"), told(8, (None, 40), table="lessons")

    assert [seen(at, *history, table="lessons") for at in (7, 8)] == [[60], [40]]


def test_a_row_dated_before_what_an_earlier_delivery_told_counts_from_its_arrival() -> None:
    history = told(5, (4, 10)), told(8, (2, 20))

    assert [seen(at, *history) for at in (2, 4, 7, 8)] == [[], [10], [10], [20]]


def test_a_row_with_the_very_date_of_an_earlier_one_counts_from_its_arrival() -> None:
    history = told(5, (4, 10)), told(8, (4, 20))

    assert [seen(at, *history) for at in (4, 7, 8)] == [[10], [10], [20]]


def test_a_whole_history_sent_again_changes_nothing() -> None:
    first = told(5, (1, 10), (3, 20))

    assert [seen(at, first, told(8, (1, 10), (3, 20))) for at in (1, 3, 9)] == [[10], [20], [20]]


def test_an_old_row_that_restates_what_stood_at_its_date_changes_nothing() -> None:
    history = told(5, (1, 10), (4, 20)), told(8, (2, 10))

    assert seen(9, *history) == [20]


def test_an_unchanged_row_without_a_date_changes_nothing() -> None:
    history = told(5, (1, 10)), told(8, (None, 10)), told(9, (6, 30))

    assert [seen(at, *history) for at in (5, 6, 9)] == [[10], [30], [30]]


def test_a_withdrawn_row_is_away_from_its_moment_until_it_is_told_anew() -> None:
    history = told(5, (1, 10), (3, None)), told(8, (6, 20))

    assert [seen(at, *history) for at in (2, 3, 5, 6)] == [[10], [], [], [20]]


def test_a_withdrawal_dated_before_the_row_itself_counts_from_its_arrival() -> None:
    history = told(5, (4, 10)), told(8, (2, None))

    assert [seen(at, *history) for at in (4, 7, 8)] == [[10], [10], []]


def test_of_two_late_rows_in_one_delivery_the_one_dated_later_stands() -> None:
    history = told(5, (4, 10)), told(8, (3, 30), (2, 20))

    assert seen(8, *history) == [30]


def test_keys_of_two_sources_do_not_meet() -> None:
    other = Delivery(day(6), told(6, (2, 20)).tables, source="elsewhere")

    assert sorted(seen(9, told(5, (1, 10)), other)) == [10, 20]
