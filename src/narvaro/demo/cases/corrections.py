"""What was told, told again or told against: corrections, reports and conflicting marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from narvaro.demo.cases.book import Book, LaterMark, LessonEdit
from narvaro.demo.cases.script import BUCKETS, Script
from narvaro.demo.manifest import Figure
from narvaro.demo.marks import NO_REASON, NONE, NOT_GIVEN, NOTIFIED, OTHER_VALID


def write_corrections(book: Book) -> None:
    """Cases 11 to 16 and 21 to 22 of the youngest class; 0 to 3, 10, 11 and 15 of the oldest."""
    _corrected_below(book)
    _corrected_above(book)
    _late_then_ill(book)
    _present_all_the_same(book)
    _reported_but_not_acknowledged(book)
    _guest(book)
    _late(book)
    _last_lesson(book)
    _suspended(book)
    _taught_at_home(book)
    _own_mark_says_no(book)
    _bare_mark(book)
    _two_buckets(book)


def _later(
    book: Book,
    script: Script,
    day: int,
    slot: int,
    *,
    told: int,
    values: Mapping[str, int] = MappingProxyType({}),
    refused: bool = False,
) -> None:
    place = script.place
    told_before = script.values(day, slot)
    book.later.append(
        LaterMark(
            place.school.number, place.class_name, day, slot, script.pupil, told,
            {**told_before, **values}, refused=refused,
        )
    )  # fmt: skip


def _present(minutes: int = 0) -> dict[str, int]:
    return {**dict.fromkeys(BUCKETS, minutes), "reason": NO_REASON}


def _corrected_below(book: Book) -> None:
    """Nine days absent until one of them was found to be a mistake, after the month's end."""
    place = book.places.youngest
    script = book.script(place, 11)
    quarter = place.quarter()
    days = quarter[5:50:5]
    script.away(days, "invalid")
    told = place.clock(place.month(12)[5], 10 * 60)
    for slot in range(len(place.lengths)):
        _later(book, script, days[-1], slot, told=told, values=_present())
    before = script.figure(quarter, known_at=told - 1)
    after = replace(before, known_at=None, invalid=before.invalid - place.day_minutes)
    _tell_correction(book, script, "corrected_below", (before, after), "not_flagged")


def _corrected_above(book: Book) -> None:
    place = book.places.youngest
    script = book.script(place, 12)
    quarter = place.quarter()
    script.away(quarter[4:44:5], "invalid")
    told = place.clock(place.month(12)[6], 11 * 60)
    for slot, minutes in enumerate(place.lengths):
        _later(
            book, script, quarter[50], slot, told=told, values={**_present(), "invalid": minutes}
        )  # fmt: skip
    before = script.figure(quarter, known_at=told - 1)
    after = replace(before, known_at=None, invalid=before.invalid + place.day_minutes)
    _tell_correction(book, script, "corrected_above", (before, after), "flagged")


def _tell_correction(
    book: Book, script: Script, name: str, figures: tuple[Figure, Figure], outcome: str
) -> None:
    place = script.place
    told = place.date(place.month(12)[6])
    was = "flagged" if outcome == "not_flagged" else "not_flagged"
    book.tell(
        name, "C.4 corrected after the month-end run",
        f"{was} at the end of November; a correction in December makes it {outcome}",
        scripts=[script], figures=figures, ends=str(told),
        facts={"limit": 15, "operator": ">=", "outcome_before": was, "outcome": outcome},
    )  # fmt: skip


def _late_then_ill(book: Book) -> None:
    place = book.places.youngest
    script = book.script(place, 13)
    day = place.month(10)[6]
    script.set(day, 0, "invalid", 10)
    script.away([day], "valid", slots=(1, 2), reason=NOTIFIED)
    noon = place.clock(day, 11 * 60 + 40)
    book.add(
        "announced_absences", (script.pupil, noon, place.clock(day, 16 * 60), "notified", noon - 20)
    )
    book.tell(
        "late_then_ill", "C.4 late and reported ill the same day",
        "Ten minutes late, then reported ill before lunch: 10 invalid and 184 valid minutes",
        scripts=[script], figures=(script.figure([day]),),
        starts=str(place.date(day)), ends=str(place.date(day)),
    )  # fmt: skip


def _present_all_the_same(book: Book) -> None:
    place = book.places.youngest
    script = book.script(place, 14)
    day = place.month(10)[8]
    book.add(
        "announced_absences",
        (script.pupil, place.clock(day, 8 * 60), place.clock(day, 16 * 60), "notified",
         place.clock(day, 430)),
    )  # fmt: skip
    book.tell(
        "present_despite_report", "C.4 mark against report",
        "Reported ill by a guardian, marked present by the teacher: the mark counts",
        scripts=[script], figures=(script.figure([day]),),
        starts=str(place.date(day)), ends=str(place.date(day)),
    )  # fmt: skip


def _reported_but_not_acknowledged(book: Book) -> None:
    """Two days on which nobody registered the class; a report does not acknowledge a lesson."""
    place = book.places.youngest
    script = book.script(place, 15)
    days = place.week(11)[1:3]
    for day in days:
        book.add(
            "announced_absences",
            (script.pupil, place.clock(day, 8 * 60), place.clock(day, 16 * 60), "notified",
             place.clock(day, 425)),
        )  # fmt: skip
        for slot in range(len(place.lengths)):
            book.edits.append(LessonEdit(place.school.number, place.class_name, day, slot, told=-1))
    held = script.figure(days)
    book.tell(
        "reported_not_acknowledged", "C.4 guardian report without acknowledgement",
        "Reported ill, but the lessons were never acknowledged: scheduled, not absent",
        scripts=[script], figures=(replace(held, acknowledged=0),),
        starts=str(held.starts), ends=str(held.ends),
    )  # fmt: skip


def _guest(book: Book) -> None:
    """A pupil of one school in a lesson of another, without any enrolment there."""
    place, host = book.places.youngest, book.places.elsewhere
    script = book.script(place, 22)
    on = next(d for d in host.quarter()[20:] if host.date(d) in place.days.dates)
    day = place.days.index(host.date(on))
    script.away([day], "other")
    values = {**_present(), "scheduled": NOT_GIVEN, "full": NOT_GIVEN, "invalid": 20}
    told = host.ends(on, 0)
    book.later.append(
        LaterMark(
            host.school.number, host.class_name, on, 0, script.pupil, told,
            {**values, "reason": NONE},
        )
    )  # fmt: skip
    usual = script.figure([day])
    more = host.lengths[0]
    book.tell(
        "guest", "C.4 a mark without membership",
        "A mark at a school where the pupil is not enrolled: it counts for the pupil and is "
        "reported",
        scripts=[script], starts=usual.starts, ends=usual.ends,
        figures=(
            replace(usual, scheduled=usual.scheduled + more,
                    acknowledged=usual.acknowledged + more, invalid=20),
        ),
        facts={"host_school": host.school.key, "host_class": host.class_name},
    )  # fmt: skip


def _late(book: Book) -> None:
    place = book.places.oldest
    script = book.script(place, 0)
    day = next(d for d in place.month(10) if place.date(d).weekday() == 0)
    script.set(day, 2, "invalid", 10)
    book.tell(
        "late_10_of_60", "C.4 late", "Ten minutes late to a lesson of sixty: 10 absent minutes",
        scripts=[script], figures=(script.figure([day]),),
        starts=str(place.date(day)), ends=str(place.date(day)),
    )  # fmt: skip


def _last_lesson(book: Book) -> None:
    place = book.places.oldest
    script = book.script(place, 1)
    script.away(place.quarter(), "invalid", slots=(5,))
    book.tell(
        "last_lesson_every_day", "C.3.2",
        "Misses the last 50 of 300 minutes every day: 16.7 % by minutes, no whole day absent",
        scripts=[script], figures=book.quarter(script), facts={"limit": 15, "outcome": "flagged"},
    )  # fmt: skip


def _suspended(book: Book) -> None:
    place = book.places.oldest
    script = book.script(place, 2)
    days = place.week(41)
    script.reduce(days, range(len(place.lengths)))
    book.tell(
        "suspended", "C.4 suspension",
        "Nothing is scheduled for a week, with the full timetable beside: not absence",
        scripts=[script], figures=(script.figure(days), script.figure(place.quarter())),
        starts=str(place.date(days[0])), ends=str(place.date(days[-1])),
    )  # fmt: skip


def _taught_at_home(book: Book) -> None:
    place = book.places.oldest
    script = book.script(place, 3)
    days = [*place.week(45), *place.week(46), *place.week(47)]
    script.away(days, "other")
    book.tell(
        "taught_at_home", "C.4 teaching at home during illness",
        "Three weeks of other school activity: schooling, not absence",
        scripts=[script], figures=book.quarter(script),
    )  # fmt: skip


def _own_mark_says_no(book: Book) -> None:
    place = book.places.oldest
    script = book.script(place, 10)
    day = place.month(10)[10]
    _later(book, script, day, 0, told=place.ends(day, 0) + 30, refused=True)
    usual = script.figure([day])
    book.tell(
        "own_mark_says_no", "the acknowledgement of one mark",
        "The lesson was acknowledged, but this pupil's own mark says it was not",
        scripts=[script], starts=usual.starts, ends=usual.ends,
        figures=(replace(usual, acknowledged=usual.acknowledged - place.lengths[0]),),
    )  # fmt: skip


def _bare_mark(book: Book) -> None:
    place = book.places.oldest
    script = book.script(place, 11)
    day = place.month(10)[11]
    nothing = dict.fromkeys(BUCKETS, NOT_GIVEN)
    _later(book, script, day, 0, told=place.ends(day, 0) + 3, values=nothing)
    book.tell(
        "mark_without_minutes", "a mark without any minutes",
        "An acknowledged mark without minutes means present, with a warning",
        scripts=[script], figures=(script.figure([day]),),
        starts=str(place.date(day)), ends=str(place.date(day)),
    )  # fmt: skip


def _two_buckets(book: Book) -> None:
    place = book.places.oldest
    script = book.script(place, 15)
    day = next(d for d in place.month(10)[12:] if place.date(d).weekday() == 0)
    told = place.ends(day, 2) + 90
    _later(
        book, script, day, 2, told=told,
        values={"valid": 30, "invalid": 20, "reason": OTHER_VALID}
    )  # fmt: skip
    usual = script.figure([day])
    book.tell(
        "valid_and_invalid", "C.4 one lesson in several parts",
        "30 valid and 20 invalid minutes of one lesson of 60: both are kept",
        scripts=[script], figures=(replace(usual, valid=30, invalid=20),),
        starts=usual.starts, ends=usual.ends,
    )  # fmt: skip
