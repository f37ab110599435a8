"""Verdicts and terms in plain words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from narvaro.quality import LessonCounts
from narvaro.quality.status_words import status_in_words
from narvaro.quality.verdict_words import verdict_in_words, weeks_in_words
from narvaro.quality.weeks import Basis, Weeks
from narvaro.timetable import Language, Month, Week

NOVEMBER = Month.of(2017, 11)
COUNTS = LessonCounts(25, 1300, 23, 1100)
TARGET = Fraction(95)


def weeks(*numbers: int, basis: Basis = "calendar") -> Weeks:
    return Weeks(basis, (), tuple(Week(2017, number) for number in numbers))


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([36], "vecka 36"),
        ([36, 37], "vecka 36–37"),
        ([36, 38], "vecka 36 och 38"),
        ([36, 37, 38, 40, 42], "vecka 36–38, 40 och 42"),
    ],
)
def test_weeks_on_end_are_written_as_one_span(numbers: list[int], words: str) -> None:
    assert weeks_in_words(weeks(*numbers).missing, "sv") == words


def test_weeks_on_end_over_a_new_year_are_one_span() -> None:
    assert weeks_in_words([Week(2020, 53), Week(2021, 1)], "en") == "week 53–1"


@pytest.mark.parametrize(
    ("why", "language", "words"),
    [
        (
            "too_little_acknowledged",
            "sv",
            "Kan inte användas: 84,6 % av tiden är kvitterad (92,0 % av lektionerna); minst 95 % "
            "behövs. Kalender saknas: varje vecka räknas.",
        ),
        (
            "weeks_missing",
            "en",
            "Not usable: no timetable in week 46. 84.6 % of the time is acknowledged (92.0 % of "
            "the lessons). No calendar: every week is counted.",
        ),
        ("no_school_days", "sv", "Kan inte användas: november 2017 har inga skoldagar."),
        ("not_begun", "en", "Not usable: November 2017 has not begun."),
    ],
)
def test_a_verdict_says_why_and_what_it_rests_on(why: str, language: Language, words: str) -> None:
    told = verdict_in_words(
        language,
        month=NOVEMBER,
        why=why,
        weeks=weeks(46, basis="weekdays"),
        counts=COUNTS,
        target=TARGET,
        is_over=True,
    )

    assert told == words


def test_a_month_that_is_not_over_says_so() -> None:
    told = verdict_in_words(
        "sv",
        month=NOVEMBER,
        why="",
        weeks=weeks(),
        counts=LessonCounts(1, 60, 1, 60),
        target=TARGET,
        is_over=False,
    )

    assert told.startswith("Användbar")
    assert told.endswith("Månaden är inte slut.")


def test_a_term_whose_weeks_are_missing_names_them() -> None:
    told = status_in_words(
        "sv", status="partly", weeks=weeks(5, 6), counts=COUNTS, first=None, target=TARGET
    )

    assert told == (
        "Delvis: 84,6 % av tiden är kvitterad (92,0 % av lektionerna). Minst 95 % behövs. "
        "Schemat saknas vecka 5–6. Ingen lektion är kvitterad."
    )
