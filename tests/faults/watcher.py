"""A reader that never stops looking, in a process of its own.

As a program: `watcher.py LEDGER SEEN` appends one JSON line to SEEN for every new batch or fault
it sees, until its standard input is closed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import Any

from tests.faults.nursery import environment

from narvaro.ledger import Snapshot, open_ledger
from narvaro.ledger.tables import LESSON_COUNTS, PUPIL_MINUTES, TABLES

SAME_SUMS = (
    (("rows", "pupil_day", "pupil_month"), PUPIL_MINUTES),
    (("lesson_rows", "lesson_day"), LESSON_COUNTS),
)
COUNTED = ("lessons", "marks", "enrolments", "flags", "runs", "disposals", "aliases")


def state_of(snapshot: Snapshot) -> list[int]:
    """What a snapshot adds up to; a counted table and its sums must say the same."""
    found: list[int] = []
    for names, columns in SAME_SUMS:
        listed = ", ".join(f"coalesce(sum({column}), 0)::BIGINT" for column in columns)
        sums = {
            snapshot.engine.query(f"SELECT {listed} FROM {name}", tables=snapshot.tables(name))[0]
            for name in names
        }
        if len(sums) > 1:
            raise HalfABatch(f"{names} disagree in batch {snapshot.batch.batch}")
        found += sums.pop()
    for name in TABLES:
        query = f'SELECT count(*) FROM "{name}"'
        count = snapshot.engine.query(query, tables=snapshot.tables(name))[0][0]
        if name in COUNTED:
            found.append(count)
    return found


class HalfABatch(AssertionError):
    """A reader saw something that no batch ever said."""


@contextmanager
def watching(ledger: Path, seen: Path) -> Iterator[None]:
    """Let a reader look at the ledger all the time, and write down what it sees."""
    seen.touch()
    words = [sys.executable, __file__, str(ledger), str(seen)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, env=environment()) as process:
        assert process.stdin is not None
        yield
        process.stdin.close()


def seen_in(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    ledger, seen = Path(sys.argv[1]), Path(sys.argv[2])
    looks, last = 0, -1
    with seen.open("a", encoding="utf-8") as out:
        while not select([sys.stdin], [], [], 0.1)[0]:
            if not (ledger / "ledger.json").exists():
                continue
            looks += 1
            last = _look(ledger, last, out)
        out.write(json.dumps({"looks": looks}) + "\n")


def _look(ledger: Path, last: int, out: Any) -> int:
    snapshot = open_ledger(ledger).snapshot()
    number = snapshot.batch.batch
    found: dict[str, Any] = {"batch": number, "kind": snapshot.batch.kind}
    try:
        found["state"] = state_of(snapshot)
    except Exception as problem:  # noqa: BLE001 whatever a reader meets is what is asked about
        if _was_disposed_since(ledger, number):
            return last
        found["problem"] = f"{type(problem).__name__}: {problem}"
    if number < last:
        found["problem"] = f"batch {number} after batch {last}"
    if number != last or "problem" in found:
        out.write(json.dumps(found) + "\n")
        out.flush()
    return number


def _was_disposed_since(ledger: Path, number: int) -> bool:
    """A disposal takes the files of earlier snapshots away: the one thing a reader may notice."""
    return any(
        one.kind == "disposed" for one in open_ledger(ledger).batches() if one.batch > number
    )


if __name__ == "__main__":
    main()
