"""Whether every file of a snapshot can be read to its end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from narvaro.engine import connect, load_parquet
from narvaro.errors import LedgerDamaged
from narvaro.ledger.snapshot import Snapshot
from narvaro.ledger.tables import TABLES
from narvaro.ledger.upkeep import SUMS, only


def require_whole_files(snapshot: Snapshot, names: Iterable[str] = tuple(TABLES)) -> None:
    """Read every column of every file. Raises LedgerDamaged naming the tables and files."""
    torn = [torn for name in names for torn in _torn(snapshot, name)]
    if torn:
        raise LedgerDamaged(
            f"{len(torn)} of the ledger's files cannot be read: {', '.join(torn[:5])}"
            f"{' and more' if len(torn) > 5 else ''}.",
            remedy=_remedy({file.partition("/")[0] for file in torn}),
        )


def _remedy(tables: set[str]) -> str:
    if tables <= set(SUMS):
        return "`narvaro ledger rebuild` counts them again; or put them back from a backup."
    return "Put those files back from a backup, or the whole ledger."


def _torn(snapshot: Snapshot, name: str) -> list[str]:
    opened = snapshot.table(name)
    if _can_be_read(load_parquet(opened)):
        return []
    torn = [file for file in opened.files if not _can_be_read(load_parquet(only(opened, [file])))]
    root = Path(opened.root).resolve()
    return [f"{name}/{Path(file).resolve().relative_to(root)}" for file in torn]


def _can_be_read(source: str) -> bool:
    import duckdb

    try:
        connect().execute(f"SELECT max(hash(COLUMNS(*))) FROM {source}").fetchall()
    except (duckdb.Error, OSError):
        return False
    return True
