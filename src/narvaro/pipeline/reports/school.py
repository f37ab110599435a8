"""From a month's facts to what one school's report says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal

from narvaro.flags import Flag
from narvaro.flags.flag import Judged
from narvaro.measurement import AbsenceRow
from narvaro.measurement.groups.bands import band_of
from narvaro.pipeline.reports.facts import MonthFacts
from narvaro.programmes import rule_in_words
from narvaro.quality import LessonCounts
from narvaro.reporting.content import (
    Bands,
    Coverage,
    FlaggedPupil,
    HowCounted,
    Limit,
    Minutes,
    MonthStatus,
    Move,
    Moves,
    SchoolMonthReport,
    Share,
    StageBySex,
    Status,
    Text,
    TrendPoint,
    Verdict,
)
from narvaro.timetable import Month

_LIMITS = (Fraction(5), Fraction(15), Fraction(25))
_STAGES = (
    ("F–3", ("F", "1", "2", "3")),
    ("4–6", ("4", "5", "6")),
    ("7–9", ("7", "8", "9", "10")),
)
_SEXES: tuple[Literal["female", "male", "unknown"], ...] = ("female", "male", "unknown")
_EMPTY: dict[str, Status] = {
    "not_begun": "no_lessons",
    "no_school_days": "no_lessons",
    "no_lessons": "no_lessons",
}


def school_month(facts: MonthFacts, school: str) -> SchoolMonthReport:
    """Everything one school's report of the month says."""
    flags = facts.by_school.get(school, ())
    before = facts.at(facts.month.plus(-1))
    earlier = before.by_school.get(school, ())
    return SchoolMonthReport(
        authority=facts.authority,
        school=facts.names.get(school, school),
        school_key=school,
        month=facts.month,
        data_until=facts.data_until,
        pupils=len(flags),
        coverage=coverage_of(facts, facts.lesson_counts.get(school, LessonCounts())),
        verdict=verdict_of(facts, school),
        statuses=tuple(month_status(facts, school, month) for month in facts.period.months()),
        bands=bands_of(flags, facts),
        bands_before=bands_of(earlier, facts) if earlier else None,
        trend=tuple(_trend_point(facts, school, month) for month in facts.trend_months),
        stages=tuple(_stages(facts, flags)),
        moves=_moves(facts, before, school),
        flagged=tuple(flagged_pupils(flags)),
        how=how_counted(facts, school, (one.absence for one in flags)),
    )


def coverage_of(facts: MonthFacts, counts: LessonCounts) -> Coverage:
    """Acknowledged of ended lessons in the window, by time and by number."""
    return Coverage(
        time=Share(counts.acknowledged_lesson_minutes, counts.lesson_minutes),
        lessons=Share(counts.acknowledged_lessons, counts.lessons),
        goal_percent=int(facts.programme.registration.target),
    )


def verdict_of(facts: MonthFacts, school: str) -> Verdict:
    """Whether the month itself can be used at the school, and why not."""
    found = facts.verdicts.get((school, facts.month))
    if found is None:
        return Verdict(False, Text("Inga lektioner är kända.", "No lessons are known."))
    return Verdict(found.is_usable, Text(found.reason["sv"], found.reason["en"]))


def month_status(facts: MonthFacts, school: str, month: Month) -> MonthStatus:
    """How far a month of the window has come at the school."""
    found = facts.verdicts.get((school, month))
    if found is None:
        return MonthStatus(month, "no_lessons")
    if found.is_usable:
        return MonthStatus(month, "final" if found.is_over else "preliminary")
    return MonthStatus(month, _EMPTY.get(found.why, "not_usable"))


def bands_of(flags: Sequence[Flag], facts: MonthFacts) -> Bands:
    """How many pupils lie in each band; those who cannot be told stand by themselves."""
    counts: Counter[int | None] = Counter()
    for one in flags:
        told = one.outcome != "cannot_tell"
        counts[band_of(one.absence, _LIMITS, facts.rule.coverage_floor) if told else None] += 1
    return Bands(counts[0], counts[1], counts[2], counts[3], counts[None])


def flagged_pupils(flags: Iterable[Flag]) -> Iterable[FlaggedPupil]:
    """The flagged pupils, the largest share first."""
    listed = [one for one in flags if one.outcome == "flagged"]
    for one in sorted(listed, key=_largest_first):
        yield FlaggedPupil(
            pupil=one.pupil,
            group=one.place.class_ or "–",
            absent_minutes=one.absence.absent_minutes,
            acknowledged_minutes=one.absence.acknowledged_minutes,
            certainty="certain" if one.certainty == "certain" else "likely",
            flags_in_year=one.count.flags,
            reason=Text(one.reason_sv, one.reason_en),
        )


def how_counted(facts: MonthFacts, school: str, rows: Iterable[AbsenceRow]) -> HowCounted:
    """The rule and what it was held against."""
    rule, programme = facts.rule, facts.programme
    return HowCounted(
        programme=programme.name.sv,
        rule=Text(rule_in_words(rule, "sv"), rule_in_words(rule, "en")),
        version=str(programme.version),
        limit=Limit(rule.limit, strict=rule.operator == ">"),
        window=facts.period,
        school_days=sum(1 for _ in facts.calendar(school).school_days(facts.period)),
        minutes=minutes_of(rows),
        receipt=facts.receipt,
        known_at=facts.known_at,
        assumptions=tuple(Text(one.text.sv, one.text.en) for one in programme.assumptions),
    )


def minutes_of(rows: Iterable[AbsenceRow]) -> Minutes:
    """The minutes of many pupils, summed."""
    totals = [0] * 7
    for row in rows:
        values = (
            row.scheduled_minutes,
            row.acknowledged_minutes,
            row.valid_minutes,
            row.invalid_minutes,
            row.unclassified_minutes,
            row.other_minutes,
            row.leave_minutes,
        )
        totals = [total + value for total, value in zip(totals, values, strict=True)]
    return Minutes(*totals)


def share_of_row(row: AbsenceRow) -> Share:
    """A pupil's absent of acknowledged minutes."""
    return Share(row.absent_minutes, row.acknowledged_minutes)


def _largest_first(one: Flag) -> tuple[Fraction, str]:
    row = one.absence
    return Fraction(-row.absent_minutes, row.acknowledged_minutes or 1), one.pupil


def _trend_point(facts: MonthFacts, school: str, month: Month) -> TrendPoint:
    judged = [one for one in facts.judged(month) if one.place.school == school]
    minutes = minutes_of(one.absence for one in judged)
    return TrendPoint(
        month=month,
        at_or_above=sum(one.outcome == "flagged" for one in judged),
        assessed=sum(one.outcome != "cannot_tell" for one in judged),
        coverage=Share(minutes.acknowledged, minutes.scheduled),
    )


def _stages(facts: MonthFacts, flags: Sequence[Flag]) -> Iterable[StageBySex]:
    cells: defaultdict[tuple[str, str], list[Flag]] = defaultdict(list)
    for one in flags:
        cells[(_stage(one.place.grade), facts.sexes.get(one.absence.number, "unknown"))].append(one)
    for stage in (*(name for name, _ in _STAGES), "–"):
        for sex in _SEXES:
            found = cells.get((stage, sex))
            if found:
                yield StageBySex(
                    stage,
                    sex,
                    sum(one.outcome != "cannot_tell" for one in found),
                    sum(one.outcome == "flagged" for one in found),
                )


def _stage(grade: str | None) -> str:
    return next((name for name, grades in _STAGES if grade in grades), "–")


def _moves(facts: MonthFacts, before: MonthFacts, school: str) -> Moves:
    now, then = facts.by_school.get(school, ()), before.by_pupil
    came = [
        _move(one, then.get(one.pupil))
        for one in now
        if one.outcome == "flagged" and not _was_flagged(then.get(one.pupil))
    ]
    left = [
        _move(one, then.get(one.pupil))
        for one in now
        if one.outcome != "flagged" and _was_flagged(then.get(one.pupil))
    ]
    return Moves(len(came), len(left), tuple(came), tuple(left))


def _was_flagged(one: Flag | None) -> bool:
    return one is not None and one.outcome == "flagged"


def _move(one: Flag, earlier: Flag | None) -> Move:
    certainty = one.certainty if one.certainty in ("certain", "likely") else None
    return Move(
        pupil=one.pupil,
        group=one.place.class_ or "–",
        share=share_of_row(one.absence),
        share_before=share_of_row(earlier.absence) if earlier else Share(0, 0),
        certainty="certain" if certainty == "certain" else "likely" if certainty else None,
        flags_in_year=one.count.flags,
        reason=Text(one.reason_sv, one.reason_en),
    )


def judged_of(facts: MonthFacts, pupil: int, month: Month) -> Judged | None:
    """One pupil at another month end, if in scope then."""
    return next((one for one in facts.judged(month) if one.number == pupil), None)
