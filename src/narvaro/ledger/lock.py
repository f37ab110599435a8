"""One writer at a time: a file lock that names its holder. Readers never take it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from narvaro.errors import LedgerBusy


@contextmanager
def writing(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the ledger's lock; the operating system lets it go when the process ends."""
    with (folder / "lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise LedgerBusy(
                f"The ledger is being written to by {holder}.",
                remedy="Wait until it is done and try again; nothing has been changed.",
            ) from None
        file.seek(0)
        file.truncate()
        file.write(f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
        file.flush()
        yield
