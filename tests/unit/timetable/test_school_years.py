from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narvaro.errors import BadRequest
from narvaro.timetable import (
    GRADES,
    SchoolYear,
    age_on,
    born_when_aged,
    grades_in_year_of_schooling,
    parse_school_year,
    year_of_schooling,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "year"),
    [("2018-06-30", "2017/18"), ("2018-07-01", "2018/19"), ("1999-12-31", "1999/00")],
)
def test_the_school_year_turns_on_the_first_of_july(day: str, year: str) -> None:
    assert str(SchoolYear.holding(date.fromisoformat(day))) == year


@given(day=DAYS)
def test_a_day_lies_in_its_school_year_and_in_one_of_its_halves(day: date) -> None:
    year = SchoolYear.holding(day)
    assert year.period.holds(day)
    assert sum(half.holds(day) for half in year.halves) == 1


@pytest.mark.parametrize("text", ["2017/18", "2017/2018", "1999/00", "1999/2000"])
def test_a_school_year_is_read_in_two_forms(text: str) -> None:
    assert parse_school_year(text).begins == int(text[:4])


@pytest.mark.parametrize("text", ["2017", "2017/19", "2017-18", "17/18", "", "2017/1918"])
def test_another_school_year_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        parse_school_year(text)


@pytest.mark.parametrize(
    ("grade", "school_year", "years"),
    [
        ("preschool", 2027, 0),
        ("F", 2027, 1),
        ("1", 2027, 2),
        ("9", 2027, 10),
        ("preschool", 2028, 0),
        ("1", 2028, 1),
        ("2", 2028, 2),
        ("10", 2028, 10),
        ("F", 2028, 1),
    ],
)
def test_the_ten_year_school_renumbers_the_grades(grade: str, school_year: int, years: int) -> None:
    assert year_of_schooling(grade, SchoolYear(school_year)) == years
    assert grade in grades_in_year_of_schooling(years, SchoolYear(school_year))


@given(grade=st.sampled_from([str(number) for number in range(1, 10)]))
def test_a_pupil_loses_no_year_when_the_grades_are_renumbered(grade: str) -> None:
    before = year_of_schooling(grade, SchoolYear(2027))
    assert year_of_schooling(str(int(grade) + 1), SchoolYear(2028)) == before
    assert grade in GRADES


@pytest.mark.parametrize("grade", ["0", "11", "f", "", "7A"])
def test_another_grade_is_refused(grade: str) -> None:
    with pytest.raises(BadRequest, match="not a grade"):
        year_of_schooling(grade, SchoolYear(2017))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2010-05-01", "2026-04-30", 15),
        ("2010-05-01", "2026-05-01", 16),
        ("2012-02-29", "2025-02-28", 12),
        ("2012-02-29", "2025-03-01", 13),
        ("2012-02-29", "2028-02-29", 16),
    ],
)
def test_an_age_is_gained_on_the_birthday(born: str, day: str, age: int) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == age


@given(born=DAYS, day=DAYS, youngest=st.integers(0, 18), years=st.integers(0, 5))
def test_birth_dates_and_ages_say_the_same(
    born: date, day: date, youngest: int, years: int
) -> None:
    oldest = youngest + years
    by_age = youngest <= age_on(born, day) <= oldest
    assert born_when_aged(youngest, oldest, on=day).holds(born) == by_age
