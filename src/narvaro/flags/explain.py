"""The lessons behind a flag: they add up to its minutes, or the flag is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from narvaro.errors import NotFound
from narvaro.flags.flag import Flag, flag
from narvaro.ledger import Snapshot
from narvaro.measurement.lessons import PupilLesson, lessons_of
from narvaro.programmes import Programme
from narvaro.timetable import At, Period


@dataclass(frozen=True, slots=True)
class Explanation:
    """A flag and every ended lesson it was counted from, in order."""

    flag: Flag
    lessons: tuple[PupilLesson, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the lessons' minutes are the flag's integers."""
        row = self.flag.absence
        return all(
            sum(getattr(lesson, name) for lesson in self.lessons) == getattr(row, name)
            for name in (
                "scheduled_minutes",
                "acknowledged_minutes",
                "valid_minutes",
                "invalid_minutes",
                "unclassified_minutes",
                "other_minutes",
            )
        )


def explain(
    snapshot: Snapshot,
    programme: Programme,
    pupil: str,
    *,
    at: At,
    known_at: datetime | None = None,
    outside_dates: bool = False,
) -> list[Explanation]:
    """Explain every rule's outcome for one pupil at a month end, one explanation per rule.

    Raises NotFound when the pupil is not in the programme's scope then.
    """
    moment = known_at or datetime.now(UTC)
    found = [
        one
        for one in flag(snapshot, programme, at=at, known_at=moment, outside_dates=outside_dates)
        if one.pupil == pupil
    ]
    if not found:
        raise NotFound(
            f"The pupil is not among those {programme.id} speaks of at {at}.",
            remedy="Check the key, and the programme's grades, ages and schools "
            f"(`narvaro programme show {programme.id}`).",
        )
    return [Explanation(one, _lessons(snapshot, one, moment)) for one in found]


def _lessons(snapshot: Snapshot, one: Flag, known_at: datetime) -> tuple[PupilLesson, ...]:
    period = Period(one.absence.from_on, one.absence.to_on)
    return tuple(lessons_of(snapshot, one.pupil, period, known_at))
