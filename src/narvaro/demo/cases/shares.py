"""Pupils at, just under and just over a limit, and how each kind of absence counts."""

from __future__ import annotations

from narvaro.demo.cases.book import Book
from narvaro.demo.cases.script import Script
from narvaro.demo.marks import NOTIFIED, ON_LEAVE, OTHER_VALID

_BELOW, _ABOVE = 2442, 2443  # of 59 days of 276 minutes: 14.996 % and 15.002 %
_FORTY_DAYS = 40


def write_shares(book: Book) -> None:
    """Cases 0 to 11 of the youngest class and 7 to 9 of the oldest."""
    _at_the_limit(book)
    _exactly(book)
    _single_months(book)
    _ill_and_on_leave(book)
    _at_examinations(book)
    _adjusted(book)
    _growing(book)
    _same_number(book)
    _oldest(book)


def _at_the_limit(book: Book) -> None:
    place = book.places.youngest
    for number, total, name, outcome in (
        (0, _BELOW, "just_below_15", "not_flagged"),
        (1, _ABOVE, "just_above_15", "flagged"),
    ):
        script = book.script(place, number)
        script.spread(place.quarter(), total, "invalid")
        book.tell(
            name,
            "C.3.1",
            f"{total} of 16284 minutes: {outcome} at 15 %, though both round to 15.0 %",
            scripts=[script],
            figures=book.quarter(script),
            facts={"limit": 15, "operator": ">=", "outcome": outcome},
        )


def _exactly(book: Book) -> None:
    place = book.places.youngest
    days = place.quarter()[-_FORTY_DAYS:]
    begins = place.date(days[0])
    script = book.script(place, 2, first=begins)
    book.split_stints(place, place.pupil(2), [(begins, None)])
    script.spread(days, _FORTY_DAYS * place.day_minutes * 15 // 100, "valid")
    book.tell(
        "exactly_15",
        "C.4 enrolled in the middle of a month",
        "1656 of 11040 minutes since the enrolment: flagged by >= 15 %, not by > 15 %",
        scripts=[script],
        figures=book.quarter(script),
        facts={"limit": 15, "operator": ">=", "outcome": "flagged", "enrolled_on": str(begins)},
    )


def _single_months(book: Book) -> None:
    """Exactly 25 per cent of October, December and February, and nothing in between."""
    place = book.places.youngest
    script = book.script(place, 3)
    months = [place.month(month) for month in (10, 12, 2)]
    for days in months:
        script.spread(days, len(days) * place.day_minutes // 4, "invalid")
    book.tell(
        "three_hits",
        "C.3.6",
        "Exactly 25 % of three calendar months: three flags in the school year, so it escalates",
        scripts=[script],
        ends=str(place.date(months[-1][-1])),
        figures=tuple(script.figure(days) for days in (*months, place.month(11))),
        facts={"limit": 25, "operator": ">=", "outcome": "flagged"},
    )


def _ill_and_on_leave(book: Book) -> None:
    place = book.places.youngest
    quarter = place.quarter()
    ill, away = book.script(place, 4), book.script(place, 5)
    days = [day for n, day in enumerate(quarter) if n % 8 < 3][:22]
    ill.away(days, "valid", reason=NOTIFIED)
    for day in days:
        _announce(book, ill, day, kind="notified", told=place.clock(day, 440))
    leave = quarter[26:38]
    away.away(leave, "valid", reason=ON_LEAVE)
    for day in leave:
        _announce(book, away, day, kind="leave", told=place.clock(quarter[10], 700))
    book.tell(
        "ill_often", "P5", "Notified illness on 22 of 59 days: flagged, valid or not",
        scripts=[ill], figures=book.quarter(ill), facts={"limit": 15, "outcome": "flagged"},
    )  # fmt: skip
    book.tell(
        "granted_leave", "P5", "Granted leave on 12 of 59 days: flagged all the same",
        scripts=[away], figures=book.quarter(away), facts={"limit": 15, "outcome": "flagged"},
    )  # fmt: skip


def _announce(book: Book, script: Script, day: int, *, kind: str, told: int) -> None:
    place = script.place
    book.add(
        "announced_absences",
        (script.pupil, place.clock(day, 8 * 60), place.clock(day, 16 * 60), kind, told),
    )


def _at_examinations(book: Book) -> None:
    place = book.places.youngest
    script = book.script(place, 6)
    quarter = place.quarter()
    script.away([d for d in quarter if place.date(d).weekday() == 0], "valid", reason=OTHER_VALID)
    thursdays = [d for d in quarter if place.date(d).weekday() == 3]
    script.away(thursdays, "valid", slots=(1, 2), reason=OTHER_VALID)
    book.tell(
        "at_examinations",
        "P6",
        "Every Monday and two lessons each Thursday at examinations, all valid: flagged, and the "
        "right to education still needs a decision",
        scripts=[script],
        figures=book.quarter(script),
        facts={"limit": 15, "outcome": "flagged"},
    )


def _adjusted(book: Book) -> None:
    place = book.places.youngest
    script = book.script(place, 7)
    quarter = place.quarter()
    script.reduce(range(len(place.days.dates)), (1, 2))
    script.spread(quarter, 272, "invalid")
    book.tell(
        "adjusted_timetable",
        "C.3.8",
        "272 of 5428 adjusted minutes absent (5.0 %), but 16284 minutes in the full timetable",
        scripts=[script],
        figures=book.quarter(script),
        facts={"limit": 15, "outcome": "not_flagged", "full_minutes": 59 * place.day_minutes},
    )


def _growing(book: Book) -> None:
    place = book.places.youngest
    script = book.script(place, 8)
    shares = {9: 2, 10: 5, 11: 9, 12: 13, 1: 17, 2: 22, 3: 28, 4: 34, 5: 42, 6: 50}
    for month, share in shares.items():
        days = place.month(month)
        script.spread(days, len(days) * place.day_minutes * share // 100, "invalid")
    book.tell(
        "growing", "A-R-68", "From 2 % in September to 50 % in June, a little more each month",
        scripts=[script], figures=book.quarter(script), ends=str(place.days.dates[-1]),
    )  # fmt: skip


def _same_number(book: Book) -> None:
    here = book.script(book.places.youngest, 9)
    there = book.script(book.places.elsewhere, 0)
    here.spread(here.place.quarter(), 2800, "valid")
    there.spread(there.place.quarter(), 2800, "invalid")
    book.tell(
        "same_number_two_schools",
        "P7",
        "2800 of 16284 minutes at two schools, valid at one and invalid at the other: one outcome",
        scripts=[here, there],
        figures=book.quarter(here, there),
        facts={"limit": 15, "outcome": "flagged"},
    )


def _oldest(book: Book) -> None:
    """A calendar month of exactly 15 per cent, one minute more, and 18 per cent of the quarter."""
    place = book.places.oldest
    october = place.month(10)
    limit = len(october) * place.day_minutes * 15 // 100
    for number, total, name, outcome in (
        (7, limit, "month_exactly_15", "not_flagged"),
        (8, limit + 1, "month_just_over_15", "flagged"),
    ):
        script = book.script(place, number)
        script.spread(october, total, "invalid")
        book.tell(
            name, "C.2 the operator is data", f"{outcome} by > 15 % of October, flagged by >=",
            scripts=[script], figures=(script.figure(october),),
            starts=str(place.date(october[0])), ends=str(place.date(october[-1])),
            facts={"limit": 15, "operator": ">", "outcome": outcome},
        )  # fmt: skip
    script = book.script(place, 9)
    quarter = place.quarter()
    script.spread(quarter, len(quarter) * place.day_minutes * 18 // 100, "valid")
    book.tell(
        "between_15_and_25", "A.6 Stockholm", "18 % of the quarter in grade 8",
        scripts=[script], figures=book.quarter(script),
    )  # fmt: skip
