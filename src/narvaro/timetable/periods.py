"""Stretches of days and calendar months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from narvaro.errors import BadRequest

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `from_on` to `to_on`, both included. Raises BadRequest when it ends too early."""

    from_on: date
    to_on: date

    def __post_init__(self) -> None:
        if self.to_on < self.from_on:
            raise BadRequest(
                f"A period cannot end ({self.to_on}) before it begins ({self.from_on}).",
                remedy="Write the earlier date first.",
            )

    def __str__(self) -> str:
        return f"{self.from_on}..{self.to_on}"

    def holds(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on

    def overlaps(self, other: Period) -> bool:
        return self.from_on <= other.to_on and other.from_on <= self.to_on

    def shared_with(self, other: Period) -> Period | None:
        """The days in both, or None."""
        if not self.overlaps(other):
            return None
        return Period(max(self.from_on, other.from_on), min(self.to_on, other.to_on))

    def days(self) -> Iterator[date]:
        for ordinal in range(self.from_on.toordinal(), self.to_on.toordinal() + 1):
            yield date.fromordinal(ordinal)

    def day_count(self) -> int:
        return (self.to_on - self.from_on).days + 1

    def months(self) -> tuple[Month, ...]:
        """Every calendar month that the period touches, in order."""
        first, last = Month.holding(self.from_on), Month.holding(self.to_on)
        return tuple(first.plus(count) for count in range(last.number - first.number + 1))


class Month(NamedTuple):
    """A calendar month, counted from year 0 so that months can be added."""

    number: int

    @classmethod
    def of(cls, year: int, month: int) -> Month:
        return cls(year * 12 + month - 1)

    @classmethod
    def holding(cls, day: date) -> Month:
        return cls.of(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.number // 12, self.number % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        return self.plus(1).first_day - ONE_DAY

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.last_day)

    def plus(self, months: int) -> Month:
        return Month(self.number + months)

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"


class Week(NamedTuple):
    """An ISO week: Monday to Sunday, in the year that holds its Thursday."""

    year: int
    number: int

    @classmethod
    def holding(cls, day: date) -> Week:
        return cls(*day.isocalendar()[:2])

    @property
    def period(self) -> Period:
        return Period(
            date.fromisocalendar(self.year, self.number, 1),
            date.fromisocalendar(self.year, self.number, 7),
        )

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"
