"""Everything counted, counted again from everything told: what the stored sums must equal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.engine import connect, load_parquet
from narvaro.ledger.chunks import grouped
from narvaro.ledger.counted import write_counted
from narvaro.ledger.resolving import Told, resolve
from narvaro.ledger.upkeep import SUMS, Rewrite

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from narvaro.ledger.snapshot import Snapshot


def rebuilt(
    snapshot: Snapshot, *, zone: str, scratch: Path, progress: Callable[[str, int, int], None]
) -> dict[str, Rewrite]:
    """Write every counted table anew from everything told, in portions of whole months.

    Nobody sees the files yet; reads nothing that was counted.
    """
    con = connect(scratch=scratch)
    found = {name: Rewrite([], list(snapshot.table(name).files)) for name in SUMS}
    portions = list(_portions(con, snapshot))
    for done, months in enumerate(portions):
        progress("months", done, len(portions))
        con.execute(
            "CREATE OR REPLACE TEMP TABLE chunk AS SELECT lesson FROM lesson_months "
            f"WHERE month BETWEEN {months[0]} AND {months[1]}"
        )
        resolve(con, _everything(snapshot), zone=zone)
        for name, files in write_counted(con, snapshot.folder / "tables").items():
            found[name].added += files
    return found


def _portions(con: DuckDBPyConnection, snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """The first and last month of each portion; makes `lesson_months`."""
    con.execute(
        "CREATE TEMP TABLE lesson_months AS SELECT lesson, min(month) AS month FROM "
        f"{load_parquet(snapshot.table('lessons'))} GROUP BY lesson"
    )
    rows = con.execute(
        "SELECT l.month, count(*) + coalesce(max(m.marks), 0) FROM lesson_months AS l LEFT JOIN "
        f"(SELECT month, count(*) AS marks FROM {load_parquet(snapshot.table('marks'))} "
        "GROUP BY month) AS m ON m.month = l.month GROUP BY l.month ORDER BY l.month"
    ).fetchall()
    for first, last, _ in grouped([(int(month), int(size)) for month, size in rows]):
        yield first, last


def _everything(snapshot: Snapshot) -> Told:
    def told(name: str) -> str:
        return f"SELECT * FROM {load_parquet(snapshot.table(name))}"

    return told
