"""From a month's facts to the page of one pupil key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from narvaro.flags import Flag
from narvaro.ledger.standing import standing
from narvaro.measurement.lessons import PupilLesson, lessons_of
from narvaro.pipeline.reports.facts import MonthFacts
from narvaro.pipeline.reports.school import how_counted, judged_of, month_status, share_of_row
from narvaro.reporting.content import Coverage, Share
from narvaro.reporting.site_content import (
    CalendarDay,
    DayKind,
    Explanation,
    FlagMark,
    LessonRow,
    PupilPage,
    RollingPoint,
)
from narvaro.timetable import Month, Period, SchoolYear, end_of_day

_ZONE = ZoneInfo("Europe/Stockholm")
_SATURDAY = 5


def pupil_page_of(facts: MonthFacts, pupil: str) -> PupilPage | None:
    """The page of one pupil in scope, or None."""
    one = facts.by_pupil.get(pupil)
    if one is None:
        return None
    year = SchoolYear.holding(facts.month.last_day).period
    school = one.place.school or ""
    lessons = lessons_of(facts.snapshot, pupil, year, facts.known_at)
    window = Period(one.absence.from_on, one.absence.to_on)
    inside = lessons_of(facts.snapshot, pupil, window, facts.known_at)
    return PupilPage(
        authority=facts.authority,
        school=facts.names.get(school, school),
        school_key=school,
        pupil=pupil,
        group=one.place.class_ or "–",
        data_until=facts.data_until,
        today=min(facts.month.last_day, facts.known_at.date()),
        coverage=_coverage(one, inside),
        school_year=year,
        days=tuple(_days(facts, one, year, lessons)),
        rolling=tuple(_rolling(facts, one)),
        flags=tuple(_flag_marks(facts, one)),
        flags_in_year=one.count.flags,
        lessons=tuple(_lesson_rows(inside)),
        explanation=_explanation(facts, one, inside),
        status=month_status(facts, school, facts.month),
    )


def _coverage(one: Flag, lessons: Sequence[PupilLesson]) -> Coverage:
    row = one.absence
    return Coverage(
        time=Share(row.acknowledged_minutes, row.scheduled_minutes),
        lessons=Share(sum(lesson.is_acknowledged for lesson in lessons), len(lessons)),
    )


def _days(
    facts: MonthFacts, one: Flag, year: Period, lessons: Iterable[PupilLesson]
) -> Iterable[CalendarDay]:
    by_day: defaultdict[date, list[PupilLesson]] = defaultdict(list)
    for lesson in lessons:
        by_day[lesson.date].append(lesson)
    school = one.place.school or ""
    names = _days_off(facts, school)
    held = facts.roster.enrolments.get(one.absence.number, ())
    terms = facts.calendar(school)
    for day in year.days():
        if day.weekday() >= _SATURDAY or day > facts.month.last_day:
            continue
        found = by_day.get(day, [])
        kind: DayKind = "lessons" if found else "no_lessons"
        name = ""
        if not found and day in names:
            kind, name = names[day]
        elif not found and not any(place.holds(day) for place in held):
            kind = "outside"
        elif not found and not terms.is_school_day(day):
            kind = "closed"
        yield CalendarDay(day, kind, name, *_minutes(found))


def _minutes(lessons: Sequence[PupilLesson]) -> tuple[int, int, int, int, int, int]:
    return (
        sum(lesson.scheduled_minutes for lesson in lessons),
        sum(lesson.acknowledged_minutes for lesson in lessons),
        sum(lesson.valid_minutes for lesson in lessons),
        sum(lesson.invalid_minutes for lesson in lessons),
        sum(lesson.unclassified_minutes for lesson in lessons),
        sum(lesson.leave_minutes for lesson in lessons),
    )


def _days_off(facts: MonthFacts, school: str) -> Mapping[date, tuple[DayKind, str]]:
    rows = standing(facts.snapshot, "calendar", facts.known_at)
    parents = {
        row["organisation"]: row["parent"]
        for row in standing(facts.snapshot, "organisations", facts.known_at)
    }
    above = {school}
    place: str | None = school
    while place in parents and parents[place] not in above and parents[place] is not None:
        place = parents[place]
        above.add(str(place))
    kinds: dict[str, DayKind] = {"break": "break", "staff_day": "staff_day", "closed": "closed"}
    return {
        day: (kinds[row["kind"]], row["name"] or "")
        for row in rows
        if row["organisation"] in above and row["kind"] in kinds
        for day in Period(row["from"], row["to"]).days()
    }


def _rolling(facts: MonthFacts, one: Flag) -> Iterable[RollingPoint]:
    for month in facts.trend_months:
        judged = judged_of(facts, one.absence.number, month)
        if judged is None:
            continue
        row = judged.absence
        missing = row.scheduled_minutes - row.acknowledged_minutes
        told = judged.outcome != "cannot_tell"
        yield RollingPoint(
            on=month.last_day,
            share=share_of_row(row) if told else Share(0, 0),
            low=Share(row.absent_minutes, row.scheduled_minutes),
            high=Share(row.absent_minutes + missing, row.scheduled_minutes),
        )


def _flag_marks(facts: MonthFacts, one: Flag) -> Iterable[FlagMark]:
    first = Month.holding(SchoolYear.holding(facts.month.last_day).period.from_on)
    for number in range(first.number, facts.month.number + 1):
        judged = judged_of(facts, one.absence.number, Month(number))
        if judged is not None and judged.outcome == "flagged":
            yield FlagMark(Month(number).last_day, share_of_row(judged.absence))


def _lesson_rows(lessons: Iterable[PupilLesson]) -> Iterable[LessonRow]:
    for lesson in lessons:
        if lesson.is_acknowledged and not (lesson.absent_minutes or lesson.other_minutes):
            continue
        yield LessonRow(
            lesson.starts_at.astimezone(_ZONE),
            lesson.ends_at.astimezone(_ZONE),
            lesson.subject or "",
            lesson.scheduled_minutes,
            lesson.is_acknowledged,
            lesson.valid_minutes,
            lesson.invalid_minutes,
            lesson.unclassified_minutes,
            lesson.other_minutes,
        )


def _explanation(facts: MonthFacts, one: Flag, lessons: Sequence[PupilLesson]) -> Explanation:
    closed = end_of_day(facts.month.last_day)
    return Explanation(
        outcome=one.outcome,
        certainty="certain" if one.certainty == "certain" else "likely" if one.certainty else None,
        lessons=len(lessons),
        unacknowledged_lessons=sum(not lesson.is_acknowledged for lesson in lessons),
        coverage_floor_percent=facts.rule.coverage_floor,
        corrections_since=sum(
            lesson.told_at is not None and lesson.told_at > closed for lesson in lessons
        ),
        how=how_counted(facts, one.place.school or "", [one.absence]),
    )
