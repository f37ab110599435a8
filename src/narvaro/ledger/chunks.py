"""The touched lessons in chunks of whole months, so that an import's memory is bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARKS_AT_ONCE = 1_000_000
"""Marks resolved together; bounds the memory of an import."""


def chunks(con: DuckDBPyConnection) -> Iterator[tuple[int, int]]:
    """Cut the touched lessons into chunks of whole months; makes `chunk` for each.

    Yields how many lessons and marks were resolved before the chunk, and how many there are.
    """
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE touched_months AS
        SELECT t.lesson, min(l.month) AS month
        FROM touched AS t
        INNER JOIN (
            SELECT lesson, month FROM o_lessons UNION ALL SELECT lesson, month FROM x_lessons
        ) AS l ON l.lesson = t.lesson
        GROUP BY t.lesson
        """
    )
    rows = con.execute(
        """
        SELECT t.month, count(*) + coalesce(sum(m.marks), 0)
        FROM touched_months AS t
        LEFT JOIN (
            SELECT lesson, count(*) AS marks
            FROM (SELECT lesson FROM o_marks UNION ALL SELECT lesson FROM x_marks) GROUP BY lesson
        ) AS m ON m.lesson = t.lesson
        GROUP BY t.month ORDER BY t.month
        """
    ).fetchall()
    done, of = 0, sum(int(size) for _, size in rows)
    for first, last, size in grouped([(int(month), int(size)) for month, size in rows]):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE chunk AS SELECT lesson FROM touched_months "
            f"WHERE month BETWEEN {first} AND {last}"
        )
        yield done, of
        done += size


def grouped(months: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Group months (month, rows) into portions: first month, last month, rows."""
    group: list[tuple[int, int]] = []
    for month in months:
        if group and sum(size for _, size in group) + month[1] > MARKS_AT_ONCE:
            yield group[0][0], group[-1][0], sum(size for _, size in group)
            group = []
        group.append(month)
    if group:
        yield group[0][0], group[-1][0], sum(size for _, size in group)
