"""Marks whose minutes alone were corrected: the common late batch, resolved pupil by pupil.

A lesson is resolved whole when who is in it, or whether it is acknowledged, may have changed.
Where every changed mark stood before, was never withdrawn and said the same of acknowledgement
(`yes` or `no`) in all its versions, neither can have: then the changed marks are enough, and the
other marks of the lesson need not be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narvaro.engine import load_parquet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from narvaro.ledger.snapshot import Snapshot


def open_same_marks(con: DuckDBPyConnection, snapshot: Snapshot) -> None:
    """Make `o_marks`: what was told before of exactly the marks in `n_marks`."""
    source = load_parquet(snapshot.table("marks"))
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE o_marks AS SELECT m.* FROM {source} AS m "
        "SEMI JOIN n_marks AS n ON n.lesson = m.lesson AND n.pupil = m.pupil "
        f"WHERE m.month IN ({_months(con)})"
    )


def part_corrections(con: DuckDBPyConnection) -> None:
    """Make `corrected` (lesson), and add every other lesson of `x_marks` to `touched`.

    Keeps what was told before of the corrected marks in `o_corrected`.
    """
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE corrected AS
        WITH versions AS (
            SELECT lesson, pupil, acknowledged, withdrawn, true AS is_new FROM x_marks
            UNION ALL
            SELECT o.lesson, o.pupil, o.acknowledged, o.withdrawn, false FROM o_marks AS o
            SEMI JOIN x_marks AS x ON x.lesson = o.lesson AND x.pupil = o.pupil
        ),
        marks AS (
            SELECT lesson, bool_or(NOT is_new) AND NOT bool_or(withdrawn)
                AND min(acknowledged) = max(acknowledged)
                AND bool_and(coalesce(acknowledged, '') IN ('yes', 'no')) AS is_alike
            FROM versions GROUP BY lesson, pupil
        )
        SELECT lesson FROM marks GROUP BY lesson HAVING bool_and(coalesce(is_alike, false))
        EXCEPT SELECT lesson FROM touched
        """
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE o_corrected AS "
        "SELECT o.* FROM o_marks AS o SEMI JOIN corrected USING (lesson) "
        "SEMI JOIN x_marks AS x ON x.lesson = o.lesson AND x.pupil = o.pupil"
    )
    con.execute(
        "INSERT INTO touched SELECT lesson FROM x_marks "
        "EXCEPT SELECT lesson FROM corrected EXCEPT SELECT lesson FROM touched"
    )


def open_whole_lessons(con: DuckDBPyConnection, snapshot: Snapshot) -> None:
    """Make `o_marks` again: what was told before of every mark of the lessons in `touched`."""
    source = load_parquet(snapshot.table("marks"))
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE o_marks AS SELECT * FROM {source} "
        f"WHERE month IN ({_months(con)}) AND lesson IN (SELECT lesson FROM touched)"
    )


def _months(con: DuckDBPyConnection) -> str:
    rows = con.execute(
        "SELECT DISTINCT month FROM o_lessons WHERE lesson IN "
        "(SELECT lesson FROM n_marks UNION SELECT lesson FROM touched)"
    ).fetchall()
    return ", ".join(str(row[0]) for row in rows) or "0"
