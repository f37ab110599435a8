"""Whether every file of a snapshot can be read to its end."""

from __future__ import annotations

from pathlib import Path

from narvaro.engine import connect, load_parquet
from narvaro.errors import LedgerDamaged
from narvaro.ledger.snapshot import Snapshot
from narvaro.ledger.tables import TABLES
from narvaro.ledger.upkeep import only


def require_whole_files(snapshot: Snapshot) -> None:
    """Read every column of every file. Raises LedgerDamaged naming the tables and files."""
    torn = [torn for name in TABLES for torn in _torn(snapshot, name)]
    if torn:
        raise LedgerDamaged(
            f"{len(torn)} of the ledger's files cannot be read: {', '.join(torn[:5])}"
            f"{' and more' if len(torn) > 5 else ''}.",
            remedy="Put those files back from a backup, or the whole ledger.",
        )


def _torn(snapshot: Snapshot, name: str) -> list[str]:
    opened = snapshot.table(name)
    if _can_be_read(load_parquet(opened)):
        return []
    torn = [file for file in opened.files if not _can_be_read(load_parquet(only(opened, [file])))]
    return [f"{name}/{Path(file).relative_to(opened.root)}" for file in torn]


def _can_be_read(source: str) -> bool:
    import duckdb

    try:
        connect().execute(f"SELECT max(hash(COLUMNS(*))) FROM {source}").fetchall()
    except (duckdb.Error, OSError):
        return False
    return True
