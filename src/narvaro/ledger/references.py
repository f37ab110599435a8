"""What a delivery names must be known: lessons and schools, here or from before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narvaro.errors import Fault

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LISTED_FAULTS = 1000
_SCHOOL_TABLES = (
    "enrolments",
    "lessons",
    "period_summaries",
    "participations",
    "case_events",
    "support_events",
)


def reference_faults(con: DuckDBPyConnection) -> tuple[list[Fault], int]:
    """Find rows that name an unknown lesson or school, or more minutes than the lesson has.

    Returns the first thousand faults and how many there are in all.
    """
    queries = [_unknown_schools(name) for name in _SCHOOL_TABLES]
    queries += [_UNKNOWN_LESSONS, _TOO_LONG_ABSENCE]
    every = " UNION ALL ".join(f"({query})" for query in queries)
    rows = con.execute(f"{every} ORDER BY 1, 2, 3 LIMIT {LISTED_FAULTS}").fetchall()
    faults = [Fault(*row) for row in rows]
    if len(faults) < LISTED_FAULTS:
        return faults, len(faults)
    return faults, int(con.execute(f"SELECT count(*) FROM ({every})").fetchall()[0][0])


def _unknown_schools(name: str) -> str:
    return f"""
    SELECT '{name}' AS "table", coalesce(d.line, 0) AS line, 'school' AS "column",
        'the school is not in organisations' AS problem,
        'Add its row to organisations, or correct the key' AS remedy
    FROM d_{name} AS d
    WHERE d.school IS NOT NULL
        AND d.school NOT IN (SELECT organisation FROM known_organisations)
    """


_UNKNOWN_LESSONS = """
SELECT 'marks', coalesce(d.line, 0), 'lesson',
    'the lesson is neither in this delivery nor in the ledger',
    'Send its row in lessons too, or correct the key'
FROM d_marks AS d
INNER JOIN lesson_map AS k ON k.text = d.lesson AND k.is_new
WHERE d.lesson NOT IN (SELECT lesson FROM d_lessons)
"""

_TOO_LONG_ABSENCE = """
SELECT 'marks', coalesce(d.line, 0), 'scheduled_minutes',
    'absence adds up to more than the scheduled minutes',
    'Correct the minutes, or state the scheduled minutes of this pupil'
FROM d_marks AS d
INNER JOIN lesson_map AS k ON k.text = d.lesson AND NOT k.is_new
INNER JOIN (
    SELECT lesson, arg_max(minutes, (recorded_at, batch)) AS minutes
    FROM o_lessons GROUP BY lesson
) AS l ON l.lesson = k.number
WHERE d.lesson NOT IN (SELECT lesson FROM d_lessons)
    AND coalesce(d.valid_minutes, 0) + coalesce(d.invalid_minutes, 0)
        + coalesce(d.unclassified_minutes, 0)
        > coalesce(d.scheduled_minutes, l.minutes)
"""
