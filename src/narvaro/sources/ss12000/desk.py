"""What every kind of record is taken in with, and what they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Protocol

from narvaro.sources.ss12000 import moments, words
from narvaro.sources.ss12000.civic_numbers import normalised
from narvaro.sources.ss12000.identities import People
from narvaro.sources.ss12000.models import M, Meta, Reference, read
from narvaro.sources.ss12000.notices import BadRow, NoticeBook
from narvaro.sources.ss12000.profile import Profile
from narvaro.sources.ss12000.scope import Scope
from narvaro.sources.ss12000.workbench import Value, Workbench

Keys = Callable[[str, str], str]
"""Makes the key of an identifier from its kind and value; the same always gives the same."""


@dataclass(frozen=True, slots=True)
class Alias:
    """Another identifier of a pupil: its kind, and the key made of its value.

    Kinds: `id` (the person's own), `civic` and `temporary` (twelve characters), and
    `external:CONTEXT`.
    """

    pupil: str
    kind: str
    value: str


class Dated(Protocol):
    """A record with a first and a last day, as the server wrote them."""

    @property
    def startDate(self) -> Any:  # noqa: N802 - the standard's name
        """The first day."""

    @property
    def endDate(self) -> Any:  # noqa: N802
        """The last day, inclusive."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days asked for: from `first` up to and not including `end`; None is without limit."""

    first: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day was asked for."""
        return (self.first is None or self.first <= day) and (self.end is None or day < self.end)

    def touches(self, starts_at: datetime, ends_at: datetime, zone: tzinfo) -> bool:
        """Whether any of the days asked for lies between the two moments."""
        first, last = starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()
        return (self.first is None or self.first <= last) and (self.end is None or first < self.end)


@dataclass(slots=True)
class Desk:
    """Where records become rows: the bench, the book of notices, the keys, what was asked."""

    bench: Workbench
    book: NoticeBook
    profile: Profile
    keys: Keys
    now: datetime
    scope: Scope = field(default_factory=Scope)
    window: Window = field(default_factory=Window)
    asked_of: str | None = None
    people: People | None = None
    _aliases: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    deleted: dict[str, set[str]] = field(default_factory=dict)
    lessons_complete: bool = False
    attendance_came_along: bool = False

    def pupil_key(self, person: str) -> str:
        """Return the key of a person in the pupils' tables."""
        return self.keys("id", person)

    def staff_key(self, person: str) -> str:
        """Return the key of a person in the column `teachers`."""
        return self.keys("staff", person)

    def put(self, resource: str, table: str, row: Mapping[str, Value]) -> None:
        """Add a row to the bench; a second one with other contents is noted."""
        if self.bench.put(table, row) == "other":
            self.book.note(resource, "contents-differ")

    def moment(self, value: object, name: str, *, resource: str) -> datetime:
        """Read a time as the profile says; raises BadRow."""
        found, was_naive = moments.read_moment(value, name, naive=self.profile.naive_zone)
        if was_naive:
            self.book.note(resource, "time-naive")
        return found

    def day(self, value: object, name: str, *, first_year: int = moments.FIRST_YEAR) -> date:
        """Read a date; raises BadRow."""
        return moments.read_day(value, name, zone=self.profile.local_zone, first_year=first_year)

    def days(self, row: Dated, *, start_missing: str | None = None) -> tuple[str, str | None]:
        """Read the first and last day of a record; raises BadRow.

        A missing start is a fault unless `start_missing` stands in for it.
        """
        if row.startDate is None and start_missing is not None:
            start = start_missing
        else:
            start = self.day(row.startDate, "startDate").isoformat()
        end = None if row.endDate is None else self.day(row.endDate, "endDate").isoformat()
        if end is not None and end < start:
            raise BadRow("endDate", "is before startDate")
        return start, end

    def recorded_at(self, meta: object, *, resource: str) -> str | None:
        """Return when the record changed; None when it does not say, or says a time to come."""
        changed = _changed(meta)
        try:
            found, was_naive = moments.read_moment(changed, "meta", naive=UTC)
        except BadRow:
            self.book.note(resource, "meta-missing")
            return None
        if was_naive:
            self.book.note(resource, "meta-naive")
        if found > self.now:
            self.book.note(resource, "meta-from-future")
            return None
        return moments.written(found)

    def check_meta(self, row: object, *, resource: str) -> None:
        """Note what a roster record's times of change look like; they are not used."""
        meta = row.get("meta") if isinstance(row, Mapping) else None
        self.recorded_at(meta, resource=resource)

    def protection(self, word: str | None, *, resource: str) -> str | None:
        """Read a marking; words the standard lacks mean the strictest, missing means unknown."""
        if word is None or word in words.PROTECTION:
            return words.PROTECTION.get(word or "")
        self.book.note(resource, "protection-unknown")
        return words.STRICTEST

    def pupil_of(self, reference: Reference, *, resource: str) -> str:
        """Return the key of a person referred to; a marking there is remembered."""
        pupil = self.pupil_key(reference.id)
        marking = self.protection(reference.securityMarking, resource=resource)
        if marking not in (None, "none"):
            self.bench.put("markings", {"pupil": pupil, "protection": marking})
        return pupil

    def teacher_of(self, duty: Reference | None, person: Reference | None, *, resource: str) -> str:
        """Return what stands for a teacher until duties are known; raises BadRow."""
        if duty is not None:
            return self.keys("duty", duty.id)
        if person is None:
            raise BadRow("duty", "is missing")
        self.book.note(resource, "teacher-as-person")
        return self.staff_key(person.id)

    def add_alias(self, pupil: str, kind: str, value: str) -> None:
        """Remember another identifier of a pupil, as a key."""
        self._aliases.setdefault((kind, self.keys(kind, value)), set()).add(pupil)

    def aliases(self) -> tuple[Alias, ...]:
        """Return the aliases; what several pupils have identifies none of them."""
        shared = sum(len(pupils) > 1 for pupils in self._aliases.values())
        self.book.note("persons", "alias-shared", shared)
        return tuple(
            Alias(pupil, kind, value)
            for (kind, value), pupils in self._aliases.items()
            if len(pupils) == 1
            for pupil in pupils
        )

    def civic_number(self, value: object, *, born_on: date | None) -> tuple[str, str] | None:
        """Return kind and twelve characters of a personal number, None when there is none."""
        text = value.get("value") if isinstance(value, Mapping) else value
        if text is None:
            return None
        found = normalised(text, born_on=born_on, today=self.now.date())
        if found is None:
            self.book.note("persons", "civic-unreadable")
        return found


def each(desk: Desk, rows: Iterable[object] | None, model: type[M], *, table: str) -> Iterable[M]:
    """Read the parts of a record one by one; those that cannot be read are refused alone."""
    for row in rows or ():
        try:
            yield read(model, row)
        except BadRow as bad:
            desk.book.refuse(table, bad.reason)


def _changed(meta: object) -> object:
    try:
        found = read(Meta, meta)
    except BadRow:
        return None
    return found.modified if found.modified is not None else found.created
