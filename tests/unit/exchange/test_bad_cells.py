"""What a cell may hold, and what is said of one that may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from narvaro.exchange import Checked

Check = Callable[..., Checked]
Rows = Callable[..., list[tuple[Any, ...]]]

MARK = {"lesson": "l1", "pupil": "p1"}
LESSON = {"lesson": "l1", "school": "s1", "starts_at": "2026-03-02T08:00:00+01:00", "minutes": "50"}
PUPIL = {"pupil": "p1"}
ENROLMENT = {"pupil": "p1", "school": "s1", "starts_on": "2025-08-18"}
LEAVE = {
    "pupil": "p1",
    "starts_at": "2026-03-02T08:00:00Z",
    "ends_at": "2026-03-02T09:00:00Z",
    "kind": "leave",
}
OUTCOME = {"pupil": "p1", "school_year": "2025/2026"}
MONTH = {
    "school": "s1",
    "arm": "project",
    "month": "2026-03",
    "pupils": "10",
    "scheduled_minutes": "1000",
    "acknowledged_minutes": "900",
    "absent_minutes": "90",
    "participating": "true",
}
SUMMARY = {
    "pupil": "p1",
    "school": "s1",
    "from": "2026-03-01",
    "to": "2026-03-31",
    "precision": "exact",
}
ORGANISATION = {"organisation": "s1", "name": "A school", "kind": "school_unit"}


def csv_of(row: dict[str, str]) -> str:
    quoted = ('"' + cell.replace('"', '""') + '"' for cell in row.values())
    return ",".join(row) + "\n" + ",".join(quoted) + "\n"


@pytest.mark.parametrize(
    ("table", "row", "column", "cell", "problem"),
    [
        ("marks", MARK, "lesson", "", "empty"),
        ("marks", MARK, "pupil", "   ", "holds only spaces"),
        ("marks", MARK, "pupil", "\u00a0\u2003", "holds only spaces"),
        ("marks", MARK, "pupil", "x" * 201, "longer than 200 characters"),
        ("marks", MARK, "pupil", "a\x07b", "holds a control character"),
        ("marks", MARK, "pupil", "a\nb", "holds a control character"),
        ("marks", MARK, "pupil", "a\u2028b", "holds a control character"),
        ("marks", MARK, "pupil", "=1+1", "holds a spreadsheet formula"),
        ("marks", MARK, "valid_minutes", "=1+1", "not a whole number"),
        ("marks", MARK, "valid_minutes", "-5", "negative"),
        ("marks", MARK, "valid_minutes", "+5", "not a whole number"),
        ("marks", MARK, "valid_minutes", "5.0", "not a whole number"),
        ("marks", MARK, "valid_minutes", "5.6", "not a whole number"),
        ("marks", MARK, "valid_minutes", "5,5", "not a whole number"),
        ("marks", MARK, "valid_minutes", "1 000", "not a whole number"),
        ("marks", MARK, "valid_minutes", "1_000", "not a whole number"),
        ("marks", MARK, "valid_minutes", "1e2", "not a whole number"),
        ("marks", MARK, "valid_minutes", "0x10", "not a whole number"),
        ("marks", MARK, "valid_minutes", "0:45", "not a whole number"),
        ("marks", MARK, "valid_minutes", "\u0665", "not a whole number"),
        ("marks", MARK, "valid_minutes", "1441", "greater than 1,440"),
        ("marks", MARK, "valid_minutes", "9999999999", "greater than 1,440"),
        ("marks", MARK, "valid_minutes", "9" * 40, "greater than 1,440"),
        ("marks", MARK, "acknowledged", "maybe", "not one of the words of this column"),
        ("marks", MARK, "recorded_at", "2026-03-02T08:00:00", "a time without offset"),
        ("marks", MARK, "recorded_at", "2026-04-05", "not a time"),
        ("marks", MARK, "recorded_at", "2026-03-02T24:00:00Z", "not a time"),
        ("marks", MARK, "recorded_at", "2026-02-30T08:00:00Z", "not a time"),
        ("marks", MARK, "recorded_at", "2026-03-02T08:00:00+99:00", "not a time"),
        ("marks", MARK, "recorded_at", "epoch", "not a time"),
        ("marks", MARK, "recorded_at", "infinity", "not a time"),
        ("marks", MARK, "recorded_at", "1914-03-02T08:00:00Z", "outside 1990 to 2100"),
        ("marks", MARK, "withdrawn", "yes", "neither true nor false"),
        ("marks", MARK, "withdrawn", "1", "neither true nor false"),
        ("pupils", PUPIL, "birth_date", "2012-02-30", "not a date"),
        ("pupils", PUPIL, "birth_date", "20120203", "not a date"),
        ("pupils", PUPIL, "birth_date", "2012/02/03", "not a date"),
        ("pupils", PUPIL, "birth_date", "3.2.2012", "not a date"),
        ("pupils", PUPIL, "birth_date", "2012-2-3", "not a date"),
        ("pupils", PUPIL, "birth_date", "2012-02-03T00:00:00Z", "not a date"),
        ("pupils", PUPIL, "birth_date", "1812-02-03", "outside 1900 to 2100"),
        ("pupils", PUPIL, "sex", "f", "not one of the words of this column"),
        ("pupils", PUPIL, "protection", "secret", "not one of the words of this column"),
        ("enrolments", ENROLMENT, "starts_on", "1914-08-18", "outside 1990 to 2100"),
        ("enrolments", ENROLMENT, "starts_on", "", "empty"),
        ("enrolments", ENROLMENT, "ends_on", "2025-08-17", "before starts_on"),
        ("enrolments", ENROLMENT, "grade", "11", "not one of the words of this column"),
        ("lessons", LESSON, "minutes", "", "neither ends_at nor minutes is given"),
        ("lessons", LESSON, "ends_at", "2026-03-02T06:59:59Z", "before starts_at"),
        (
            "lessons",
            LESSON,
            "ends_at",
            "2026-03-03T09:00:00+01:00",
            "the lesson is longer than 24 hours",
        ),
        ("lessons", LESSON, "minutes", "1500", "greater than 1,440"),
        (
            "lessons",
            LESSON,
            "teachers",
            "t1;" + "t" * 201,
            "holds a key longer than 200 characters",
        ),
        ("lessons", LESSON, "subject", "x" * 1001, "longer than 1,000 characters"),
        ("lessons", LESSON, "subject", "a\x00b", "holds a NUL byte"),
        ("lessons", LESSON, "cancelled", "no", "neither true nor false"),
        ("announced_absences", LEAVE, "ends_at", "2026-03-02T07:00:00Z", "before starts_at"),
        ("announced_absences", LEAVE, "kind", "sick", "not one of the words of this column"),
        ("outcomes", OUTCOME, "school_year", "2025/2027", "not a school year"),
        ("outcomes", OUTCOME, "school_year", "2025", "not a school year"),
        ("outcomes", OUTCOME, "merit_points", "212,5", "not a decimal number"),
        ("outcomes", OUTCOME, "merit_points", "-1", "negative"),
        ("outcomes", OUTCOME, "merit_points", "400.5", "greater than 400"),
        ("school_months", MONTH, "month", "2026-13", "not a month"),
        ("school_months", MONTH, "month", "2026-3", "not a month"),
        ("school_months", MONTH, "absent_minutes", "901", "absent more than acknowledged"),
        (
            "school_months",
            MONTH,
            "acknowledged_minutes",
            "1001",
            "acknowledged more than scheduled",
        ),
        ("school_months", MONTH, "pupils_measured", "11", "more than pupils"),
        ("school_months", MONTH, "pupils_at_threshold", "11", "more than the pupils measured"),
        ("period_summaries", SUMMARY, "to", "2026-02-28", "before from"),
        ("period_summaries", SUMMARY, "precision", "", "empty"),
    ],
)
def test_a_bad_cell_is_told_by_line_and_column_and_never_shown(
    check: Check, table: str, row: dict[str, str], column: str, cell: str, problem: str
) -> None:
    checked = check({table: csv_of({**row, column: cell})})

    assert checked.delivery is None
    found = {(fault.line, fault.column or column, fault.problem) for fault in checked.faults}
    assert found == {(2, column if column != "minutes" or cell else "ends_at", problem)}
    if len(cell.strip()) > 4:
        assert all(cell not in str(fault) for fault in checked.faults)


@pytest.mark.parametrize(
    ("table", "row", "column", "cell", "value"),
    [
        ("marks", MARK, "pupil", " p 1 ", " p 1 "),
        ("marks", MARK, "pupil", "Åsa;,\"'", "Åsa;,\"'"),
        ("marks", MARK, "pupil", "å" * 200, "å" * 200),
        ("marks", MARK, "pupil", "+46", "+46"),
        ("marks", MARK, "pupil", "-", "-"),
        ("marks", MARK, "pupil", "0", "0"),
        ("marks", MARK, "valid_minutes", " 007 ", 7),
        ("marks", MARK, "valid_minutes", "   ", None),
        ("marks", MARK, "valid_minutes", "1440", 1440),
        ("marks", MARK, "acknowledged", " YES ", "yes"),
        ("marks", MARK, "reason", "Leave", "leave"),
        ("marks", MARK, "withdrawn", "", False),
        ("pupils", PUPIL, "birth_date", "1914-08-18", "1914-08-18"),
        ("pupils", PUPIL, "protection", "Fictitious Identity", "protected_registration"),
        ("pupils", PUPIL, "protection", "fingerade personuppgifter", "protected_registration"),
        ("enrolments", ENROLMENT, "grade", "f", "F"),
        ("enrolments", ENROLMENT, "grade", "Preschool", "preschool"),
        ("enrolments", ENROLMENT, "ends_on", "2025-08-18", "2025-08-18"),
        ("organisations", ORGANISATION, "kind", "other_place", "other_place"),
        ("lessons", LESSON, "ends_at", "2026-03-02T08:00:00+01:00", "2026-03-02 07:00:00+00"),
        ("lessons", LESSON, "subject", "=1+1", "=1+1"),
        ("outcomes", OUTCOME, "school_year", "2025-2026", "2025/2026"),
        ("outcomes", OUTCOME, "merit_points", "212.5", "212.50"),
        ("outcomes", OUTCOME, "eligible_vocational", "true", "yes"),
    ],
)
def test_a_good_cell_is_taken_as_it_is_meant(
    check: Check, rows: Rows, table: str, row: dict[str, str], column: str, cell: str, value: object
) -> None:
    checked = check({table: csv_of({**row, column: cell})})

    assert checked.faults == ()
    ((found,),) = rows(table, f'"{column}"')
    text = rows(table, f'CAST("{column}" AS VARCHAR)')[0][0]
    assert value in (found, text)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-06-30T22:30:00Z",
        "2026-06-30T22:30Z",
        "2026-07-01T00:30:00+02:00",
        "2026-07-01 00:30+02",
        "2026-07-01T00:30:00.000000+0200",
        "2026-06-30t22:30:00z",
    ],
)
def test_half_past_ten_in_the_evening_utc_is_the_first_of_july_in_sweden(
    check: Check, rows: Rows, cell: str
) -> None:
    check({"lessons": csv_of({**LESSON, "starts_at": cell})})

    local = "CAST(starts_at AT TIME ZONE 'Europe/Stockholm' AS DATE)"
    assert rows("lessons", f"CAST({local} AS VARCHAR)") == [("2026-07-01",)]


def test_a_time_without_offset_is_read_in_the_zone_that_is_given(check: Check, rows: Rows) -> None:
    lesson = {**LESSON, "starts_at": "2026-07-01T00:30:00", "recorded_at": "2026-07-02T00:00:00Z"}

    checked = check({"lessons": csv_of(lesson)}, zone="Europe/Stockholm")

    assert checked.faults == ()
    assert rows("lessons", "starts_at::VARCHAR, recorded_at::VARCHAR") == [
        ("2026-06-30 22:30:00+00", "2026-07-02 00:00:00+00")
    ]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-29T02:30:00", "2026-03-29 01:30:00+00"),
        ("2026-10-25T02:30:00", "2026-10-25 01:30:00+00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25 00:30:00+00"),
    ],
)
def test_an_hour_that_occurs_twice_or_never_is_read_as_documented(
    check: Check, rows: Rows, cell: str, moment: str
) -> None:
    check({"lessons": csv_of({**LESSON, "starts_at": cell})}, zone="Europe/Stockholm")

    assert rows("lessons", "starts_at::VARCHAR") == [(moment,)]


def test_a_reason_in_other_words_is_dropped_counted_and_never_a_fault(
    check: Check, rows: Rows, tmp_path: Any
) -> None:
    text = "lesson,pupil,valid_minutes,reason\nl1,p1,20,stomach flu\nl1,p2,20,notified\nl1,p3,0,\n"

    checked = check({"marks": text})

    assert checked.faults == ()
    assert rows("marks", "reason") == [(None,), ("notified",), (None,)]
    (notice,) = checked.notices
    assert (notice.column, notice.count, notice.line) == ("reason", 1, 2)
    staged = (tmp_path / "staged" / "marks.parquet").read_bytes()
    assert b"stomach" not in staged
    assert b"stomach" not in str(notice).encode()


def test_every_fault_of_a_row_and_of_every_table_is_told_at_once(check: Check) -> None:
    checked = check(
        {
            "marks": "lesson,pupil,valid_minutes,acknowledged\n,p1,x,y\nl1,p2,3,yes\nl1,,2,no\n",
            "pupils": "pupil,sex\np1,x\n",
        }
    )

    assert [(fault.table, fault.line, fault.column) for fault in checked.faults] == [
        ("marks", 2, "acknowledged"),
        ("marks", 2, "lesson"),
        ("marks", 2, "valid_minutes"),
        ("marks", 4, "pupil"),
        ("pupils", 2, "sex"),
    ]
    assert checked.fault_count == 5
    assert all(fault.remedy for fault in checked.faults)


def test_at_most_a_thousand_faults_a_table_are_listed_and_all_are_counted(check: Check) -> None:
    lines = "".join(f"l{n},p1,x\n" for n in range(2_500))

    checked = check({"marks": "lesson,pupil,valid_minutes\n" + lines})

    assert checked.fault_count == 2_500
    assert [fault.line for fault in checked.faults] == list(range(2, 1_002))
