"""Looks at a source without taking anything: what it offers, where it deviates, how much."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from narvaro.sources.ss12000.notices import Notice, Quarantined
from narvaro.sources.ss12000.profile import RESOURCES
from narvaro.sources.ss12000.wish import Wish

if TYPE_CHECKING:
    from narvaro.sources.ss12000.answers import Reader
    from narvaro.sources.ss12000.desk import Keys
    from narvaro.sources.ss12000.session import Session

FOUR_WEEKS: Final = timedelta(days=27)


@dataclass(frozen=True, slots=True)
class Offer:
    """One resource: `offered`, `missing`, `refused`, `not asked` or `unreadable`; what was seen.

    `records` were read (of a server the first page of each list), `has_more` says that there
    are others.
    """

    resource: str
    status: str
    records: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class CapabilityReport:
    """What a source offers and where it deviates; `ended_early` says what could not be read."""

    source: str
    offers: tuple[Offer, ...]
    attendance_with_lessons: bool
    notices: tuple[Notice, ...]
    quarantined: tuple[Quarantined, ...]
    counts: Mapping[str, int]
    ended_early: str = ""

    def as_json(self) -> dict[str, object]:
        """Return what json.dumps can write."""
        return {
            "source": self.source,
            "offers": [
                {
                    "resource": offer.resource,
                    "status": offer.status,
                    "records": offer.records,
                    "has_more": offer.has_more,
                }
                for offer in self.offers
            ],
            "attendance_with_lessons": self.attendance_with_lessons,
            "deviations": [
                {"resource": one.resource, "code": one.code, "count": one.count, "text": one.text}
                for one in self.notices
            ],
            "quarantined": [
                {"table": one.table, "reason": one.reason, "count": one.count}
                for one in self.quarantined
            ],
            "rows": dict(self.counts),
            "ended_early": self.ended_early,
        }


def check_source(reader: Reader, *, wish: Wish | None = None) -> CapabilityReport:
    """Read the first page of every list of a server (a recording: all pages) and say what it is.

    Of lessons, those of the last four weeks unless `wish` says otherwise. The rows are made with
    keys of a secret that is forgotten at once, and thrown away.
    """
    from narvaro.sources.ss12000.delivering import deliver
    from narvaro.sources.ss12000.session import known_of, opened

    asked = _four_weeks(reader, wish or Wish())
    first_pages = reader.splits_time
    with tempfile.TemporaryDirectory(prefix="narvaro-check-") as folder:
        into = Path(folder)
        with opened(reader, into, _passing_keys(), asked, first_pages=first_pages) as session:
            ended = session.read_everything()
            if not ended and first_pages:
                _probe(session)
            counts = deliver(session.reading.desk, known_of(session.reading), into / "out")
            return _report(session, counts, ended)


def _four_weeks(reader: Reader, wish: Wish) -> Wish:
    if wish.since is not None or not reader.splits_time:
        return wish
    now = wish.now or datetime.now(UTC)
    until = wish.until or now.astimezone(reader.profile.local_zone).date()
    return replace(wish, since=until - FOUR_WEEKS, until=until)


def _report(session: Session, counts: Mapping[str, int], ended: str) -> CapabilityReport:
    reading = session.reading
    return CapabilityReport(
        source=reading.desk.profile.name,
        offers=tuple(_offer(session, resource) for resource in RESOURCES),
        attendance_with_lessons=reading.desk.attendance_came_along,
        notices=reading.desk.book.notices(),
        quarantined=reading.desk.book.quarantined(),
        counts=dict(counts),
        ended_early=ended,
    )


def _offer(session: Session, resource: str) -> Offer:
    reading = session.reading
    last = reading.state.answered.get(resource)
    return Offer(
        resource,
        "not asked" if last is None else last.status,
        reading.records.get(resource, 0),
        resource in reading.more,
    )


def _probe(session: Session) -> None:
    """Ask for lessons without the window they must have: the standard's answer is 400."""
    reader, book = session.reading.reader, session.reading.desk.book
    status = reader.status_of("calendarEvents", {"limit": "1"})
    if status == 200:
        book.note("calendarEvents", "window-not-required")
    elif status is not None and status != 400:
        book.note("calendarEvents", "status-not-of-standard")


def _passing_keys() -> Keys:
    secret = secrets.token_bytes(32)

    def key(kind: str, value: str) -> str:
        text = f"{kind}\x1f{value}".encode()
        return hashlib.blake2b(text, key=secret, digest_size=16).hexdigest()

    return key
