"""A delivery of a few lines, checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from narvaro.exchange import Checked, check_delivery

Check = Callable[..., Checked]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Write the given files (name=contents, `.csv` when the name has no ending) and check them."""

    def check_files(files: dict[str, str | bytes], **how: Any) -> Checked:
        folder = tmp_path / "sent"
        folder.mkdir(exist_ok=True)
        for name, contents in files.items():
            raw = contents.encode() if isinstance(contents, str) else contents
            (folder / (name if "." in name else f"{name}.csv")).write_bytes(raw)
        return check_delivery(folder, into=tmp_path / "staged", **how)

    return check_files


@pytest.fixture
def rows(tmp_path: Path) -> Callable[..., list[tuple[Any, ...]]]:
    """Read columns of a staged table, in the order of the lines."""

    def staged_rows(table: str, columns: str) -> list[tuple[Any, ...]]:
        import duckdb

        with duckdb.connect() as con:
            con.execute("SET TimeZone = 'UTC'")
            file = tmp_path / "staged" / f"{table}.parquet"
            query = f"SELECT {columns} FROM read_parquet('{file}') ORDER BY line"
            return con.execute(query).fetchall()

    return staged_rows
