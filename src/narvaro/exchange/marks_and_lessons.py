"""Absence held against the lessons of the same delivery."""

from __future__ import annotations

from narvaro.errors import Fault
from narvaro.exchange.findings import LISTED_PER_TABLE, Findings
from narvaro.exchange.running import Runner

_ABSENT_MORE = "absent more than the lesson's minutes"


def check_marks_against_lessons(
    marks: str, lessons: str, runner: Runner, findings: Findings
) -> bool:
    """Hold marks without scheduled minutes against their lesson's; fill `left_out`.

    A lesson's minutes fall back to its end minus its start; of several rows of a lesson the
    longest counts. Both are FROM clauses of typed tables.
    """
    runner.rows(_TOO_MUCH.format(marks=marks, lessons=lessons))
    count = runner.rows("SELECT count(*) FROM too_much")[0][0]
    if not count:
        return False
    lines = runner.rows(f"SELECT line FROM too_much ORDER BY line LIMIT {LISTED_PER_TABLE}")
    remedy = "valid, invalid and unclassified minutes together are at most the lesson's minutes."
    findings.leave_out(
        "marks",
        rows=count,
        reasons={_ABSENT_MORE: count},
        listed=[Fault("marks", line, "", _ABSENT_MORE, remedy) for (line,) in lines],
    )
    runner.rows("INSERT INTO left_out SELECT line FROM too_much")
    return True


_TOO_MUCH = """
CREATE OR REPLACE TEMP TABLE too_much AS
WITH absent AS (
    SELECT
        lesson,
        line,
        coalesce(valid_minutes, 0) + coalesce(invalid_minutes, 0)
        + coalesce(unclassified_minutes, 0) AS absent_minutes
    FROM {marks}
    WHERE scheduled_minutes IS NULL
),

lengths AS (
    SELECT
        lesson,
        max(coalesce(minutes, date_diff('minute', starts_at, ends_at))) AS lesson_minutes
    FROM {lessons}
    GROUP BY lesson
)

SELECT absent.line
FROM absent
INNER JOIN lengths ON lengths.lesson = absent.lesson
WHERE absent.absent_minutes > lengths.lesson_minutes
"""
