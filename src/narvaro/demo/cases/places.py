"""The classes in which the cases sit: registered without a gap, so that every minute is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from narvaro.demo.days import DayTable, epoch_day, school_days
from narvaro.demo.roster import CASE_LETTER, Stint, class_name
from narvaro.demo.schools import PRESCHOOL, School
from narvaro.demo.weeks import CASE_OLDEST, CASE_YOUNGEST, WHOLE_DAY, WHOLE_DAY_RECESS, bells

YOUNGEST_GRADE, OLDEST_GRADE = 3, 8
_SIZES = {"youngest": 26, "oldest": 20, "elsewhere": 18, "preschool": 12}


@dataclass(frozen=True, slots=True)
class Place:
    """A class of the last school year; its pupils are numbered from `first`."""

    school: School
    grade: int
    letter: int
    first: int
    size: int
    year: int
    days: DayTable
    lengths: tuple[int, ...]

    @property
    def class_name(self) -> str:
        return class_name(self.grade, self.letter)

    @property
    def day_minutes(self) -> int:
        return sum(self.minutes(slot) for slot in range(len(self.lengths)))

    def minutes(self, slot: int) -> int:
        """Minutes of teaching in a lesson."""
        return self.lengths[slot] - (WHOLE_DAY_RECESS if self.grade <= 0 else 0)

    def pupil(self, number: int) -> int:
        if not 0 <= number < self.size:
            raise IndexError(number)
        return self.first + number

    def between(self, first: date, last: date) -> list[int]:
        """Positions of the school days from `first` to `last`, inclusive."""
        return [i for i, day in enumerate(self.days.dates) if first <= day <= last]

    def quarter(self) -> list[int]:
        """Positions of the 59 school days from September to November."""
        return self.between(date(self.year, 9, 1), date(self.year, 11, 30))

    def month(self, month: int) -> list[int]:
        return [i for i, day in enumerate(self.days.dates) if day.month == month]

    def week(self, week: int) -> list[int]:
        """Positions of the school days of an ISO week."""
        return [i for i, day in enumerate(self.days.dates) if day.isocalendar().week == week]

    def date(self, day: int) -> date:
        return self.days.dates[day]

    def begins(self, day: int, slot: int) -> int:
        """Minutes since 1970-01-01T00:00Z at which a lesson begins."""
        midnight = int(self.days.ordinal[day]) * 1440 - int(self.days.offset[day])
        return midnight + bells(self.lengths)[slot]

    def ends(self, day: int, slot: int) -> int:
        return self.begins(day, slot) + self.lengths[slot]

    def clock(self, day: int, minute: int) -> int:
        """A local clock time of a school day, in minutes since 1970-01-01T00:00Z."""
        return int(self.days.ordinal[day]) * 1440 - int(self.days.offset[day]) + minute


@dataclass(frozen=True, slots=True)
class Places:
    """The four classes of cases, and the pupil whose class has no timetable."""

    youngest: Place
    oldest: Place
    elsewhere: Place
    preschool: Place
    without_timetable: int

    @property
    def year(self) -> int:
        return self.youngest.year

    def all(self) -> tuple[Place, ...]:
        return (self.youngest, self.oldest, self.elsewhere, self.preschool)

    @property
    def count(self) -> int:
        return self.without_timetable + 1


def places(schools: Sequence[School], years: Sequence[int]) -> Places:
    """Classes at the first school and, for a move between schools, one at the third."""
    home, other, year = schools[0], schools[2], years[-1]
    shapes = (
        ("youngest", home, YOUNGEST_GRADE, CASE_LETTER, CASE_YOUNGEST),
        ("oldest", home, OLDEST_GRADE, CASE_LETTER, CASE_OLDEST),
        ("elsewhere", other, YOUNGEST_GRADE, CASE_LETTER, CASE_YOUNGEST),
        ("preschool", home, PRESCHOOL, 0, WHOLE_DAY),
    )
    made: dict[str, Place] = {}
    first = 0
    for name, school, grade, letter, lengths in shapes:
        days = school_days(year, school.number)
        made[name] = Place(school, grade, letter, first, _SIZES[name], year, days, lengths)
        first += _SIZES[name]
    return Places(**made, without_timetable=first)


def usual_stints(place: Place, years: Sequence[int]) -> list[list[Stint]]:
    """The stints of a class that stays together: one list a school year, up a grade each year."""
    found = []
    for year in years:
        grade = place.grade - (place.year - year)
        here = grade >= 0 or year == place.year
        found.append(
            [whole_year(place, n, year=year, grade=grade) for n in range(place.size)]
            if here
            else []
        )
    return found


def whole_year(place: Place, number: int, *, year: int, grade: int) -> Stint:
    return Stint(
        place.pupil(number), place.school.number, grade, place.letter,
        epoch_day(date(year, 7, 1)), epoch_day(date(year + 1, 6, 30)),
    )  # fmt: skip


def day_after(day: date) -> date:
    return day + timedelta(days=1)
