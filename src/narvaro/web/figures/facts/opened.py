"""The ledger, opened once for each batch, and up to when a page knows."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from narvaro.ledger import Snapshot, open_ledger
from narvaro.timetable import end_of_day, local_day
from narvaro.web.figures.facts.keeping import Shelf, clear_others

KEEPS_FIGURES = ("compacted", "run", "recovered")
"""Kinds of batches after which every figure is what it was."""

_opened: dict[tuple[Path, Path], tuple[int, Opened]] = {}
_opening = threading.Lock()


@dataclass(frozen=True, eq=False)
class Opened:
    """A snapshot, when the ledger was last told anything, and what has been worked out of it."""

    snapshot: Snapshot
    told_at: datetime
    shelf: Shelf

    def known_at(self, now: datetime) -> datetime:
        """Up to when a page knows, the same moment until something new is told.

        What has not reached us cannot be missed: a lesson that ended after the last delivery is
        not yet due. Where the ledger knows of later things than the page's moment (the demo's
        day was moved, or an earlier time is asked for) it is the end of the day before.
        """
        if self.told_at <= now:
            return self.told_at
        return end_of_day(local_day(now) - timedelta(days=1))


def opened() -> Opened | None:
    """The newest batch of the ledger, or None when there is no ledger yet."""
    folders = (settings.LEDGER, settings.DATA_FOLDER / "cache" / "figures")
    stamp = _stamp(settings.LEDGER)
    if stamp is None:
        return None
    held = _opened.get(folders)
    if held is None or held[0] != stamp:
        with _opening:
            held = _opened.get(folders)
            if held is None or held[0] != stamp:
                held = _opened[folders] = (stamp, _open(*folders))
    return held[1]


def _stamp(folder: Path) -> int | None:
    """Changes when a batch is published: a commit adds a file to the log of batches."""
    try:
        return (folder / "batches" / "_delta_log").stat().st_mtime_ns
    except OSError:
        return None


def _open(folder: Path, cache: Path) -> Opened:
    ledger = open_ledger(folder)
    telling = [one for one in ledger.batches() if one.kind not in KEEPS_FIGURES][-1]
    snapshot = ledger.snapshot()
    name = f"{folder}|{telling.batch}|{telling.content}|{telling.arrived_at.isoformat()}"
    kept = cache / hashlib.sha256(name.encode()).hexdigest()[:16]
    clear_others(kept)
    told_at = max(telling.arrived_at, snapshot.batch.newest_recorded_at)
    return Opened(snapshot, told_at, Shelf(kept))
