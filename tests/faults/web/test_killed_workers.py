"""kill -9 in the middle of a job: it is done all the same, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.contracts import small_town
from tests.faults.nursery import environment
from tests.support.throwaway_postgres import throwaway_postgres

from narvaro.ledger import open_ledger
from narvaro.ledger.verifying import differences

KILLS = 30 if os.environ.get("NARVARO_LONG") == "1" else 3
PROGRAM = Path(__file__).with_name("killable.py")
PATIENCE = 120.0


@dataclass(frozen=True)
class Installation:
    """An installation in a folder, spoken to by processes of its own."""

    folder: Path
    env: dict[str, str]

    def tell(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, str(PROGRAM), *words],
            env=self.env, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def worker(self) -> subprocess.Popen[bytes]:
        words = [sys.executable, str(PROGRAM), "work"]
        with (self.folder / "said").open("ab") as said:
            return subprocess.Popen(words, env=self.env, stdout=said, stderr=said)

    def show(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.tell("show"))
        return found


@contextmanager
def postgres_or_sqlite(kind: str) -> Iterator[dict[str, str]]:
    if kind == "sqlite":
        yield {}
        return
    with throwaway_postgres() as address:
        yield {"NARVARO_DATABASE": address}


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with postgres_or_sqlite(request.param) as database:
        given = {"NARVARO_DATA": str(tmp_path), "NARVARO_HTTPS": "no", **database}
        made = Installation(tmp_path, environment(**given))
        made.tell("make")
        yield made


def until(is_so: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.05)
    return time.monotonic() - began


def told(installation: Installation, key: str) -> list[str]:
    file = installation.folder / f"{key}.txt"
    return file.read_text().splitlines() if file.exists() else []


def test_a_killed_workers_job_is_done_by_another_that_was_there_all_the_time(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    installation.tell("queue", "a")
    first, second = installation.worker(), installation.worker()
    until(lambda: bool(told(installation, "a")))
    time.sleep(0.3)
    holder = int(told(installation, "a")[0].split()[-1])
    killed, other = (first, second) if first.pid == holder else (second, first)
    killed.kill()
    killed.wait()
    waited = until(lambda: "done" in told(installation, "a"))
    other.terminate()
    other.wait()

    lines = told(installation, "a")
    assert [line.split()[0] for line in lines] == ["began", "began", "done"]
    with capsys.disabled():
        sys.stderr.write(f" [done {waited:.1f} s after the kill]")


def test_a_job_killed_time_after_time_is_done_in_the_end_and_reported_once(
    installation: Installation,
) -> None:
    dice = random.Random(7)
    installation.tell("queue", "b")
    kills = 0
    while kills < KILLS and "done" not in told(installation, "b"):
        before = len(told(installation, "b"))
        worker = installation.worker()
        until(lambda before=before: len(told(installation, "b")) > before)  # type: ignore[misc]
        time.sleep(dice.uniform(0, 0.8))
        worker.kill()
        worker.wait()
        kills += 1
    last = installation.worker()
    until(lambda: "done" in told(installation, "b"))
    until(lambda: installation.show()["jobs"][0]["outcome"] == "done")
    last.terminate()
    last.wait()

    job = installation.show()["jobs"][0]
    assert kills == KILLS
    assert job["attempts"] == KILLS + 1
    assert told(installation, "b").count("done") == 1


def test_a_load_whose_worker_is_killed_anywhere_is_in_the_ledger_once(
    installation: Installation, tmp_path: Path
) -> None:
    dice = random.Random(11)
    small_town.deliver(tmp_path / "delivery")
    zipped = shutil.make_archive(str(tmp_path / "d"), "zip", tmp_path / "delivery")
    installation.tell("load", zipped)
    for _ in range(3):
        worker = installation.worker()
        time.sleep(dice.uniform(4, 12))
        worker.kill()
        worker.wait()
    last = installation.worker()
    until(lambda: installation.show()["loads"][0]["outcome"] != "")
    last.terminate()
    last.wait()

    found = installation.show()["loads"]
    ledger = open_ledger(tmp_path / "ledger")
    assert found == [{"outcome": "taken", "batch": 1, "stored": "token"}]
    assert [one.kind for one in ledger.batches()].count("delivery") == 1
    assert set(differences(ledger.snapshot(), zone="Europe/Stockholm").values()) == {0}
    assert not (tmp_path / "uploads" / "token").exists()
