"""What a lesson keeps of pupils who are disposed of: facts of the lesson, nothing of the pupil.

A pupil's mark may have been the one that said a lesson's yes, a pupil the only member of a group.
Those are facts of the lesson, and of the others in it. Before the pupil goes, each lesson's facts
are counted with the pupil and without; what is missing without is kept, signed and dated like
everything that is counted (docs/decisions/0005-disposal.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narvaro.engine import load_parquet
from narvaro.ledger.resolving import Told, resolve_known, run_script
from narvaro.ledger.store import WrittenFile, write_files
from narvaro.ledger.tables import STOOD_FOR, TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from narvaro.ledger.snapshot import Snapshot

LESSONS_AT_ONCE = 40_000
"""Lessons looked at together; bounds the memory of a disposal."""


def keep_stand_ins(con: DuckDBPyConnection, snapshot: Snapshot) -> list[WrittenFile]:
    """Write what the lessons of the pupils in `gone` lose with them; nothing where that is nothing."""
    con.execute(f"CREATE TEMP TABLE kept_facts AS {_everyone(snapshot)('stand_ins')} WHERE false")
    number = _lessons_of_the_gone(con, snapshot)
    for first in range(0, number, LESSONS_AT_ONCE):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE chunk AS SELECT lesson FROM theirs "
            f"WHERE turn > {first} AND turn <= {first + LESSONS_AT_ONCE}"
        )
        _keep_of_chunk(con, snapshot)
    return write_files(con, "FROM kept_facts", _folder(snapshot), TABLES["stand_ins"])


def _folder(snapshot: Snapshot) -> Path:
    return snapshot.folder / "tables" / "stand_ins"


def _lessons_of_the_gone(con: DuckDBPyConnection, snapshot: Snapshot) -> int:
    """Make `theirs` (lesson, turn): lessons that somebody in `gone` was marked or expected at."""
    told = _everyone(snapshot)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE theirs AS
        SELECT lesson, row_number() OVER (ORDER BY lesson) AS turn FROM (
            SELECT lesson FROM ({told("marks")}) WHERE pupil IN (FROM gone)
            UNION
            SELECT l.lesson FROM ({told("lessons")}) AS l
            INNER JOIN ({told("group_memberships")}) AS m
                ON m.source = l.source AND m."group" = l."group" AND l.date >= m.starts_on
                AND l.date <= coalesce(m.ends_on, DATE '9999-12-31')
            WHERE m.pupil IN (FROM gone)
            UNION
            SELECT l.lesson FROM ({told("lessons")}) AS l
            INNER JOIN ({told("enrolments")}) AS e
                ON e.school = l.school AND e.class = l.class AND l.date >= e.starts_on
                AND l.date <= coalesce(e.ends_on, DATE '9999-12-31')
            WHERE e.pupil IN (FROM gone)
        )
        """
    )
    return int(con.execute("SELECT count(*) FROM theirs").fetchall()[0][0])


def _keep_of_chunk(con: DuckDBPyConnection, snapshot: Snapshot) -> None:
    """Marks and members first: who else is expected, and so has the lesson pupils, hangs on them."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE their_marks AS "
        f"SELECT * FROM ({_everyone(snapshot)('marks')}) SEMI JOIN chunk USING (lesson)"
    )
    _count_facts(con, _with_marks_at_hand(_everyone(snapshot)))
    con.execute("CREATE OR REPLACE TEMP TABLE facts_before AS FROM lesson_facts")
    for facts in (("marks", "yes", "members"), ("pupils",)):
        _count_facts(con, _without_the_gone(_with_marks_at_hand(_everyone(snapshot))))
        _keep_difference(con, facts)


def _count_facts(con: DuckDBPyConnection, told: Told) -> None:
    resolve_known(con, told)
    run_script(con, "stand_ins.sql")


def _keep_difference(con: DuckDBPyConnection, facts: tuple[str, ...]) -> None:
    missing = ", ".join(
        f"sum({name}) AS {name}" if name in facts else f"0 AS {name}" for name in STOOD_FOR
    )
    minus = ", ".join(f"-{name} AS {name}" for name in STOOD_FOR)
    changed = " OR ".join(f"sum({name}) <> 0" for name in facts)
    con.execute(
        f"INSERT INTO kept_facts BY NAME SELECT lesson, recorded_at, {missing} FROM ("
        f"SELECT lesson, recorded_at, {', '.join(STOOD_FOR)} FROM facts_before UNION ALL "
        f"SELECT lesson, recorded_at, {minus} FROM lesson_facts) "
        f"GROUP BY lesson, recorded_at HAVING {changed}"
    )


def _everyone(snapshot: Snapshot) -> Told:
    return lambda name: f"SELECT * FROM {load_parquet(snapshot.table(name))}"


def _with_marks_at_hand(told: Told) -> Told:
    return lambda name: "SELECT * FROM their_marks" if name == "marks" else told(name)


def _without_the_gone(told: Told) -> Told:
    def rest(name: str) -> str:
        if name == "stand_ins":
            return f"{told(name)} UNION ALL BY NAME FROM kept_facts"
        if name == "lessons":
            return told(name)
        return f"SELECT * FROM ({told(name)}) WHERE pupil NOT IN (FROM gone)"

    return rest
