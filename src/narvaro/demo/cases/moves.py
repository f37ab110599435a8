"""Pupils who come, go, change school or group, and those whose leaving was told late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from narvaro.demo.cases.book import Book, LaterMark
from narvaro.demo.cases.places import Place, day_after, whole_year
from narvaro.demo.cases.script import Script
from narvaro.demo.days import epoch_day
from narvaro.demo.registers import school_form
from narvaro.demo.schools import GRADES
from narvaro.demo.units import group_key

_HERE, _GAP = 30, 4
_LAST_DAY, _FOUND = 33, 3  # of the quarter; of December
_ONE_DAY = timedelta(days=1)


def write_moves(book: Book) -> None:
    """Cases 10 and 17 to 20 of the youngest class, 4 to 6 of the oldest."""
    _changes_school(book)
    _comes_back(book)
    _ghosts(book)
    _abroad(book)
    _changes_group(book)
    _two_lessons_at_once(book)
    _twice_in_a_group(book)


def _changes_school(book: Book) -> None:
    """Thirty days at 20 per cent, then twenty-five at 5 per cent at another school."""
    here, there = book.places.youngest, book.places.elsewhere
    pupil = here.pupil(10)
    mine, theirs = here.quarter()[:_HERE], there.quarter()[_HERE + _GAP :]
    left, came = here.date(mine[-1]), there.date(theirs[0])
    [old] = book.split_stints(here, pupil, [(None, left)])
    new = replace(
        whole_year(there, 0, year=there.year, grade=there.grade),
        pupil=pupil, starts=epoch_day(came),
    )  # fmt: skip
    book.replace_stints(pupil, [old, new])
    scripts = (
        book.script_of(here, pupil, last=left),
        book.script_of(there, pupil, first=came),
    )
    for script, days, share in zip(scripts, (mine, theirs), (20, 5), strict=True):
        script.spread(days, len(days) * here.day_minutes * share // 100, "invalid")
    parts = (scripts[0].figure(here.quarter()), scripts[1].figure(there.quarter()))
    total = replace(
        parts[0],
        **{
            name: getattr(parts[0], name) + getattr(parts[1], name)
            for name in ("scheduled", "acknowledged", "invalid")
        },
    )
    book.tell(
        "changes_school", "C.3.9",
        "20 % of thirty days at one school, 5 % of twenty-five at the next: 13.2 % together, "
        "though flagged at the first alone",
        scripts=scripts, figures=(total,),
        facts={"limit": 15, "operator": ">=", "outcome": "not_flagged", "left_on": str(left),
               "came_on": str(came), "next_school": there.school.key},
    )  # fmt: skip


def _comes_back(book: Book) -> None:
    place = book.places.youngest
    left, back = date(place.year, 10, 10), date(place.year + 1, 1, 12)
    book.split_stints(place, place.pupil(17), [(None, left), (back, None)])
    script = book.script(place, 17)
    script.days = range(place.between(place.days.dates[0], left)[-1] + 1)
    book.tell(
        "left_and_back", "C.4 leaves and comes back",
        "Two enrolments with a gap: nothing is scheduled in between",
        scripts=[script], figures=book.quarter(script),
        facts={"left_on": str(left), "back_on": str(back)},
    )  # fmt: skip


def _ghosts(book: Book) -> None:
    """The end of the enrolment was told six weeks late; only one school cleaned up its marks."""
    for number, name, cleaned in ((18, "ghost_cleaned", True), (19, "ghost_left", False)):
        _ghost(book, number, name, cleaned=cleaned)


def _ghost(book: Book, number: int, name: str, *, cleaned: bool) -> None:
    place = book.places.youngest
    quarter, found = place.quarter(), place.month(12)[_FOUND]
    gone, told = quarter[_LAST_DAY + 1 :], place.clock(found, 9 * 60)
    left, marked_until = place.date(quarter[_LAST_DAY]), place.date(found) - _ONE_DAY
    book.split_stints(place, place.pupil(number), [(None, marked_until)])
    script = book.script(place, number, last=marked_until)
    absent = [*gone, *place.month(12)[:_FOUND]]
    script.away(absent, "unclassified")
    _enrol_late(book, place, number, left=left, told=told)
    if cleaned:
        _withdraw(book, script, absent, told=told)
    before = script.figure(quarter, known_at=told - 1)
    after = replace(script.figure(quarter[: _LAST_DAY + 1]), ends=before.ends)
    book.tell(
        name, "C.4 ghost pupil",
        "Marked absent for weeks after leaving; then the end of the enrolment was told"
        + (" and the marks withdrawn" if cleaned else ", the marks stand and are reported"),
        scripts=[script], ends=str(place.date(found)),
        figures=(before, after) if cleaned else (before, script.figure(quarter)),
        facts={"left_on": str(left), "told_on": str(place.date(found)), "marks": len(absent) * 3},
    )  # fmt: skip


def _enrol_late(book: Book, place: Place, number: int, *, left: date, told: int) -> None:
    pupil = place.pupil(number)
    book.enrolled_by_case.add(pupil)
    row = (
        f"P{pupil:06}", place.school.key, place.class_name, GRADES[place.grade],
        school_form(place.grade), date(place.year, 7, 1),
    )  # fmt: skip
    book.add("enrolments", (*row, None, None), (*row, left, told))


def _withdraw(book: Book, script: Script, days: list[int], *, told: int) -> None:
    place = script.place
    book.later += [
        LaterMark(
            place.school.number, place.class_name, day, slot, script.pupil, told,
            script.values(day, slot), withdrawn=True,
        )
        for day in days
        for slot in range(len(place.lengths))
    ]  # fmt: skip


def _abroad(book: Book) -> None:
    """Away without leave until the duty to attend was found to have ended."""
    place = book.places.youngest
    begins, ends = date(place.year, 11, 3), date(place.year + 1, 1, 31)
    book.split_stints(place, place.pupil(20), [(None, ends)])
    script = book.script(place, 20, last=ends)
    script.away(place.between(begins, ends), "invalid")
    book.tell(
        "abroad", "C.4 pupil abroad",
        "Absent without leave from early November; the enrolment ends on 31 January",
        scripts=[script], figures=book.quarter(script), ends=str(ends),
        facts={"limit": 15, "outcome": "flagged", "enrolment_ends_on": str(ends)},
    )  # fmt: skip


def _changes_group(book: Book) -> None:
    place = book.places.oldest
    change = date(place.year + 1, 2, 2)
    pupil = place.pupil(4)
    stints = book.split_stints(place, pupil, [(None, change - _ONE_DAY), (change, None)])
    _one_enrolment(book, place, pupil)
    for stint, part in zip(stints, ("ty", "fr"), strict=True):
        book.groups[pupil, stint.starts] = (part,)
    script = book.script_of(place, pupil)
    script.away(place.week(4), "valid", slots=(2,))
    script.away(place.week(7), "valid", slots=(2,))
    book.tell(
        "changes_group", "C.4 changes group",
        "From German to French on 2 February; the absence of weeks 4 and 7 follows the pupil",
        scripts=[script], groups=_groups(book, "ty", "fr"),
        starts=str(place.date(place.week(4)[0])), ends=str(place.date(place.week(7)[-1])),
        figures=(script.figure(place.week(4)), script.figure(place.week(7))),
        facts={"changed_on": str(change)},
    )  # fmt: skip


def _two_lessons_at_once(book: Book) -> None:
    """In both language groups in March, so in two lessons at one time."""
    place = book.places.oldest
    first, last = date(place.year + 1, 3, 1), date(place.year + 1, 3, 31)
    pupil = place.pupil(5)
    stints = book.split_stints(
        place, pupil, [(None, first - _ONE_DAY), (first, last), (day_after(last), None)]
    )
    _one_enrolment(book, place, pupil)
    for stint, parts in zip(stints, (("ty",), ("ty", "fr"), ("ty",)), strict=True):
        book.groups[pupil, stint.starts] = parts
    script = book.script_of(place, pupil)
    days = place.between(first, last)
    usual = script.figure(days)
    twice = sum(place.lengths[2] for day in days if place.date(day).weekday() in (1, 3))
    book.tell(
        "two_lessons_at_once", "C.4 two groups at the same time",
        "German and French at one time in March: both count, and it is a contradiction",
        scripts=[script], groups=_groups(book, "ty", "fr"), starts=str(first), ends=str(last),
        figures=(
            replace(usual, scheduled=usual.scheduled + twice,
                    acknowledged=usual.acknowledged + twice),
        ),
        facts={"minutes_at_once": twice},
    )  # fmt: skip


def _one_enrolment(book: Book, place: Place, pupil: int) -> None:
    """The stints were split for the groups only; the enrolment is one."""
    book.enrolled_by_case.add(pupil)
    book.add(
        "enrolments",
        (
            f"P{pupil:06}", place.school.key, place.class_name, GRADES[place.grade],
            school_form(place.grade), date(place.year, 7, 1), date(place.year + 1, 6, 30), None,
        ),
    )  # fmt: skip


def _twice_in_a_group(book: Book) -> None:
    place = book.places.oldest
    script = book.script(place, 6)
    [stint] = [stint for stint in book.stints[-1] if stint.pupil == script.pupil]
    book.groups[script.pupil, stint.starts] = ("ty",)
    [group] = _groups(book, "ty")
    again = date(place.year, 10, 1)
    book.add("group_memberships", (f"P{script.pupil:06}", group, again, None))
    book.tell(
        "twice_in_a_group", "C.4 double groups",
        "Two memberships of one group overlap: each lesson counts once",
        scripts=[script], groups=(group,), figures=book.quarter(script),
    )  # fmt: skip


def _groups(book: Book, *parts: str) -> tuple[str, ...]:
    place = book.places.oldest
    return tuple(group_key(place.school, place.year, place.class_name, part) for part in parts)
