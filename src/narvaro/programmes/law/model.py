"""A duty in law as a value: who, what, within which time, from when, and who said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from narvaro.programmes.model import Deadline, Source
from narvaro.programmes.roles import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What somebody has to do while `from_on` to `to_on`, both included; None is no end known.

    `deadline` is the law's own word or number; None when it states neither. `event` is what cases
    record when it is met. A `personal` duty is each person's own: no approval stands before it.
    `verified` says whether the text stated here was read at its source; what is not is for a
    lawyer to confirm.
    """

    id: str
    paragraph: str
    name: Text
    text: Text
    who: str
    begins: Text | None
    deadline: Deadline | None
    event: str | None
    personal: bool
    from_on: date | None
    to_on: date | None
    source: tuple[str, ...]
    verified: bool

    def holds(self, day: date) -> bool:
        return (self.from_on or day) <= day <= (self.to_on or day)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawDate:
    """A day on which something changes for everybody."""

    id: str
    name: Text
    text: Text
    decided_on: date | None
    from_on: date
    source: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A proposal that may change a duty; nothing rests on it until it is law."""

    id: str
    text: Text
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The whole file; `fingerprint` is its SHA-256."""

    version: int
    sources: tuple[Source, ...]
    duties: tuple[Duty, ...]
    dates: tuple[LawDate, ...]
    under_way: tuple[UnderWay, ...]
    fingerprint: str
