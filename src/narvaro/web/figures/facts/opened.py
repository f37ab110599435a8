"""The ledger, opened once for each batch, and up to when a page knows."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from narvaro.ledger import Batch, Snapshot, open_ledger
from narvaro.timetable import end_of_day, local_day
from narvaro.web.figures.facts.keeping import Shelf, clear_others

KEEPS_FIGURES = ("compacted", "run", "recovered")
"""Kinds of batches after which every figure is what it was."""
WHAT_WAS_DONE = frozenset({"case_events", "support_events"})
"""Tables of what was done. No figure is made of them: a batch of these alone keeps every figure."""
BESIDE = frozenset({"aliases", "late"})
"""What a batch counts beside the rows of its tables."""

_opened: dict[tuple[Path, Path], tuple[int, Opened]] = {}
_opening = threading.Lock()


@dataclass(frozen=True, eq=False)
class Opened:
    """A snapshot, when the ledger was last told of registrations, and what has been worked out of it.

    What was done, steps and support, is told of more often: `done_at` is when it last was, and
    `done_batch` the number of that batch.
    """

    snapshot: Snapshot
    told_at: datetime
    shelf: Shelf
    done_at: datetime
    done_batch: int

    def known_at(self, now: datetime) -> datetime:
        """Up to when a page knows, the same moment until something new is told.

        What has not reached us cannot be missed: a lesson that ended after the last delivery is
        not yet due. Where the ledger knows of later things than the page's moment (the demo's
        day was moved, or an earlier time is asked for) it is the end of the day before.
        """
        return _until(self.told_at, now)

    def done_known_at(self, now: datetime) -> datetime:
        """Up to when a page knows what was done; as `known_at`."""
        return _until(self.done_at, now)


def _until(told_at: datetime, now: datetime) -> datetime:
    return told_at if told_at <= now else end_of_day(local_day(now) - timedelta(days=1))


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
    batches = [one for one in ledger.batches() if one.kind not in KEEPS_FIGURES]
    newest = batches[-1]
    telling = next((one for one in reversed(batches) if not _is_of_what_was_done(one)), newest)
    name = f"{folder}|{telling.batch}|{telling.content}|{telling.arrived_at.isoformat()}"
    kept = cache / hashlib.sha256(name.encode()).hexdigest()[:16]
    clear_others(kept)
    return Opened(
        snapshot=ledger.snapshot(),
        told_at=_told_at(telling),
        shelf=Shelf(kept),
        done_at=_told_at(newest),
        done_batch=newest.batch,
    )


def _is_of_what_was_done(batch: Batch) -> bool:
    told = {table for table, count in batch.counts.items() if count} - BESIDE
    return bool(told) and told <= WHAT_WAS_DONE


def _told_at(batch: Batch) -> datetime:
    return max(batch.arrived_at, batch.newest_recorded_at)
