"""A trial: the delivery is taken in to a copy of the ledger, and the copy is thrown away.

So a preview cannot say anything else than what happens. The copy is made of hard links: the
ledger's files are never changed once written, and the copy takes next to no room.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from narvaro.ledger.keys import key_file_of

LEFT_OUT = {"lock", "arriving", "staging"}


@contextmanager
def trial_of(ledger: Path) -> Iterator[Path]:
    """A copy of a ledger that may be written to, until the block ends; of none, a new place."""
    parent = ledger.with_name(f".{ledger.name}-trials")
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(dir=parent))
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        copy = folder / "ledger"
        if (ledger / "ledger.json").exists():
            _copied(ledger, copy)
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _copied(ledger: Path, copy: Path) -> None:
    for folder, below, files in os.walk(ledger):
        here = Path(folder)
        if here == ledger:
            below[:] = [name for name in below if name not in LEFT_OUT]
            files = [name for name in files if name not in LEFT_OUT]
        there = copy / here.relative_to(ledger)
        there.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in files:
            _linked(here / name, there / name)
    key, beside = key_file_of(ledger), key_file_of(copy)
    if key.exists() and key != beside:
        shutil.copyfile(key, beside)
        beside.chmod(0o600)


def _linked(file: Path, there: Path) -> None:
    """One file of the copy. A file that went away meanwhile belonged to no version we read."""
    try:
        there.hardlink_to(file)
    except FileNotFoundError:
        return
    except OSError:
        shutil.copyfile(file, there)


def _sweep(parent: Path) -> None:
    """Remove the trials whose process has ended."""
    for folder in parent.iterdir():
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)
