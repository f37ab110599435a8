"""Stored sums held against what was told, in portions that bound the memory.

A portion is some authorities' months. A lesson that was moved from one to another is resolved
whole in each of them, and only what it is worth there is compared there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from narvaro.engine import TableFiles, connect, load_parquet
from narvaro.engine.duck import identifier
from narvaro.ledger import chunks
from narvaro.ledger.resolving import Told, resolve
from narvaro.ledger.store import partition_of
from narvaro.ledger.tables import TABLES
from narvaro.ledger.upkeep import SUMS, only

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from narvaro.ledger.snapshot import Snapshot

MEMORY_LIMIT = "1200MB"
Progress = Callable[[str, int, int], None]
Place = tuple[int, int]
"""An authority's number and a month as YYYYMM."""

_EVENTS_OF = {
    "rows": "pupil_events",
    "pupil_day": "pupil_events",
    "pupil_month": "pupil_events",
    "lesson_rows": "lesson_events",
    "lesson_day": "lesson_events",
    "lesson_teachers": "teacher_events",
}


def differences(
    snapshot: Snapshot,
    *,
    zone: str,
    progress: Progress = lambda _what, _done, _of: None,
) -> dict[str, int]:
    """Count, for every counted table, the keys whose sums differ from a rebuild; all 0 is right.

    Reads everything told, about a million marks at a time; takes about as long as importing it.
    What does not fit in memory goes to a temporary folder (TMPDIR) that only this user can read.
    """
    found = Counter(dict.fromkeys(SUMS, 0))
    with (
        TemporaryDirectory() as scratch,
        connect(memory_limit=MEMORY_LIMIT, scratch=Path(scratch)) as con,
    ):
        _find_moved(con, snapshot)
        portions = list(_portions(con, snapshot))
        for done, places in enumerate(portions):
            progress("months", done, len(portions))
            portion = _Portion(con, snapshot, places)
            resolve(con, portion.told(), zone=zone)
            for name in SUMS:
                found[name] += _differing(con, portion.table(name), name)
    progress("months", len(portions), len(portions))
    return dict(found)


def _find_moved(con: DuckDBPyConnection, snapshot: Snapshot) -> None:
    """Make `moved`: the places of the lessons that anything was told of at several places."""
    every = " UNION ALL ".join(
        f"SELECT lesson, authority * 1000000 + month AS place FROM "
        f"{load_parquet(snapshot.table(name))}"
        for name in ("lessons", "marks")
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE several AS SELECT lesson FROM "
        f"({every}) GROUP BY lesson HAVING min(place) <> max(place)"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE moved AS SELECT DISTINCT lesson, place "
        f"FROM ({every}) SEMI JOIN several USING (lesson)"
    )


def _portions(con: DuckDBPyConnection, snapshot: Snapshot) -> Iterator[list[Place]]:
    """Every place with anything told or counted, in order, in groups of bounded size."""
    marks = con.execute(
        "SELECT authority, month, count(*) FROM "
        f"{load_parquet(snapshot.table('marks'))} GROUP BY authority, month"
    ).fetchall()
    size = {(int(row[0]), int(row[1])): int(row[2]) for row in marks}
    names = ("lessons", *SUMS)
    places = {_place_of(file) for name in names for file in snapshot.table(name).files}
    group: list[Place] = []
    for place in sorted(places):
        held = sum(size.get(one, 0) for one in group)
        if group and held + size.get(place, 0) > chunks.MARKS_AT_ONCE:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


@dataclass(frozen=True)
class _Portion:
    """Some places; makes `portion` (their numbers) and `chunk` (the lessons told of there)."""

    con: DuckDBPyConnection
    snapshot: Snapshot
    places: Sequence[Place]

    def told(self) -> Told:
        """The queries of everything told of the portion's lessons, wherever it was told."""
        con = self.con
        con.execute("CREATE OR REPLACE TEMP TABLE portion (authority INTEGER, month INTEGER)")
        con.executemany("INSERT INTO portion VALUES (?, ?)", self.places)
        con.execute(
            "CREATE OR REPLACE TEMP TABLE chunk AS SELECT DISTINCT lesson FROM "
            + load_parquet(self.table("lessons"))
        )
        elsewhere = con.execute(
            "SELECT DISTINCT m.place FROM moved AS m SEMI JOIN chunk USING (lesson)"
        ).fetchall()
        near = {*self.places, *(divmod(int(row[0]), 1_000_000) for row in elsewhere)}

        def told(name: str) -> str:
            placed = TABLES[name].partitions
            opened = _at(self.snapshot.table(name), near) if placed else self.snapshot.table(name)
            return f"SELECT * FROM {load_parquet(opened)}"

        return told

    def table(self, name: str) -> TableFiles:
        """A table's files of these places."""
        return _at(self.snapshot.table(name), set(self.places))


def _at(opened: TableFiles, places: set[Place]) -> TableFiles:
    return only(opened, [file for file in opened.files if _place_of(file) in places])


def _place_of(file: str) -> Place:
    named = partition_of(file)
    return int(named["authority"] or 0), int(named["month"] or 0)


def _differing(con: DuckDBPyConnection, opened: TableFiles, name: str) -> int:
    sums = SUMS[name]
    keys = ", ".join(identifier(c) for c in TABLES[name].columns if c not in sums)
    totals = ", ".join(f"sum({column}) AS {column}" for column in sums)
    changed = " OR ".join(f"sum({column}) <> 0" for column in sums)
    minus = ", ".join(f"-{column} AS {column}" for column in sums)
    query = (
        f"SELECT count(*) FROM (SELECT {keys}, {totals} FROM ("
        f"SELECT {keys}, {', '.join(sums)} FROM {load_parquet(opened)} UNION ALL "
        f"SELECT {keys}, {minus} FROM {_EVENTS_OF[name]} SEMI JOIN portion USING (authority, month)"
        f") GROUP BY {keys} HAVING {changed})"
    )
    return int(con.execute(query).fetchall()[0][0])
