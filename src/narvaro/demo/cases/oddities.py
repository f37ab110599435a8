"""Lessons that are odd: cancelled, taught by another, at night, without pupils or a teacher."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from narvaro.demo.absence import work_practice_week
from narvaro.demo.cases.book import Book, LessonEdit
from narvaro.demo.cases.places import Place
from narvaro.demo.cases.script import moment
from narvaro.demo.days import utc_minute
from narvaro.demo.marks import ACTIVITY, NOT_GIVEN, OTHER_VALID
from narvaro.demo.units import group_key

FIRST_ODD_LESSON = 99_000_001
_SATURDAY_EVENING, _SUNDAY_MORNING = 20 * 60, 8 * 60
_CAMPERS = (16, 17, 18, 19)


def write_oddities(book: Book) -> None:
    """Odd lessons of the oldest and the youngest class, all in spring but the observatory."""
    _cancelled(book)
    _substitute(book)
    _told_after_month_end(book)
    _recess(book)
    _whole_day(book)
    _clocks_change(book)
    _camp(book)
    _observatory(book)
    _by_two_groups(book)
    _nobody(book)
    _without_teacher(book)
    _group_without_timetable(book)
    _work_practice(book)


def _edit(book: Book, place: Place, day: int, slot: int, **what: Any) -> None:
    book.edits.append(LessonEdit(place.school.number, place.class_name, day, slot, **what))


def _on(place: Place, day: int) -> dict[str, Any]:
    on = str(place.date(day))
    return {
        "school": place.school.key, "class_name": place.class_name, "starts": on, "ends": on,
    }  # fmt: skip


def _cancelled(book: Book) -> None:
    place = book.places.youngest
    first, second = place.week(12)[0], place.week(12)[1]
    _edit(book, place, first, 1, cancelled=place.begins(first, 1) - 1200, told=-1)
    book.tell(
        "cancelled_lesson", "C.4 cancelled lesson", "Cancelled the day before: not scheduled",
        **_on(place, first), facts={"starts_at": str(moment(place.begins(first, 1)))},
    )  # fmt: skip
    script = book.script(place, 23)
    script.away([second], "valid", slots=(0,), reason=OTHER_VALID)
    _edit(book, place, second, 0, cancelled=place.ends(second, 0) + 3 * 1440)
    book.tell(
        "cancelled_after_marks", "C.4 cancelled lesson still counted",
        "Marked, then found to have been cancelled: from then on it counts for nobody",
        **_on(place, second), pupils=(f"P{script.pupil:06}",),
        facts={"starts_at": str(moment(place.begins(second, 0)))},
    )  # fmt: skip


def _substitute(book: Book) -> None:
    place = book.places.youngest
    day = place.week(12)[2]
    _edit(book, place, day, 0, substituted=True)
    book.tell(
        "substitute", "C.4 substitute teacher", "Another teacher, told the same morning",
        **_on(place, day), facts={"starts_at": str(moment(place.begins(day, 0)))},
    )  # fmt: skip


def _told_after_month_end(book: Book) -> None:
    """A whole week that was acknowledged forty days late, in another month."""
    place = book.places.youngest
    days = place.week(10)
    for day in days:
        for slot in range(len(place.lengths)):
            _edit(book, place, day, slot, told=place.ends(day, slot) + 40 * 1440)
    book.tell(
        "acknowledged_after_month_end", "C.6 late acknowledgement",
        "Scheduled but unknown at the end of March; acknowledged in April",
        **{**_on(place, days[0]), "ends": str(place.date(days[-1]))},
    )  # fmt: skip


def _recess(book: Book) -> None:
    school = book.places.youngest.school
    group = group_key(school, book.places.year, "4A", "slojd1")
    book.tell(
        "recess_within_lesson", "C.4 a slot with a recess",
        "Crafts in halves of a class: ten minutes of the slot are recess",
        school=school.key, groups=(group,), facts={"recess": 10},
    )  # fmt: skip


def _whole_day(book: Book) -> None:
    book.tell(
        "whole_day_lesson", "C.4 whole-day registration",
        "The preschool class has one lesson a day: 300 minutes, 240 of them teaching",
        school=book.places.youngest.school.key, class_name="FA", facts={"minutes": 240},
    )  # fmt: skip


def _clocks_change(book: Book) -> None:
    """The last Sundays of October and March: the same clock time is another time in UTC."""
    place = book.places.youngest
    for name, sunday in (
        ("clocks_back", _last_sunday(place.year, 10)),
        ("clocks_forward", _last_sunday(place.year + 1, 3)),
    ):
        before = place.between(sunday - timedelta(days=9), sunday)[-1]
        after = place.between(sunday, sunday + timedelta(days=20))[0]
        book.tell(
            name, "C.4 summer time", "The first lesson begins at 8.10 on both sides",
            school=place.school.key, class_name=place.class_name,
            starts=str(place.date(before)), ends=str(place.date(after)),
            facts={"before": str(moment(place.begins(before, 0))),
                   "after": str(moment(place.begins(after, 0)))},
        )  # fmt: skip


def _camp(book: Book) -> None:
    """A night at camp over the hour that does not exist: twelve by the clock, eleven in truth."""
    place = book.places.oldest
    sunday = _last_sunday(place.year + 1, 3)
    starts = utc_minute(sunday - timedelta(days=1), _SATURDAY_EVENING)
    ends = utc_minute(sunday, _SUNDAY_MORNING)
    group = _camp_group(book)
    lesson = _lesson(book, starts, ends, group=group, subject="Lägerskola")
    _elsewhere(book, lesson, ends=ends, minutes=ends - starts)
    book.tell(
        "camp_over_the_clock_change", "C.4 a lesson that spans the change",
        "From 20.00 to 8.00 is 660 minutes in the night to the last Sunday of March",
        school=place.school.key, groups=(group,), pupils=_campers(book), lessons=(_key(lesson),),
        starts=str(sunday - timedelta(days=1)), ends=str(sunday), facts={"minutes": ends - starts},
    )  # fmt: skip


def _observatory(book: Book) -> None:
    """Half past midnight on 1 December is still November in UTC."""
    place = book.places.oldest
    on = date(place.year, 12, 1)
    starts = utc_minute(on, 30)
    group = _camp_group(book)
    lesson = _lesson(book, starts, starts + 60, group=group, subject="Stjärnkväll")
    _elsewhere(book, lesson, ends=starts + 60, minutes=60)
    book.tell(
        "after_midnight", "C.4 dates shifted by UTC",
        "Begins on 30 November in UTC, on 1 December at the school",
        school=place.school.key, groups=(group,), pupils=_campers(book), lessons=(_key(lesson),),
        starts=str(on), ends=str(on), facts={"starts_at": str(moment(starts))},
    )  # fmt: skip


def _by_two_groups(book: Book) -> None:
    place = book.places.oldest
    day = place.week(18)[0]
    group = group_key(place.school, place.year, place.class_name, "ty")
    lesson = _lesson(
        book, place.clock(day, 15 * 60), place.clock(day, 15 * 60 + 40), group=group,
        class_name=place.class_name, acknowledged="yes",
    )  # fmt: skip
    book.tell(
        "one_lesson_two_groups", "C.4 the same lesson by two groups",
        "Given for a class and a group of it, acknowledged without marks: counts once a pupil",
        **_on(place, day), groups=(group,), lessons=(_key(lesson),),
    )  # fmt: skip


def _nobody(book: Book) -> None:
    place = book.places.oldest
    day = place.week(18)[1]
    at = place.clock(day, 15 * 60)
    empty = group_key(place.school, place.year, "8", "tom")
    alone = _lesson(book, at, at + 40)
    vain = _lesson(book, at, at + 40, group=empty)
    book.tell(
        "lesson_without_pupils", "C.6 lessons without pupils",
        "One lesson without class and group, one for a group without members",
        **_on(place, day), groups=(empty,), lessons=(_key(alone), _key(vain)),
    )  # fmt: skip


def _without_teacher(book: Book) -> None:
    place = book.places.oldest
    day = place.week(18)[2]
    at = place.clock(day, 15 * 60)
    lesson = _lesson(book, at, at + 40, class_name=place.class_name, teacher=None)
    book.tell(
        "lesson_without_teacher", "C.6 lessons without a teacher", "Nobody to acknowledge it",
        **_on(place, day), lessons=(_key(lesson),),
    )  # fmt: skip


def _group_without_timetable(book: Book) -> None:
    place = book.places.oldest
    group = group_key(place.school, place.year, "8", "kor")
    pupils = _campers(book)[:3]
    book.add(
        "group_memberships",
        *((pupil, group, date(place.year, 9, 1), date(place.year + 1, 6, 30)) for pupil in pupils),
    )
    book.tell(
        "group_without_timetable", "C.6 groups without a timetable",
        "Three members, no lessons", school=place.school.key, groups=(group,), pupils=pupils,
    )  # fmt: skip


def _work_practice(book: Book) -> None:
    place = book.places.oldest
    first, last = work_practice_week(place.year)
    book.tell(
        "work_practice", "C.4 prao", "Grade 8 is at workplaces: other activity, not absence",
        school=place.school.key, class_name=place.class_name, starts=str(first), ends=str(last),
    )  # fmt: skip


def _lesson(
    book: Book,
    starts: int,
    ends: int,
    *,
    group: str | None = None,
    class_name: str | None = None,
    subject: str = "Elevens val",
    teacher: str | None = "S00001",
    acknowledged: str = "unknown",
) -> int:
    """A lesson beside the weekly timetable; returns its number."""
    number = FIRST_ODD_LESSON + len(book.lessons)
    book.lessons.append(
        {
            "lesson": number, "school": book.places.oldest.school.key, "starts": starts,
            "ends": ends, "minutes": ends - starts, "group": group, "class": class_name,
            "subject": subject, "teacher": teacher, "cancelled": False,
            "acknowledged": acknowledged, "told": ends + 5 if acknowledged == "yes" else -1,
            "recorded": -1,
        }
    )  # fmt: skip
    return number


def _elsewhere(book: Book, lesson: int, *, ends: int, minutes: int) -> None:
    """Everyone of the camp's group in another school activity."""
    place = book.places.oldest
    for number in _CAMPERS:
        book.marks.append(
            {
                "lesson": lesson, "pupil": place.pupil(number), "scheduled": NOT_GIVEN,
                "full": NOT_GIVEN, "valid": 0, "invalid": 0, "unclassified": 0, "other": minutes,
                "reason": ACTIVITY, "told": ends + 10, "refused": False, "withdrawn": False,
            }
        )  # fmt: skip


def _camp_group(book: Book) -> str:
    place = book.places.oldest
    group = group_key(place.school, place.year, place.class_name, "lager")
    year = (date(place.year, 8, 15), date(place.year + 1, 6, 30))
    members = [(pupil, group, *year) for pupil in _campers(book)]
    known: Sequence[object] = book.rows.get("group_memberships", [])
    book.add("group_memberships", *(row for row in members if row not in known))
    return group


def _campers(book: Book) -> tuple[str, ...]:
    return tuple(f"P{book.places.oldest.pupil(number):06}" for number in _CAMPERS)


def _key(lesson: int) -> str:
    return f"L{lesson:08}"


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
