"""One reading of a source from beginning to end, and where the next one begins."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.sources.ss12000.answers import PageUnreadable, Reader
from narvaro.sources.ss12000.delivering import Known
from narvaro.sources.ss12000.desk import Desk, Keys, Window
from narvaro.sources.ss12000.identities import People
from narvaro.sources.ss12000.plan import Plan, planned
from narvaro.sources.ss12000.reading import Reading
from narvaro.sources.ss12000.reading_registrations import (
    read_absences,
    read_attendances,
    read_deleted,
    read_sums,
)
from narvaro.sources.ss12000.scope import Scope
from narvaro.sources.ss12000.state import State
from narvaro.sources.ss12000.workbench import Workbench

if TYPE_CHECKING:
    from narvaro.sources.ss12000.wish import Wish


@dataclass(slots=True)
class Session:
    """A reading, the state it began with and when it began."""

    reading: Reading
    began_with: State
    began_at: datetime

    def read_everything(self) -> str:
        """Read resource by resource; return why it ended early, empty when it did not."""
        reading = self.reading
        try:
            reading.roster()
            reading.lessons()
            read_attendances(reading)
            read_absences(reading)
            read_sums(reading)
            read_deleted(reading)
        except PageUnreadable as unreadable:
            return str(unreadable)
        return ""


@contextmanager
def opened(
    reader: Reader, into: Path, keys: Keys, wish: Wish, *, first_pages: bool = False
) -> Iterator[Session]:
    """Open a bench in a folder of its own, to be thrown away, and plan the reading."""
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=into) as work:
        bench = Workbench(Path(work) / "bench.sqlite")
        try:
            yield _session(reader, bench, keys, wish, first_pages=first_pages)
        finally:
            bench.close()


def _session(
    reader: Reader, bench: Workbench, keys: Keys, wish: Wish, *, first_pages: bool
) -> Session:
    now = wish.now or datetime.now(UTC)
    profile = reader.profile
    today = now.astimezone(profile.local_zone).date()
    desk = Desk(
        bench=bench,
        book=reader.book,
        profile=profile,
        keys=keys,
        now=now,
        scope=Scope(profile.organisations),
        people=None if wish.sink is None else People(wish.sink),
    )
    reader.quirks |= wish.state.quirks
    reading = Reading(
        reader=reader,
        desk=desk,
        plan=_plan(reader, wish, today),
        state=wish.state,
        today=today,
        progress=wish.progress,
        first_pages=first_pages,
        lessons_are_registered=wish.lessons_are_registered,
    )
    return Session(reading, wish.state, now)


def _plan(reader: Reader, wish: Wish, today: date) -> Plan:
    profile = reader.profile
    if not reader.splits_time:
        end = None if wish.until is None else wish.until + timedelta(days=1)
        return Plan(Window(wish.since, end), ())
    return planned(
        wish.state,
        since=wish.since,
        until=wish.until or today,
        reread_weeks=profile.reread_weeks,
        overlap=timedelta(minutes=profile.overlap_minutes),
    )


def known_of(reading: Reading) -> Known:
    """Say what of a reading decides what is delivered.

    Persons the load did not come to are still to be known: nobody passes for a pupil until then.
    """
    return Known(
        activities=reading.wants("activities"),
        persons=reading.wants("persons"),
        is_change=reading.plan.changes_since is not None,
        makes_schools="organisations" in reading.desk.profile.read,
        sums_speak=reading.sums_speak,
    )


def next_state(session: Session, ended: str) -> State:
    """Say where the next load goes on.

    After a whole load: with the changes since it began, by our clock or the server's, whichever
    is behind. After a first load that broke: with the first week that is not in, if attendance
    came with the lessons; else from where this one began.
    """
    reading, before = session.reading, session.began_with
    state = replace(
        before, answered=reading.state.answered, quirks=frozenset(reading.reader.quirks)
    )
    if not reading.reader.splits_time:
        return before
    began_at = before.first_started_at or _earlier(session.began_at, reading.reader.answered_at)
    if not ended:
        return replace(
            state,
            changes_since=began_at,
            first_started_at=None,
            lessons_from=reading.plan.everything.first,
            lessons_until=reading.plan.everything.end,
        )
    if before.changes_since is None and reading.desk.attendance_came_along:
        return replace(
            state,
            first_started_at=began_at,
            lessons_from=reading.plan.everything.first,
            lessons_until=reading.lessons_until or before.lessons_until,
        )
    return state


def _earlier(one: datetime, other: datetime | None) -> datetime:
    return one if other is None else min(one, other)
