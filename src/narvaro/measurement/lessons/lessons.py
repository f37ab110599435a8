"""One pupil's lessons over a window: the list that a figure adds up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from narvaro.engine import sql_beside
from narvaro.errors import NotFound
from narvaro.ledger import BEGINNING, Snapshot
from narvaro.ledger.standing import joins, key_of, numbers_of
from narvaro.timetable import Period


@dataclass(frozen=True, slots=True)
class PupilLesson:
    """One ended lesson of a pupil, not cancelled. Minutes are whole.

    `told_at` is when what stands became known; None when it was so from the beginning.
    """

    lesson: str
    school: str
    date: date
    starts_at: datetime
    ends_at: datetime
    subject: str | None
    group: str | None
    class_: str | None
    scheduled_minutes: int
    acknowledged_minutes: int
    valid_minutes: int
    invalid_minutes: int
    unclassified_minutes: int
    other_minutes: int
    leave_minutes: int
    full_timetable_minutes: int
    is_acknowledged: bool = field(kw_only=True)
    told_at: datetime | None = field(kw_only=True)

    @property
    def absent_minutes(self) -> int:
        """Valid, invalid and unclassified absence together."""
        return self.valid_minutes + self.invalid_minutes + self.unclassified_minutes

    def as_record(self) -> dict[str, Any]:
        """The lesson as JSON: times in ISO form with their offset."""
        record = asdict(self)
        record["class"] = record.pop("class_")
        record["date"] = self.date.isoformat()
        for name in ("starts_at", "ends_at", "told_at"):
            moment = record[name]
            record[name] = moment.isoformat() if moment else None
        return {**record, "absent_minutes": self.absent_minutes}


def lessons_of(
    snapshot: Snapshot, pupil: str, period: Period, known_at: datetime
) -> list[PupilLesson]:
    """List a pupil's ended lessons over a period, as known at a time, in order.

    Raises NotFound for a key the ledger does not hold.
    """
    numbers = _numbers(snapshot, pupil)
    schools = key_of(snapshot, "school")
    rows: list[tuple[Any, ...]] = []
    for number in numbers:
        rows += snapshot.engine.query(
            sql_beside(__file__, "lessons.sql"),
            tables=snapshot.tables("rows", "lessons"),
            parameters={
                "pupil": number,
                "from_month": period.from_on.year * 100 + period.from_on.month,
                "to_month": period.to_on.year * 100 + period.to_on.month,
                "from_on": period.from_on,
                "to_on": period.to_on,
                "known_at": known_at,
            },
        )
    return sorted(
        (_lesson(row, schools[row[1]]) for row in rows),
        key=lambda lesson: (lesson.starts_at, lesson.lesson),
    )


def _numbers(snapshot: Snapshot, pupil: str) -> Iterable[int]:
    known = numbers_of(snapshot, [pupil])
    if not known:
        raise NotFound(
            "The ledger holds no pupil with that key.",
            remedy="Keys are shown by `narvaro measure`; they hold within one ledger.",
        )
    number = known[pupil]
    return [number, *(old for old, new in joins(snapshot).items() if new == number)]


def _lesson(row: tuple[Any, ...], school: str) -> PupilLesson:
    lesson, _, day, starts_at, ends_at, subject, group, class_, *rest = row
    told_at = None if rest[9] <= BEGINNING else rest[9]
    fields: list[Any] = [lesson, school, day, starts_at, ends_at, subject, group, class_]
    fields += [int(value) for value in rest[:8]]
    return PupilLesson(*fields, is_acknowledged=rest[8] > 0, told_at=told_at)
