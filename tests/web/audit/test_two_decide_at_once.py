"""Two people decide about the same thing at the same moment: one wins, the other is told."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator

import pytest
from tests.house.tree import PACKAGE, named, with_suffix
from tests.support.installation import Installation
from tests.support.postgres import binaries, throwaway_database
from tests.support.races import NOBODY_WAITS, ONE_WINS

ROUNDS = 25 if os.environ.get("NARVARO_LONG") == "1" else 2
TOLD = {"ChangedMeanwhile", "Refused", "AlreadySigned", "NotTaken"}
Found = dict[str, list[list[str]]]


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def installation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """An installation on each database."""
    folder = tmp_path_factory.mktemp("two")
    if request.param == "sqlite":
        yield Installation(folder).begun()
        return
    if binaries() is None:
        pytest.skip("no PostgreSQL on this machine")
    with throwaway_database() as address:
        yield Installation(folder, address).begun()


@pytest.fixture(scope="module")
def found(installation: Installation) -> Found:
    """What became of every race."""
    done = installation.python("-m", "tests.support.races", str(ROUNDS))
    assert done.returncode == 0, done.stderr[-4_000:]
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_exactly_one_wins_and_the_other_is_told(found: Found) -> None:
    wrong = [
        (name, end)
        for name in (one.__name__ for one in ONE_WINS)
        for end in found[name]
        if end.count("won") != 1 or len(set(end) & TOLD) != 1 or len(end) != 2
    ]

    assert wrong == []


def test_nobody_meets_a_deadlock_or_another_fault(found: Found) -> None:
    wrong = [
        (name, end)
        for name in (one.__name__ for one in NOBODY_WAITS)
        for end in found[name]
        if not set(end) <= {"won", *TOLD} or "won" not in end
    ]

    assert wrong == []


def test_no_pupil_has_two_open_cases(found: Found) -> None:
    assert found["two open cases"] == [["0"]]


def test_the_log_is_whole_afterwards(installation: Installation, found: Found) -> None:
    assert found

    assert "The log holds:" in installation.command("verify-log").stdout


def test_no_lock_stops_who_only_refers_to_the_row() -> None:
    sources = [path for path in with_suffix(".py") if PACKAGE / "web" in path.parents]
    locks = [
        (named(path), lock)
        for path in sources
        for lock in re.findall(r"select_for_update\([^)]*\)[^)]*", path.read_text("utf-8"))
    ]

    assert len(locks) > 40
    assert [one for one in locks if "no_key=True" not in one[1]] == []
