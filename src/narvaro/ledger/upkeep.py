"""Fewer files, fewer pupils: compaction and disposal, each published as a batch of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.engine import TableFiles, connect, load_parquet
from narvaro.engine.duck import identifier, literal
from narvaro.errors import NotFound
from narvaro.ledger import store
from narvaro.ledger.stand_ins import keep_stand_ins
from narvaro.ledger.standing import joins, numbers_of
from narvaro.ledger.store import WrittenFile, write_files
from narvaro.ledger.tables import BATCHES, LESSON_COUNTS, PUPIL_MINUTES, TABLES, LedgerTable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from narvaro.ledger.snapshot import Snapshot

FILES_A_MONTH = 8
"""A partition with more files than this is rewritten as one (docs/explanation/ledger.md)."""

SUMS: Mapping[str, tuple[str, ...]] = {
    "rows": PUPIL_MINUTES,
    "pupil_day": PUPIL_MINUTES,
    "pupil_month": PUPIL_MINUTES,
    "lesson_rows": LESSON_COUNTS,
    "lesson_day": LESSON_COUNTS,
    "lesson_teachers": ("taught",),
}


@dataclass(slots=True)
class Rewrite:
    """Files a table gains and loses."""

    added: list[WrittenFile]
    removed: list[str]


def crowded(snapshot: Snapshot, tables: Iterable[str] = TABLES) -> dict[str, Rewrite]:
    """Rewrite every partition with more than eight files as one file, netted and sorted."""
    found: dict[str, Rewrite] = {}
    for name in tables:
        opened = snapshot.table(name)
        for files in _by_partition(opened.files).values():
            if len(files) <= FILES_A_MONTH:
                continue
            rewrite = found.setdefault(name, Rewrite([], []))
            query = _netted(TABLES[name], only(opened, files))
            rewrite.added += write_files(connect(), query, Path(opened.root), TABLES[name])
            rewrite.removed += files
    return found


def compact_batches(folder: Path) -> None:
    """Rewrite the table of batches as one file when it has many."""
    version = store.newest_version(folder)
    files = store.table_files(folder, BATCHES, version)
    if len(files.files) <= FILES_A_MONTH * 8:
        return
    con = connect()
    query = f"SELECT * FROM {load_parquet(files)}"
    written = write_files(con, query, folder, BATCHES)
    store.commit(folder, BATCHES, add=written, remove=files.files, version=version)


def without_pupils(
    snapshot: Snapshot, numbers: Sequence[int], *, scratch: Path | None = None
) -> tuple[dict[str, Rewrite], int]:
    """Rewrite every file that holds one of the pupils; returns also how many rows went.

    What their lessons would lose with them stays as stand-ins.
    """
    con = connect(scratch=scratch)
    con.execute("CREATE TEMP TABLE gone AS SELECT unnest(?::BIGINT[]) AS number", [list(numbers)])
    found = {"stand_ins": Rewrite(keep_stand_ins(con, snapshot), [])}
    rows = 0
    for name, table in TABLES.items():
        for condition in _holding(table):
            rewrite, count = _rewritten(con, snapshot.table(name), table, condition)
            rows += count
            if rewrite.removed:
                found[name] = rewrite
    return found, rows


def vacuum(folder: Path, tables: Iterable[str]) -> None:
    """Delete every file no newest version names, and the log entries that named them."""
    for name in tables:
        opened = store.open_at(folder / "tables" / name, None)
        opened.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False, full=True)
        opened.create_checkpoint()


def disposal_row(rule: str, pupils: int, rows: int, batch: int) -> str:
    """The query of the one row that stays of a disposal: date, rule and counts, no key."""
    now = datetime.now(UTC).isoformat()
    return (
        f"SELECT TIMESTAMPTZ {literal(now)} AS disposed_at, {literal(rule)} AS rule, "
        f"{pupils} AS pupils, {rows} AS rows, {batch} AS batch"
    )


def _holding(table: LedgerTable) -> list[str]:
    """The conditions under which a row of the table belongs to a pupil who is gone."""
    if table.name == "aliases":
        return ["kind = 'pupil' AND number IN (FROM gone)"]
    if table.name == "joins":
        return ["number IN (FROM gone) OR joined_to IN (FROM gone)"]
    return ["pupil IN (FROM gone)"] if "pupil" in table.columns else []


def _rewritten(
    con: DuckDBPyConnection, opened: TableFiles, table: LedgerTable, condition: str
) -> tuple[Rewrite, int]:
    rewrite, rows = Rewrite([], []), 0
    for file in opened.files:
        source = load_parquet(only(opened, [file]))
        count = con.execute(f"SELECT count(*) FROM {source} WHERE {condition}").fetchall()[0][0]
        if not count:
            continue
        query = f"SELECT * FROM {source} WHERE NOT coalesce({condition}, false)"
        rewrite.added += write_files(con, query, Path(opened.root), table)
        rewrite.removed.append(file)
        rows += int(count)
    return rewrite, rows


def _netted(table: LedgerTable, files: TableFiles) -> str:
    """The rows of some files; of a counted table the sums that are not zero."""
    source = load_parquet(files)
    sums = SUMS.get(table.name)
    if not sums:
        return f"SELECT * FROM {source}"
    keys = ", ".join(identifier(name) for name in table.columns if name not in sums)
    totals = ", ".join(f"sum({name}) AS {name}" for name in sums)
    changed = " OR ".join(f"sum({name}) <> 0" for name in sums)
    return f"SELECT {keys}, {totals} FROM {source} GROUP BY {keys} HAVING {changed}"


def only(opened: TableFiles, files: Sequence[str]) -> TableFiles:
    """Some of a table's files."""
    return TableFiles(tuple(files), opened.columns, opened.partitions, opened.root)


def _by_partition(files: Sequence[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        found[str(Path(file).parent)].append(file)
    return found


def numbers_to_dispose(snapshot: Snapshot, pupils: Sequence[str]) -> list[int]:
    """The numbers of pupils, and of those joined to them. Raises NotFound for an unknown key."""
    known = numbers_of(snapshot, pupils)
    missing = len(set(pupils) - set(known))
    if missing:
        raise NotFound(
            f"{missing} of the {len(set(pupils))} pupil keys are not in the ledger.",
            remedy="Nothing was disposed of; check the keys and the ledger.",
        )
    wanted = set(known.values())
    return sorted(wanted | {old for old, new in joins(snapshot).items() if new in wanted})
