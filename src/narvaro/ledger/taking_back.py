"""Takes a batch back: what it told is told again as it stood before, from now on.

Nothing is removed. Rows that only this batch told are withdrawn; rows it corrected are told
again as they were; rows that a later batch has told stay as that batch said. What was known
while the batch stood stays known as of then, so a receipt made from it can still be checked.
Taking back the batch that took back brings the rows in again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.engine import connect, load_parquet
from narvaro.engine.duck import literal
from narvaro.errors import BadRequest, NotFound
from narvaro.exchange import Delivery
from narvaro.ledger.ledger import How, Ledger
from narvaro.ledger.published import TAKES_BACK
from narvaro.ledger.snapshot import Batch, Snapshot
from narvaro.ledger.tables import TABLES, LedgerTable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from narvaro.ledger.intake import Progress

_NUMBERED = {"pupil": "pupil", "school": "school"}
_OF_THE_LESSON = ("source", "lesson_key", "date")


def take_back(
    ledger: Ledger, number: int, *, at: datetime, progress: Progress | None = None
) -> Batch:
    """Take a delivery's batch back as of a moment; again changes nothing.

    Returns the batch that does it. Raises NotFound, and BadRequest for a batch that is no
    delivery or whose rows a disposal has rewritten.
    """
    every = ledger.batches()
    taken = next((one for one in every if one.batch == number), None)
    if taken is None:
        raise NotFound(f"The ledger has no batch {number}.")
    if taken.kind != "delivery":
        raise BadRequest("Only a delivery can be taken back.")
    with ledger.writing():
        return _told_again(ledger, ledger.snapshot(), taken, at, progress)


def _told_again(
    ledger: Ledger, snapshot: Snapshot, taken: Batch, at: datetime, progress: Progress | None
) -> Batch:
    with ledger.scratch() as scratch:
        con = connect(scratch=scratch)
        folder = scratch / "delivery"
        folder.mkdir()
        _views(con, snapshot)
        counts = {
            name: count
            for name, table in TABLES.items()
            if table.is_told
            and (count := _write(con, table, batch=taken.batch, at=at, into=folder))
        }
        if not counts:
            return replace(snapshot.batch, kind="unchanged", counts={})
        delivery = Delivery(folder, counts, (), f"{TAKES_BACK}{taken.batch}")
        how = How(
            source=taken.source,
            arrived_at=at,
            authority=taken.authority,
            keys_as_given=True,
            lesson_scope=_lesson_scope(con, taken),
            pupil_kinds=dict(_scopes(con)),
        )
        return ledger.ingest(delivery, how, progress=progress)


def _views(con: DuckDBPyConnection, snapshot: Snapshot) -> None:
    for name, table in TABLES.items():
        if table.is_told or name == "aliases":
            con.execute(f'CREATE TEMP VIEW "l_{name}" AS FROM {load_parquet(snapshot.table(name))}')
    con.execute(
        "CREATE TEMP TABLE first_keys AS SELECT kind, number, arg_min(value, batch) AS value, "
        "arg_min(scope, batch) AS scope FROM l_aliases WHERE is_key GROUP BY kind, number"
    )


def _scopes(con: DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    rows = con.execute("SELECT value, scope FROM first_keys WHERE kind = 'pupil'").fetchall()
    yield from ((str(value), str(scope)) for value, scope in rows)


def _lesson_scope(con: DuckDBPyConnection, taken: Batch) -> str:
    """The source whose lessons the batch told of: its own, or the roster's it was joined to."""
    rows = con.execute(
        "SELECT DISTINCT source FROM l_lessons WHERE lesson IN "
        "(SELECT lesson FROM l_marks WHERE batch = $batch) OR batch = $batch",
        {"batch": taken.batch},
    ).fetchall()
    if len(rows) > 1:
        raise BadRequest("The batch tells of the lessons of several sources.")
    return str(rows[0][0]) if rows else taken.source


def _write(
    con: DuckDBPyConnection, table: LedgerTable, *, batch: int, at: datetime, into: Path
) -> int:
    """One table of the delivery that takes back; how many rows it has."""
    query = _query(table, batch=batch, at=at)
    file = into / f"{table.name}.parquet"
    con.execute(f"CREATE OR REPLACE TEMP TABLE told_again AS {query}")
    count = int(con.execute("SELECT count(*) FROM told_again").fetchall()[0][0])
    if count:
        con.execute(f"COPY told_again TO {literal(str(file))} (FORMAT parquet)")
    return count


def _query(table: LedgerTable, *, batch: int, at: datetime) -> str:
    keys = ", ".join(f'"{name}"' for name in table.key)
    same = " AND ".join(f's."{name}" = e."{name}"' for name in table.key)
    chosen = ", ".join(
        [f's."{name}" AS "{name}"' for name in table.key]
        + [
            f'CASE WHEN is_new THEN s."{name}" ELSE e."{name}" END AS "{name}"'
            for name in table.contents
        ]
    )
    return f"""
    WITH versions AS (
        SELECT *, row_number() OVER (PARTITION BY {keys} ORDER BY recorded_at DESC, batch DESC) AS place
        FROM "l_{table.name}"
    ),
    standing AS (SELECT * FROM versions WHERE place = 1 AND batch = {batch}),
    earlier AS (
        SELECT *, row_number() OVER (PARTITION BY {keys} ORDER BY recorded_at DESC, batch DESC) AS newest
        FROM (SELECT * EXCLUDE (place) FROM versions WHERE batch < {batch})
    ),
    chosen AS (
        SELECT s.recorded_at AS told_last, e.batch IS NULL OR e.withdrawn AS is_new, {chosen}
        FROM standing AS s
        LEFT JOIN earlier AS e ON e.newest = 1 AND {same}
        WHERE NOT (s.withdrawn AND is_new)
    )
    SELECT {_columns(table)},
        greatest(
            TIMESTAMPTZ {literal(at.isoformat())}, c.told_last + INTERVAL 1 MICROSECOND
        ) AS recorded_at,
        c.is_new AS withdrawn, row_number() OVER () + 1 AS line
    FROM chosen AS c {_joins(table)}
    """


def _columns(table: LedgerTable) -> str:
    """The exchange format's columns: numbers back to keys, the lesson by its own key."""
    given = []
    for name in (*table.key, *table.contents):
        if table.name == "lessons" and name in _OF_THE_LESSON:
            continue
        if name == "source":
            continue
        given.append(f'{_told(table, name)} AS "{name}"')
    return ", ".join(given)


def _told(table: LedgerTable, name: str) -> str:
    if name in _NUMBERED:
        return f"k_{name}.value"
    if name == "lesson":
        return "c.lesson_key" if table.name == "lessons" else "k_lesson.lesson_key"
    if name == "teachers":
        return (
            "(SELECT string_agg(f.value, ';') FROM first_keys AS f WHERE f.kind = 'staff' "
            "AND list_contains(string_split(c.teachers, ';'), f.number::VARCHAR))"
        )
    return f'c."{name}"'


def _joins(table: LedgerTable) -> str:
    every = (*table.key, *table.contents)
    joins = [
        f"LEFT JOIN first_keys AS k_{name} ON k_{name}.kind = '{kind}' AND k_{name}.number = c.{name}"
        for name, kind in _NUMBERED.items()
        if name in every
    ]
    if "lesson" in every and table.name != "lessons":
        joins.append(
            "LEFT JOIN (SELECT lesson, any_value(lesson_key) AS lesson_key FROM l_lessons "
            "GROUP BY lesson) AS k_lesson ON k_lesson.lesson = c.lesson"
        )
    return " ".join(joins)
