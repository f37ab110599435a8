"""Which files under a ledger still hold something of a pupil."""

from __future__ import annotations

from pathlib import Path

import duckdb

NUMBERS = {"pupil", "number", "joined_to"}


def traces(ledger: Path, key: str, number: int | None = None) -> list[str]:
    """The files that hold the key anywhere, or the number where a pupil's number stands."""
    files = (file for file in ledger.rglob("*") if file.is_file())
    return sorted(str(file.relative_to(ledger)) for file in files if _holds(file, key, number))


def _holds(file: Path, key: str, number: int | None) -> bool:
    if file.suffix != ".parquet" or "_delta_log" in file.parts:
        return key.encode() in file.read_bytes() or _is_logged(file, key)
    rows = duckdb.read_parquet(str(file), hive_partitioning=False)
    wanted = [f"contains({_text(name)}, $key)" for name in rows.columns]
    values: dict[str, object] = {"key": key}
    named = [name for name in rows.columns if name in NUMBERS and number is not None]
    if named and not _speaks_of_others(file):
        wanted += [f'TRY_CAST("{name}" AS BIGINT) = $number' for name in named]
        values["number"] = number
    where = " OR ".join(f"coalesce({one}, false)" for one in wanted)
    query = f"SELECT count(*) FROM read_parquet($file, hive_partitioning = false) WHERE {where}"
    found = duckdb.execute(query, {"file": str(file), **values}).fetchall()[0][0]
    return bool(found)


def _text(name: str) -> str:
    return f'CAST("{name}" AS VARCHAR)'


def _speaks_of_others(file: Path) -> bool:
    """Schools and staff have numbers of their own kind in the table of aliases."""
    return "aliases" in file.parts


def _is_logged(file: Path, key: str) -> bool:
    """A checkpoint of the log is Parquet, too."""
    if file.suffix != ".parquet":
        return False
    rows = duckdb.read_parquet(str(file)).fetchall()
    return key in str(rows)
