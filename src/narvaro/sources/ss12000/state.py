"""What is remembered from one load to the next: small, JSON, no person in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from narvaro.errors import BadRequest

VERSION: Final = 1
ASKED_AGAIN_AFTER: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Answered:
    """How a resource was answered last: `offered`, `missing`, `refused`, and on which day."""

    status: str
    on: date


@dataclass(frozen=True, slots=True)
class State:
    """Where the next load goes on.

    `changes_since` is None until a first load is whole; until then `lessons_until` says up to
    which day (exclusive) lessons are in, and `first_started_at` when the first load began.
    """

    changes_since: datetime | None = None
    first_started_at: datetime | None = None
    lessons_from: date | None = None
    lessons_until: date | None = None
    answered: Mapping[str, Answered] = field(default_factory=dict)
    quirks: frozenset[str] = frozenset()

    def is_missing(self, resource: str, *, today: date) -> bool:
        """Whether the server lacked the resource so lately that it is not asked again."""
        last = self.answered.get(resource)
        return last is not None and last.status != "offered" and today - last.on < ASKED_AGAIN_AFTER

    def with_answer(self, resource: str, status: str, *, today: date) -> State:
        """Remember how a resource was answered."""
        return replace(self, answered={**self.answered, resource: Answered(status, today)})

    def as_json(self) -> dict[str, object]:
        """Return what json.dumps can write."""
        return {
            "version": VERSION,
            "changes_since": _text(self.changes_since),
            "first_started_at": _text(self.first_started_at),
            "lessons_from": _text(self.lessons_from),
            "lessons_until": _text(self.lessons_until),
            "answered": {
                name: {"status": last.status, "on": last.on.isoformat()}
                for name, last in sorted(self.answered.items())
            },
            "quirks": sorted(self.quirks),
        }

    @classmethod
    def from_json(cls, found: object) -> State:
        """Read what `as_json` wrote; raises BadRequest when it is something else."""
        try:
            return _read(found)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise BadRequest(
                "The remembered state of the source cannot be read.",
                remedy="Leave it out: the next load then starts from the beginning.",
            ) from None


def _read(found: object) -> State:
    if not isinstance(found, Mapping) or found["version"] != VERSION:
        raise ValueError
    return State(
        changes_since=_moment(found["changes_since"]),
        first_started_at=_moment(found["first_started_at"]),
        lessons_from=_day(found["lessons_from"]),
        lessons_until=_day(found["lessons_until"]),
        answered={
            str(name): Answered(str(last["status"]), date.fromisoformat(last["on"]))
            for name, last in found["answered"].items()
        },
        quirks=frozenset(str(quirk) for quirk in found["quirks"]),
    )


def _moment(text: str | None) -> datetime | None:
    moment = None if text is None else datetime.fromisoformat(text)
    if moment is not None and moment.tzinfo is None:
        raise ValueError
    return moment


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _text(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()
