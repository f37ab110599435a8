"""Processes that write to the log at once leave one whole chain, on SQLite and PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.installation import WRITE_ENTRIES, Installation
from tests.support.postgres import binaries, throwaway_database

WRITERS, ENTRIES = 4, 25


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An installation on each database."""
    if request.param == "sqlite":
        yield Installation(tmp_path).begun()
        return
    if binaries() is None:
        pytest.skip("no PostgreSQL on this machine")
    with throwaway_database() as address:
        yield Installation(tmp_path, address).begun()


def test_writers_at_once_keep_the_chain_whole(installation: Installation) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE_ENTRIES, str(ENTRIES), f"writer {number}"],
            env=dict(installation.environment),
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(WRITERS)
    ]
    for one in running:
        _, said = one.communicate(timeout=120)
        assert one.returncode == 0, said

    done = installation.command("verify-log")

    count = WRITERS * ENTRIES
    assert done.stdout.strip() == f"The log holds: {count} entries, 1 to {count}."
