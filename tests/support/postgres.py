"""A PostgreSQL of one's own for a test: made from the machine's binaries, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"


def binaries() -> Path | None:
    """The newest server binaries on the machine; None: there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))
    return found[-1] if found else None


@contextmanager
def throwaway_database() -> Iterator[str]:
    """A running server with an empty database; yields its `NARVARO_DATABASE`."""
    programs = binaries()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="narvaro-pg-"))
    shutil.chown(folder, _owner())
    data = folder / "data"
    try:
        _run(
            f"{programs}/initdb -D {data} -A trust -U app --no-sync -E UTF8 --locale=C.UTF-8",
        )
        socket_only = f"-c listen_addresses='' -k {folder} {QUICK}"
        _run(f'{programs}/pg_ctl -D {data} -w -s -l {folder}/log -o "{socket_only}" start')
        try:
            yield f"postgresql://app@{quote(str(folder), safe='')}/postgres"
        finally:
            _run(f"{programs}/pg_ctl -D {data} -m immediate -s stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str | int:
    return "postgres" if os.geteuid() == 0 else os.geteuid()


def _run(command: str) -> None:
    words = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*words, "sh", "-c", command], check=True, stdout=subprocess.DEVNULL, timeout=60, cwd="/"
    )
