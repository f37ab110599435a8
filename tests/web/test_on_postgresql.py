"""The authorisation matrix and the log hold on PostgreSQL as on SQLite."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.house.tree import ROOT
from tests.support.postgres import binaries, throwaway_database

QUICK = (
    "tests/web/audit/test_the_chain_is_verified.py tests/web/accounts tests/web/log_review "
    "tests/web/documents tests/web/disclosures tests/web/consent/test_answers.py "
    "tests/web/consent/test_the_database_refuses.py "
    "tests/web/referrals/test_the_database_keeps_its_promises.py "
    "tests/web/collaboration/test_the_database_keeps_its_promises.py "
    "tests/web/collaboration/test_a_meeting_of_authorities.py tests/web/emergency "
    "tests/web/consultations tests/web/plans/test_a_signed_plan_never_changes.py"
)
HOSTILE = "tests/web/test_every_page_is_safe.py -k nothing_one_can_send"
LONG = f"{QUICK} tests/web/test_the_whole_matrix.py"
IS_LONG = os.environ.get("NARVARO_LONG") == "1"
NONE_HERE = pytest.mark.skipif(binaries() is None, reason="no PostgreSQL on this machine")


@NONE_HERE
def test_people_and_log_hold_on_postgresql() -> None:
    run(QUICK)


@NONE_HERE
@pytest.mark.skipif(IS_LONG, reason="every value is sent below")
def test_a_sample_of_what_one_can_send_breaks_no_page_on_postgresql() -> None:
    run(HOSTILE, HOSTILE_VALUES="sample")


@pytest.mark.long
@NONE_HERE
@pytest.mark.skipif(not IS_LONG, reason="every value once more")
def test_nothing_one_can_send_breaks_a_page_on_postgresql() -> None:
    run(HOSTILE, NARVARO_LONG="1")


@pytest.mark.long
@NONE_HERE
@pytest.mark.skipif(not IS_LONG, reason="the matrix once more")
def test_the_whole_matrix_holds_on_postgresql() -> None:
    run(LONG)


def run(paths: str, **more: str) -> None:
    with throwaway_database() as address:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *paths.split()],
            env={**os.environ, "NARVARO_DATABASE": address, "NARVARO_LONG": "0", **more},
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=3_000,
        )
    assert done.returncode == 0, done.stdout[-6_000:]
