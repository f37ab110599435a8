"""What must hold between the rows of one delivery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from narvaro.exchange import Checked

Check = Callable[..., Checked]
Rows = Callable[..., list[tuple[Any, ...]]]

LESSONS = "lesson,school,starts_at,ends_at,minutes\n"


def test_two_rows_of_one_key_and_time_with_other_contents_name_both_lines(check: Check) -> None:
    text = "lesson,pupil,valid_minutes\nl1,p1,5\nl2,p1,5\nl1,p1,6\nl1,p1,5\nl1,p1,7\n"

    checked = check({"marks": text})

    assert checked.delivery is None
    assert [(fault.line, fault.column, fault.problem) for fault in checked.faults] == [
        (4, "lesson, pupil", "the same key and recorded_at as line 2, with other contents"),
        (6, "lesson, pupil", "the same key and recorded_at as line 2, with other contents"),
    ]


def test_rows_of_one_key_with_other_times_are_versions_and_both_are_kept(
    check: Check, rows: Rows
) -> None:
    text = (
        "lesson,pupil,valid_minutes,recorded_at\n"
        "l1,p1,5,2026-03-02T10:00:00Z\n"
        "l1,p1,6,2026-03-03T10:00:00Z\n"
        "l1,p1,7,\n"
    )

    checked = check({"marks": text})

    assert checked.faults == ()
    assert rows("marks", "valid_minutes") == [(5,), (6,), (7,)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("l1,p1,5,2026-03-02T10:00:00Z,", "l1,p1,5,2026-03-02T11:00:00+01:00,false"),
        ("l1,p1,5,,", "l1,p1, 05 ,,FALSE"),
    ],
)
def test_rows_that_say_the_same_are_kept_once_with_a_notice(
    check: Check, rows: Rows, first: str, second: str
) -> None:
    header = "lesson,pupil,valid_minutes,recorded_at,withdrawn\n"

    checked = check({"marks": f"{header}{first}\nl2,p1,5,,\n{second}\n{second}\n"})

    assert checked.faults == ()
    assert rows("marks", "lesson, line") == [("l1", 2), ("l2", 3)]
    assert [(notice.count, notice.line) for notice in checked.notices] == [(2, 4)]


def test_a_row_and_its_withdrawal_at_the_same_time_contradict(check: Check) -> None:
    checked = check({"marks": "lesson,pupil,withdrawn\nl1,p1,\nl1,p1,true\n"})

    assert [fault.line for fault in checked.faults] == [3]


def test_an_empty_part_of_a_key_is_a_value_of_its_own(check: Check) -> None:
    text = "organisation,name,kind,starts_on\ns1,A,area,\ns1,A,area,2026-01-01\ns1,B,area,\n"

    checked = check({"organisations": text})

    assert [fault.line for fault in checked.faults] == [4]


def test_a_withdrawn_row_needs_its_key_and_nothing_else(check: Check, rows: Rows) -> None:
    text = "lesson,school,starts_at,withdrawn\nl1,,,true\n,s1,2026-03-02T08:00:00Z,true\nl3,,,\n"

    checked = check({"lessons": text}, on_fault="quarantine")

    assert [(fault.line, fault.column) for fault in checked.faults] == [
        (3, "lesson"),
        (4, "ends_at"),
        (4, "school"),
        (4, "starts_at"),
    ]
    assert rows("lessons", "lesson, school, starts_at, withdrawn") == [("l1", None, None, True)]


@pytest.mark.parametrize(
    ("lesson", "absent", "is_fault"),
    [
        ("l1,s1,2026-03-02T08:00:00Z,2026-03-02T09:00:00Z,", "40,20,0", False),
        ("l1,s1,2026-03-02T08:00:00Z,2026-03-02T09:00:00Z,", "40,20,1", True),
        ("l1,s1,2026-03-02T08:00:00Z,2026-03-02T09:00:00Z,50", "50,0,0", False),
        ("l1,s1,2026-03-02T08:00:00Z,2026-03-02T09:00:00Z,50", "51,0,0", True),
        ("l1,s1,2026-03-02T08:00:00Z,,50", "0,51,0", True),
        ("l2,s1,2026-03-02T08:00:00Z,,50", "0,51,0", False),
    ],
)
def test_absence_is_held_against_the_lesson_where_the_mark_has_no_minutes_of_its_own(
    check: Check, lesson: str, absent: str, is_fault: bool
) -> None:
    marks = f"lesson,pupil,valid_minutes,invalid_minutes,unclassified_minutes\nl1,p1,{absent}\n"

    checked = check({"lessons": LESSONS + lesson + "\n", "marks": marks})

    found = [(fault.table, fault.line, fault.problem) for fault in checked.faults]
    assert found == ([("marks", 2, "absent more than the lesson's minutes")] if is_fault else [])


def test_the_minutes_of_the_mark_come_before_those_of_the_lesson(check: Check) -> None:
    marks = "lesson,pupil,scheduled_minutes,valid_minutes\nl1,p1,80,70\nl1,p2,30,31\n"

    checked = check({"lessons": f"{LESSONS}l1,s1,2026-03-02T08:00:00Z,,50\n", "marks": marks})

    assert [(fault.line, fault.column, fault.problem) for fault in checked.faults] == [
        (3, "scheduled_minutes", "absent more than scheduled")
    ]


def test_minutes_that_do_not_add_up_are_a_notice(check: Check) -> None:
    marks = (
        "lesson,pupil,scheduled_minutes,present_minutes,valid_minutes,other_minutes\n"
        "l1,p1,60,60,0,0\nl1,p2,60,50,5,0\nl1,p3,60,,30,40\nl1,p4,60,,30,30\n"
    )

    checked = check({"marks": marks})

    assert checked.faults == ()
    assert [(notice.column, notice.count, notice.line) for notice in checked.notices] == [
        ("other_minutes", 1, 4),
        ("scheduled_minutes", 1, 3),
    ]


def test_an_acknowledged_mark_without_minutes_is_present_with_a_warning(check: Check) -> None:
    marks = "lesson,pupil,acknowledged,present_minutes\nl1,p1,yes,\nl1,p2,no,\nl1,p3,yes,50\n"

    checked = check({"marks": marks})

    assert [(notice.column, notice.count, notice.line) for notice in checked.notices] == [
        ("acknowledged", 1, 2)
    ]


def test_rounded_summaries_may_overshoot_and_exact_ones_may_not(check: Check) -> None:
    header = "pupil,school,from,to,offered_minutes,valid_minutes,precision\n"
    days = "s1,2026-03-01,2026-03-31,100,101"

    checked = check({"period_summaries": f"{header}p1,{days},rounded\np2,{days},exact\n"})

    assert [(fault.line, fault.problem) for fault in checked.faults] == [
        (3, "absent more than offered")
    ]
    assert [(notice.line, notice.column) for notice in checked.notices] == [(2, "precision")]


def test_rows_recorded_after_the_arrival_are_told(check: Check) -> None:
    from datetime import UTC, datetime

    marks = "lesson,pupil,recorded_at\nl1,p1,2026-03-02T10:00:00Z\nl1,p2,2026-03-02T10:00:01Z\n"

    checked = check({"marks": marks}, arrived_at=datetime(2026, 3, 2, 10, tzinfo=UTC))

    assert [(notice.column, notice.line) for notice in checked.notices] == [("recorded_at", 3)]


ORGANISATIONS = "organisation,name,kind,parent,starts_on,ends_on\n"


@pytest.mark.parametrize(
    ("lines", "cyclic"),
    [
        (["a,A,area,,,", "b,B,area,a,,", "c,C,area,b,,"], []),
        (["a,A,area,a,,"], [2]),
        (["a,A,area,c,,", "b,B,area,a,,", "c,C,area,b,,", "d,D,area,c,,"], [2, 3, 4]),
        (["a,A,area,b,,", "b,B,area,a,,", "x,X,area,y,,", "y,Y,area,x,,"], [2, 3, 4, 5]),
        (["a,A,area,b,2025-01-01,2025-12-31", "b,B,area,a,2026-01-01,"], []),
        (["a,A,area,b,2025-01-01,2026-01-01", "b,B,area,a,2026-01-01,"], [2, 3]),
        (["a,A,area,b,,2025-12-31", "b,B,area,a,,"], [2, 3]),
    ],
)
def test_an_organisation_cannot_be_above_itself_on_any_day(
    check: Check, lines: list[str], cyclic: list[int]
) -> None:
    checked = check({"organisations": ORGANISATIONS + "\n".join(lines) + "\n"})

    assert [fault.line for fault in checked.faults] == cyclic


def test_a_long_chain_of_organisations_is_checked_quickly(check: Check) -> None:
    chain = "".join(f"o{n},O,area,o{n + 1},,\n" for n in range(20_000))

    assert check({"organisations": ORGANISATIONS + chain}).faults == ()
    looped = check({"organisations": f"{ORGANISATIONS}{chain}o20000,O,area,o0,,\n"})
    assert looped.fault_count == 20_001
