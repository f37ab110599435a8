"""A PostgreSQL of the test's own: made from the machine's binaries, thrown away with the block."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

PLACES = ("/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt/postgresql")


def binaries() -> Path | None:
    """The folder with `initdb`; None where the server is not installed."""
    found = [one.parent for place in PLACES for one in sorted(Path(place).glob("*/bin/initdb"))]
    known = shutil.which("initdb")
    return found[-1] if found else Path(known).parent if known else None


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Yield its address as the settings write it; skips the test where there is no PostgreSQL."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL is not installed on this machine")
    place = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp")).resolve()
    lower = place.with_name(place.name.lower())
    place.rename(lower)
    as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_other:
        shutil.chown(lower, "postgres")
    options = f"-c listen_addresses='' -c fsync=off -c synchronous_commit=off -k {lower}"
    try:
        _run([*as_other, str(folder / "initdb"), "-D", f"{lower}/data", "-A", "trust", "-U", "app",
              "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"])  # fmt: skip
        _run([*as_other, str(folder / "pg_ctl"), "-D", f"{lower}/data", "-w", "-s", "-l",
              f"{lower}/log", "-o", options, "start"])  # fmt: skip
        yield f"postgresql://app@{quote(str(lower), safe='')}/postgres"
        _run([*as_other, str(folder / "pg_ctl"), "-D", f"{lower}/data", "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(lower, ignore_errors=True)


def _run(words: list[str]) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, timeout=120, cwd="/")
