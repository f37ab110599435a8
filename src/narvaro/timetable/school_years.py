"""School years, half-years and the years a pupil has been to school."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from narvaro.errors import BadRequest
from narvaro.timetable.periods import Period

TEN_YEAR_SCHOOL_FROM = 2028
"""The ten-year compulsory school applies after 30 June 2028 (the Riksdag, 18 June 2025)."""

GRADES = ("preschool", "F", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
"""The exchange format's words for `grade`; `F` is the preschool class."""


class SchoolYear(NamedTuple):
    """1 July to 30 June, named by the year it begins: SchoolYear(2017) is 2017/18."""

    begins: int

    @classmethod
    def holding(cls, day: date) -> SchoolYear:
        return cls(day.year if day.month >= 7 else day.year - 1)

    @property
    def period(self) -> Period:
        return Period(date(self.begins, 7, 1), date(self.begins + 1, 6, 30))

    @property
    def halves(self) -> tuple[Period, Period]:
        """The default terms: 1 July to 31 December, and 1 January to 30 June."""
        return half_year(self.period.from_on), half_year(self.period.to_on)

    def __str__(self) -> str:
        return f"{self.begins}/{(self.begins + 1) % 100:02}"


def half_year(day: date) -> Period:
    """The default term that holds the day."""
    if day.month >= 7:
        return Period(date(day.year, 7, 1), date(day.year, 12, 31))
    return Period(date(day.year, 1, 1), date(day.year, 6, 30))


def parse_school_year(text: str) -> SchoolYear:
    """`2017/18` or `2017/2018`. Raises BadRequest for anything else."""
    found = re.fullmatch(r"(\d{4})/(?:\d{2})?(\d{2})", text, flags=re.ASCII)
    if found and (int(found[1]) + 1) % 100 == int(found[2]) and text[:4] != "0000":
        year = SchoolYear(int(found[1]))
        if text in (str(year), f"{year.begins}/{year.begins + 1}"):
            return year
    raise BadRequest("That is not a school year.", remedy="Write it as 2017/18.")


def year_of_schooling(grade: str, school_year: SchoolYear) -> int:
    """Years of compulsory schooling a grade stands for: 1 for the preschool class, 0 for preschool.

    The ten-year school makes the preschool class grade 1, so grade 3 is the fourth year until
    2027/28 and the third from 2028/29. Raises BadRequest for a grade outside the exchange format.
    """
    if grade not in GRADES:
        raise BadRequest("That is not a grade.", remedy=f"Grades are {', '.join(GRADES)}.")
    if grade in ("preschool", "F"):
        return GRADES.index(grade)
    return int(grade) + (school_year.begins < TEN_YEAR_SCHOOL_FROM)


def grades_in_year_of_schooling(year: int, school_year: SchoolYear) -> tuple[str, ...]:
    """The grades that stand for that year of schooling in that school year (0 to 11)."""
    return tuple(grade for grade in GRADES if year_of_schooling(grade, school_year) == year)


def age_on(birth_date: date, day: date) -> int:
    """Whole years lived on the day; who is born on 29 February gains one on 1 March."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)


def born_when_aged(youngest: int, oldest: int, *, on: date) -> Period:
    """The birth dates of everyone who is `youngest` to `oldest` years old on the day."""
    first = date.fromordinal(_latest_birth(oldest + 1, on).toordinal() + 1)
    return Period(first, _latest_birth(youngest, on))


def _latest_birth(age: int, on: date) -> date:
    try:
        return on.replace(year=on.year - age)
    except ValueError:  # 29 February, and that year had none
        return date(on.year - age, 2, 28)
