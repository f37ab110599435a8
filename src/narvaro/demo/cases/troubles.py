"""What is wrong with whole schools, who is protected, and what was done about some pupils."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from narvaro.demo.cases.book import Book
from narvaro.demo.days import epoch_day, open_days
from narvaro.demo.people import PROTECTIONS
from narvaro.demo.registers import closed_days
from narvaro.demo.roster import NO_LESSONS_LETTER, Stint
from narvaro.demo.schools import School, Trouble

_HIGH = 30  # per cent of every month
_SCHOOL_CASES = {
    Trouble.NO_REGISTRATION_AT_FIRST: (
        "no_registration_at_first", "P1",
        "The timetable is there, hardly any lesson acknowledged in the first autumn",
    ),
    Trouble.TIMETABLE_IN_FEBRUARY: (
        "timetable_in_february", "P2",
        "Pupils enrolled from August, the first lesson in February: no timetable, not 0 %",
    ),
    Trouble.UNUSABLE_MONTHS: (
        "unusable_months", "P3",
        "September, November, February and May have too little acknowledged to be used",
    ),
    Trouble.MORE_FLAGGED_THAN_HANDS: (
        "more_flagged_than_hands", "P4", "Far more pupils above the limit than at other schools",
    ),
    Trouble.LEAVES_PROGRAMME: (
        "leaves_programme", "P12", "A project school until 29 January of the last school year",
    ),
    Trouble.SUMMARIES_FIRST: (
        "rounded_summaries", "C.4 period summaries",
        "Sums in whole hours instead of lessons in the first autumn",
    ),
    Trouble.ACKNOWLEDGES_LESSONS: (
        "acknowledged_lessons", "a source that tells of lessons",
        "The lesson itself is acknowledged, in a later version of its row",
    ),
    Trouble.LEAVES_UNCLASSIFIED: (
        "unclassified_absence", "C.6 share of unclassified absence",
        "Half of the invalid absence comes without saying whether it was valid",
    ),
    Trouble.CLOSED_A_DAY: (
        "closed_for_snow", "C.4 school closed", "A day of snow: every lesson cancelled",
    ),
}  # fmt: skip


def write_troubles(book: Book, schools: Sequence[School]) -> None:
    """Cases 16, 21 and 24 of the youngest class, 12 to 14 of the oldest, and whole schools."""
    for school in schools:
        for trouble in sorted(school.troubles, key=lambda found: found.value):
            _school(book, school, trouble)
    _left_unhandled(book)
    _without_analysis(book)
    _without_timetable(book)
    _preschool(book)
    _protected(book)
    _summary_beside_lessons(book)
    _area_dissolved(book)


def _school(book: Book, school: School, trouble: Trouble) -> None:
    name, shows, see = _SCHOOL_CASES[trouble]
    first, last = book.years[0], book.years[-1]
    autumn = (open_days(first)[0], date(first, 12, 20))
    spans = {
        Trouble.NO_REGISTRATION_AT_FIRST: autumn,
        Trouble.SUMMARIES_FIRST: autumn,
        Trouble.TIMETABLE_IN_FEBRUARY: (open_days(last)[0], date(last + 1, 1, 31)),
        Trouble.LEAVES_PROGRAMME: (date(first, 8, 1), date(last + 1, 1, 29)),
    }
    closed = closed_days(school, last)
    day = (closed[0], closed[0]) if trouble is Trouble.CLOSED_A_DAY else None
    begins, ends = day or spans.get(trouble, (open_days(first)[0], open_days(last)[-1]))
    book.tell(name, shows, see, school=school.key, starts=str(begins), ends=str(ends))


def _left_unhandled(book: Book) -> None:
    """Above every limit at every month's end of the year, and nobody took it up."""
    place = book.places.youngest
    script = book.script(place, 16)
    for month in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6):
        days = place.month(month)
        script.spread(days, len(days) * place.day_minutes * _HIGH // 100, "valid")
    book.tell(
        "never_taken_up", "P8", "30 % of every month, and no case was ever opened",
        scripts=[script], figures=book.quarter(script), ends=str(place.days.dates[-1]),
        facts={"limit": 15, "outcome": "flagged"},
    )  # fmt: skip


def _without_analysis(book: Book) -> None:
    """The routine was followed, but the student health team decided nothing."""
    place = book.places.youngest
    script = book.script(place, 21)
    script.spread(place.quarter(), 3000, "invalid")
    opened = date(place.year, 12, 1)
    pupil, case = f"P{script.pupil:06}", "A000001"
    steps = (("conversation", 0, 9, "go_on"), ("student-health", 10, 38, None))
    book.add(
        "case_events",
        *(
            (case, pupil, place.school.key, "boras-2016", step, opened + timedelta(days=start),
             opened + timedelta(days=start + 14), opened + timedelta(days=done), decision)
            for step, start, done, decision in steps
        ),
    )  # fmt: skip
    book.tell(
        "without_analysis", "P9",
        "Flagged in November and talked over with the home; the student health team's step is "
        "done late and without a decision",
        scripts=[script], figures=book.quarter(script), ends=str(opened + timedelta(days=38)),
        facts={"limit": 15, "outcome": "flagged", "case": case},
    )  # fmt: skip


def _without_timetable(book: Book) -> None:
    place, pupil = book.places.youngest, book.places.without_timetable
    book.stints[-1].append(
        Stint(
            pupil, place.school.number, place.grade, NO_LESSONS_LETTER,
            epoch_day(date(place.year, 7, 1)), epoch_day(date(place.year + 1, 6, 30)),
        )
    )  # fmt: skip
    book.tell(
        "zero_timetable", "C.4 zero denominator",
        "Enrolled, but the class has no lessons: no data, never 0 %",
        school=place.school.key, pupils=(f"P{pupil:06}",), class_name="3X",
        starts=str(place.days.dates[0]), ends=str(place.days.dates[-1]),
    )  # fmt: skip


def _preschool(book: Book) -> None:
    place = book.places.preschool
    script = book.script(place, 0)
    script.away([day for n, day in enumerate(place.quarter()) if n % 5 < 2], "valid")
    book.tell(
        "preschool_child", "C.4 no alarms for preschool",
        "A child in preschool is away two days of five: voluntary, so never flagged",
        scripts=[script],
    )  # fmt: skip


def _protected(book: Book) -> None:
    place = book.places.oldest
    registration, marked, temporary = (place.pupil(number) for number in (12, 13, 14))
    book.protections[registration] = PROTECTIONS.index("protected_registration")
    book.protections[marked] = PROTECTIONS.index("marked")
    book.temporary.append(temporary)
    for name, pupil, see in (
        ("protected_registration", registration, "Shown to nobody outside the access list"),
        ("protection_marked", marked, "Marked as protected"),
        ("temporary_number", temporary, "No personal number yet"),
    ):
        book.tell(
            name, "C.4 protected and temporary identities", see,
            school=place.school.key, pupils=(f"P{pupil:06}",), class_name=place.class_name,
        )  # fmt: skip


def _summary_beside_lessons(book: Book) -> None:
    place = book.places.youngest
    script = book.script(place, 24)
    days = place.month(10)
    script.away(days[3:5], "valid")
    held = script.figure(days)
    first, last = date(place.year, 10, 1), date(place.year, 10, 31)
    book.add(
        "period_summaries",
        (held.pupil, place.school.key, first, last, held.scheduled, held.acknowledged,
         held.valid, held.invalid, held.other, "exact"),
    )  # fmt: skip
    book.tell(
        "summary_beside_lessons", "a period told twice",
        "October both in lessons and as an exact sum: the lessons win",
        scripts=[script], figures=(held,), starts=str(first), ends=str(last),
    )  # fmt: skip


def _area_dissolved(book: Book) -> None:
    book.tell(
        "area_dissolved", "P16", "One area ends with the first year; its schools move to another",
        starts=str(date(book.years[0], 1, 1)), ends=str(date(book.years[0], 12, 31)),
        facts={"area": "vastra-omradet", "next_area": "norra-omradet"},
    )  # fmt: skip
