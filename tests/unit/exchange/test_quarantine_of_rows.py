"""From a live source a bad row stays outside, and the rest is taken."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from narvaro.exchange import Checked

Check = Callable[..., Checked]
Rows = Callable[..., list[tuple[Any, ...]]]


def test_bad_rows_are_left_out_and_counted_with_their_reasons(check: Check, rows: Rows) -> None:
    marks = (
        "lesson,pupil,valid_minutes,scheduled_minutes\n"
        "l1,p1,5,60\n"
        ",p2,x,60\n"
        "l1,p3\n"
        'l1,"p4"4,5,60\n'
        "l1,p5,61,60\n"
        "l1,p6,5,60\n"
        "l1,p6,6,60\n"
        "l1,p7,5,60\n"
        "l1,p7,5,60\n"
    )

    checked = check({"marks": marks}, on_fault="quarantine")

    assert checked.delivery is not None
    assert checked.delivery.counts == {"marks": 2}
    assert rows("marks", "pupil, line") == [("p1", 2), ("p7", 9)]
    left = checked.quarantined["marks"]
    assert (left.rows, left.of, left.share) == (6, 9, Fraction(2, 3))
    assert left.reasons == {
        "not as many cells as the header": 1,
        "text stands beside a quoted cell": 1,
        "lesson: empty": 1,
        "valid_minutes: not a whole number": 1,
        "scheduled_minutes: absent more than scheduled": 1,
        "the same key and recorded_at as an earlier line, with other contents": 1,
    }
    assert checked.quarantined_share == Fraction(2, 3)


def test_a_mark_too_long_for_its_lesson_and_a_cycle_are_left_out(check: Check, rows: Rows) -> None:
    checked = check(
        {
            "organisations": "organisation,name,kind,parent\na,A,area,a\nb,B,area,\n",
            "lessons": "lesson,school,starts_at,minutes\nl1,b,2026-03-02T08:00:00Z,50\n",
            "marks": "lesson,pupil,valid_minutes\nl1,p1,51\nl1,p2,50\n",
        },
        on_fault="quarantine",
    )

    assert rows("organisations", "organisation") == [("b",)]
    assert rows("marks", "pupil") == [("p2",)]
    assert {table: left.rows for table, left in checked.quarantined.items()} == {
        "organisations": 1,
        "marks": 1,
    }


def test_nothing_left_out_is_an_empty_quarantine(check: Check) -> None:
    checked = check({"pupils": "pupil\np1\n"}, on_fault="quarantine")

    assert checked.quarantined == {}
    assert checked.quarantined_share == 0


def test_a_table_of_nothing_but_bad_rows_is_kept_empty_and_its_share_is_one(check: Check) -> None:
    checked = check({"pupils": "pupil,sex\np1,x\n"}, on_fault="quarantine")

    assert checked.delivery is not None
    assert checked.delivery.counts == {"pupils": 0}
    assert checked.quarantined_share == 1
