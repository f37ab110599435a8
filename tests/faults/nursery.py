"""Runs `narvaro` in processes of its own that are killed without warning.

As a program: loads everything once, then forks a child for every line on standard input and
answers with its exit code (negative: the signal that ended it). A child that is to die kills
itself with SIGKILL at the n-th step of a commit, or is killed from outside after a delay.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import IO, Any

Death = dict[str, float]
"""`{"step": n}`: at the n-th step of writing; `{"after": s}`: s seconds from the start."""


@dataclass(frozen=True)
class Nursery:
    """The parent's end of the line."""

    ask: IO[str]
    answer: IO[str]

    def run(self, *words: object, death: Death | None = None) -> int:
        """Call `narvaro` with these words; return its exit code, -9 when it was killed."""
        job = {"words": [str(word) for word in words], "death": death}
        self.ask.write(json.dumps(job) + "\n")
        self.ask.flush()
        return int(self.answer.readline())


@contextmanager
def nursery(said: Path) -> Iterator[Nursery]:
    """A nursery whose children's words are appended to the file `said`."""
    with (
        said.open("a") as out,
        subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
            env=environment(),
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        yield Nursery(process.stdin, process.stdout)
        process.stdin.close()


def environment(**more: str) -> dict[str, str]:
    """This process's environment and import path, writing no compiled files."""
    path = os.pathsep.join(sys.path)
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **more}


def main() -> None:
    import_everything()
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            be_the_child(job["words"], job["death"] or {})
        if "after" in (job["death"] or {}):
            time.sleep(job["death"]["after"])
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


def import_everything() -> None:
    """Pay for the imports once; none of them starts a thread before it is used."""
    import deltalake
    import duckdb

    import narvaro.cli.commands
    import narvaro.ledger.rebuild
    import narvaro.pipeline  # noqa: F401
    from narvaro.ledger import upkeep

    assert deltalake
    assert duckdb
    upkeep.FILES_A_MONTH = 2  # so that a short life is compacted, too


def be_the_child(words: list[str], death: Death) -> None:
    from narvaro.cli import main as narvaro

    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if "step" in death:
        die_at(int(death["step"]))
    code = narvaro(words)
    sys.stdout.flush()
    os._exit(code)


def die_at(step: int) -> None:
    """Count every step of writing, before and after it, and die at one of them."""
    from deltalake import DeltaTable

    from narvaro.ledger import intake, keys, ledger, store, upkeep

    left = step

    def count() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapped(*args: Any, **named: Any) -> Any:
            count()
            found = function(*args, **named)
            count()
            return found

        return wrapped

    for place, names in (
        (store, ("commit", "write_files", "create")),
        (intake, ("write_files",)),
        (upkeep, ("write_files", "vacuum")),
        (keys, ("read_or_make",)),
        (ledger.Ledger, ("_publish", "_recover")),
        (DeltaTable, ("restore", "vacuum", "create_checkpoint")),
    ):
        for name in names:
            setattr(place, name, counted(getattr(place, name)))


if __name__ == "__main__":
    main()
