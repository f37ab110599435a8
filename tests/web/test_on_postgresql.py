"""The authorisation matrix and the log hold on PostgreSQL as on SQLite."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.house.tree import ROOT
from tests.support.postgres import binaries, throwaway_database

QUICK = "tests/web/audit/test_the_chain_is_verified.py tests/web/accounts tests/web/log_review"
LONG = f"{QUICK} tests/web/test_the_whole_matrix.py tests/web/test_every_page_is_safe.py"


@pytest.mark.skipif(binaries() is None, reason="no PostgreSQL on this machine")
def test_people_and_log_hold_on_postgresql() -> None:
    run(QUICK)


@pytest.mark.long
@pytest.mark.skipif(binaries() is None, reason="no PostgreSQL on this machine")
@pytest.mark.skipif(os.environ.get("NARVARO_LONG") != "1", reason="the matrix once more")
def test_the_whole_matrix_holds_on_postgresql() -> None:
    run(LONG)


def run(paths: str) -> None:
    with throwaway_database() as address:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *paths.split()],
            env={**os.environ, "NARVARO_DATABASE": address, "NARVARO_LONG": "0"},
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=3_000,
        )
    assert done.returncode == 0, done.stdout[-6_000:]
