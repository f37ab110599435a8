"""Folders for deliveries on their way in; those of a killed process are swept away.

They hold what a source called its pupils, so none may outlive the import it was made for.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def arriving(ledger: Path) -> Iterator[Path]:
    """Make a folder that is this process's own until the block ends, or the process does."""
    parent = _parent(ledger)
    parent.mkdir(mode=0o700, exist_ok=True)
    with _locked(parent):
        folder = Path(tempfile.mkdtemp(dir=parent))
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def sweep(ledger: Path) -> None:
    """Remove the folders whose process has ended; others are left alone."""
    parent = _parent(ledger)
    if not parent.exists():
        return
    with _locked(parent):
        for folder in parent.iterdir():
            if _is_nobodys(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _parent(ledger: Path) -> Path:
    return ledger / "arriving"


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _is_nobodys(folder: Path) -> bool:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True
