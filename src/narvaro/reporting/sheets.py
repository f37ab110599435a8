"""The workbook's sheets as plain values: what stands in each, and the sentences above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from narvaro.reporting.content import (
    Count,
    Coverage,
    Limit,
    SchoolMonthReport,
    Share,
    with_totals,
)
from narvaro.reporting.pages.bands import BANDS
from narvaro.reporting.pages.how import PROMISES, absence_parts, facts
from narvaro.reporting.pages.links import Audience
from narvaro.reporting.pages.school import lead
from narvaro.reporting.pages.school_words import limit_words
from narvaro.reporting.plain import moves_title
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import long_month, moment_and_year
from narvaro.shares import shown_percent

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A name of at most 31 characters, sentences above the table, headings and rows."""

    name: str
    notes: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]


def sheets_of(
    report: SchoolMonthReport, voice: Voice, audience: Audience, small_limit: int
) -> Iterable[Sheet]:
    hidden = voice.say("workbook.note_hidden", limit=small_limit)
    notes = [voice.say("workbook.note_exact")] + ([hidden] if audience != "inside" else [])
    yield _about(report, voice, audience)
    yield _coverage(report, voice, notes[:1])
    yield _bands(report, voice, notes[1:])
    yield _trend(report, voice, notes)
    if report.bands_before is not None:
        yield _moves(report, voice, notes, has_pupils=audience == "inside")
    if audience == "inside":
        yield _flagged(report, voice, notes)
    yield _stages(report, voice, notes)
    yield _how(report, voice, audience)


def _about(report: SchoolMonthReport, voice: Voice, audience: Audience) -> Sheet:
    word = voice.say("coverage.yes" if report.verdict.is_usable else "coverage.no")
    rows = [
        (report.authority, report.school),
        (voice.say("trend.month"), long_month(report.month, voice.lang)),
        (voice.say("paper.status"), voice.say(f"status.{report.statuses[-1].status}")),
        (voice.say("how.known_at"), moment_and_year(report.data_until, voice.lang)),
        (voice.say("coverage.title"), f"{word} {report.verdict.reason[voice.lang]}"),
        *(("", voice.say(f"how.{name}")) for name in (*PROMISES, "keys")),
    ]
    notes = [lead(report, voice), voice.say(f"report.{audience}")]
    headings = (voice.say("how.detail"), voice.say("how.value"))
    return Sheet(voice.say("workbook.about"), notes, headings, rows)


def percent(share: Share | None, limit: Limit | None = None, *, goal: int | None = None) -> Value:
    """As it is shown everywhere, on its own side of the limit; nothing without a denominator."""
    if share is None or not share.denominator:
        return None
    at = limit.percent if limit else goal
    limits = [] if at is None else [Fraction(at)]
    return float(shown_percent((share.numerator, share.denominator), *limits))


def _share_headings(voice: Voice) -> list[str]:
    return [voice.say(f"workbook.{name}") for name in ("numerator", "denominator", "percent")]


def _coverage(report: SchoolMonthReport, voice: Voice, notes: Sequence[str]) -> Sheet:
    coverage: Coverage = report.coverage
    goal = coverage.goal_percent
    rows = [
        (
            voice.say(f"coverage.{name}"),
            share.numerator,
            share.denominator,
            percent(share, goal=goal),
            goal,
        )
        for name, share in (("time", coverage.time), ("lessons", coverage.lessons))
    ]
    headings = [voice.say("how.detail"), *_share_headings(voice), voice.say("paper.goal")]
    return Sheet(voice.say("workbook.coverage"), notes, headings, rows)


def _count(count: Count, voice: Voice) -> Value:
    return voice.say("workbook.hidden") if count is None else count


def _bands(report: SchoolMonthReport, voice: Voice, notes: Sequence[str]) -> Sheet:
    before = report.bands_before.in_order if report.bands_before else None
    rows = [
        (
            voice.say(f"bands.{name}"),
            _count(count, voice),
            None if before is None else _count(before[place], voice),
        )
        for place, (name, count) in enumerate(zip(BANDS, report.bands.in_order, strict=True))
    ]
    headings = (
        voice.say("bands.band_column"),
        voice.say("bands.pupils_column"),
        long_month(report.month.plus(-1), voice.lang),
    )
    return Sheet(voice.say("workbook.bands"), notes, headings, rows)


def _trend(report: SchoolMonthReport, voice: Voice, notes: Sequence[str]) -> Sheet:
    goal = report.coverage.goal_percent
    rows = [
        (
            point.month.first_day,
            _count(point.at_or_above, voice),
            _count(point.assessed, voice),
            percent(_of(point.at_or_above, point.assessed)),
            percent(point.coverage, goal=goal),
        )
        for point in report.trend
        if point.coverage.denominator
    ]
    names = ("month", "at_or_above", "assessed", "share", "coverage")
    headings = [voice.say(f"trend.{name}") for name in names]
    title = limit_words(report, voice, "trend.title")
    return Sheet(voice.say("workbook.trend"), [title, *notes], headings, rows)


def _of(part: Count, whole: Count) -> Share | None:
    return None if part is None or whole is None else Share(part, whole)


def _stages(report: SchoolMonthReport, voice: Voice, notes: Sequence[str]) -> Sheet:
    rows = [
        (
            row.stage,
            voice.say(f"stages.{row.sex}"),
            _count(row.at_or_above, voice),
            _count(row.assessed, voice),
            percent(_of(row.at_or_above, row.assessed)),
        )
        for row in with_totals(report.stages)
    ]
    headings = [
        voice.say("stages.stage"),
        voice.say("workbook.sex"),
        *(voice.say(f"trend.{name}") for name in ("at_or_above", "assessed", "share")),
    ]
    return Sheet(voice.say("workbook.stages"), notes, headings, rows)


def _moves(
    report: SchoolMonthReport, voice: Voice, notes: Sequence[str], *, has_pupils: bool
) -> Sheet:
    counts = [
        (voice.say("workbook.came"), _count(report.moves.in_count, voice)),
        (voice.say("workbook.left"), _count(report.moves.out_count, voice)),
    ]
    notes = [moves_title(report, voice), *notes]
    if not has_pupils:
        headings = [voice.say("workbook.direction"), voice.say("bands.pupils_column")]
        return Sheet(voice.say("workbook.moves"), notes, headings, counts)
    notes += [f"{word}: {count}" for word, count in counts]
    return Sheet(voice.say("workbook.moves"), notes, *_moved_pupils(report, voice))


def _moved_pupils(
    report: SchoolMonthReport, voice: Voice
) -> tuple[list[str], list[tuple[Value, ...]]]:
    pairs = [("came", move) for move in report.moves.came]
    pairs += [("left", move) for move in report.moves.left]
    rows: list[tuple[Value, ...]] = [
        (
            voice.say(f"workbook.{direction}"),
            move.pupil,
            move.group,
            move.share.numerator,
            move.share.denominator,
            percent(move.share, report.how.limit),
            percent(move.share_before, report.how.limit),
            voice.say(f"certainty.{move.certainty or 'cannot_tell'}"),
            move.flags_in_year,
            move.reason[voice.lang],
        )
        for direction, move in pairs
    ]
    headings = [
        voice.say("workbook.direction"),
        voice.say("moves.pupil"),
        voice.say("moves.group"),
        *_share_headings(voice),
        f"{voice.say('workbook.percent')}, {long_month(report.month.plus(-1), voice.lang)}",
        *(voice.say(f"moves.{name}") for name in ("certainty", "flags", "why")),
    ]
    return headings, rows


def _flagged(report: SchoolMonthReport, voice: Voice, notes: Sequence[str]) -> Sheet:
    rows = [
        (
            row.pupil,
            row.group,
            row.absent_minutes,
            row.acknowledged_minutes,
            percent(row.share, report.how.limit),
            voice.say(f"certainty.{row.certainty}"),
            row.flags_in_year,
            row.reason[voice.lang],
        )
        for row in report.flagged
    ]
    headings = [
        voice.say("moves.pupil"),
        voice.say("moves.group"),
        voice.say("flagged.minutes"),
        voice.say("flagged.of_minutes"),
        voice.say("workbook.percent"),
        *(voice.say(f"moves.{name}") for name in ("certainty", "flags", "why")),
    ]
    return Sheet(voice.say("workbook.flagged"), notes, headings, rows)


def _how(report: SchoolMonthReport, voice: Voice, audience: Audience) -> Sheet:
    m = report.how.minutes
    parts = absence_parts(m) if audience == "inside" else []
    rows: list[tuple[Value, ...]] = [
        (voice.say("how.scheduled"), m.scheduled),
        (voice.say("how.acknowledged"), m.acknowledged),
        *((voice.say(f"how.{name}"), minutes) for name, minutes in parts),
        (voice.say("how.absent"), m.absent),
        *facts(report.how, voice),
    ]
    headings = (voice.say("how.detail"), voice.say("how.value"))
    sentence = voice.say(
        "how.sentence",
        rule=report.how.rule[voice.lang],
        programme=report.how.programme,
        version=report.how.version,
    )
    return Sheet(voice.say("workbook.how"), [sentence], headings, rows)
