"""The report's tables as plain words, for paper: each a caption, headings and rows of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from narvaro.reporting.content import (
    FlaggedPupil,
    Move,
    SchoolMonthReport,
    Share,
    StageBySex,
    with_totals,
)
from narvaro.reporting.pages.bands import BANDS, band_changes
from narvaro.reporting.pages.how import absence_parts, facts
from narvaro.reporting.pages.parts import pupils, shown_coverage, shown_goal, shown_share
from narvaro.reporting.pages.school_words import limit_words, point_share, shown_count
from narvaro.reporting.pages.stages import shown_sexes
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import MINUS, NBSP, long_month, show_count, show_minutes, show_points
from narvaro.timetable import month_name


class PlainTable(TypedDict):
    """`numbers` says of each column whether it stands to the right."""

    caption: str
    headings: list[str]
    numbers: list[bool]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class _Say:
    report: SchoolMonthReport
    voice: Voice

    def table(
        self, caption: str, names: Sequence[str], numbers: str, rows: Iterable[Sequence[str]]
    ) -> PlainTable:
        """`numbers` holds an n for each column of numbers: "..n"."""
        return {
            "caption": caption,
            "headings": [self.voice.say(name) for name in names],
            "numbers": [letter == "n" for letter in numbers],
            "rows": [list(row) for row in rows],
        }


def coverage_table(report: SchoolMonthReport, voice: Voice) -> PlainTable:
    coverage = report.coverage
    rows = [
        (
            voice.say(f"coverage.{name}"),
            shown_coverage(share, coverage, voice),
            shown_goal(coverage, voice),
        )
        for name, share in (("time", coverage.time), ("lessons", coverage.lessons))
    ]
    names = ("how.detail", "trend.share", "paper.goal")
    return _Say(report, voice).table(voice.say("workbook.coverage"), names, ".nn", rows)


def statuses_table(report: SchoolMonthReport, voice: Voice) -> PlainTable:
    rows = [
        (long_month(status.month, voice.lang), voice.say(f"status.{status.status}"))
        for status in report.statuses
    ]
    names = ("trend.month", "paper.status")
    return _Say(report, voice).table(voice.say("status.title"), names, "..", rows)


def bands_table(report: SchoolMonthReport, voice: Voice) -> PlainTable:
    rows = [
        (voice.say(f"bands.{name}"), shown_count(count, voice), change or voice.say("empty"))
        for name, count, change in zip(
            BANDS, report.bands.in_order, band_changes(report, voice), strict=True
        )
    ]
    names = ("bands.band_column", "bands.pupils_column", "moves.change")
    return _Say(report, voice).table(voice.say("bands.title"), names, ".n.", rows)


def stages_table(report: SchoolMonthReport, voice: Voice) -> PlainTable:
    sexes = (*shown_sexes(report), "all")
    cells: dict[tuple[str, str], StageBySex] = {}
    cells |= {(row.stage, row.sex): row for row in with_totals(report.stages)}
    rows = [
        [stage, *(_stage(cells.get((stage, sex)), voice) for sex in sexes)]
        for stage in dict.fromkeys(row.stage for row in report.stages)
    ]
    names = ("stages.stage", *(f"stages.{sex}" for sex in sexes))
    return _Say(report, voice).table(voice.say("stages.title"), names, "." + "n" * len(sexes), rows)


def _stage(cell: StageBySex | None, voice: Voice) -> str:
    if cell is None or cell.assessed == 0:
        return voice.say("empty")
    if cell.assessed is None or cell.at_or_above is None:
        return voice.say("stages.hidden")
    share = shown_share(Share(cell.at_or_above, cell.assessed), voice)
    of = voice.say(
        "stages.cell",
        n=show_count(cell.at_or_above, voice.lang),
        of=show_count(cell.assessed, voice.lang),
    )
    return f"{share} ({of})"


def trend_table(report: SchoolMonthReport, voice: Voice) -> PlainTable:
    rows = []
    for point in reversed(report.trend):
        month, empty = long_month(point.month, voice.lang), voice.say("empty")
        if not point.coverage.denominator:
            rows.append((month, voice.say("trend.no_lessons"), empty, empty, empty))
            continue
        share = point_share(point)
        rows.append(
            (
                month,
                shown_count(point.at_or_above, voice),
                shown_count(point.assessed, voice),
                empty if share is None else shown_share(share, voice),
                shown_coverage(point.coverage, report.coverage, voice),
            )
        )
    names = ("trend.month", "trend.at_or_above", "trend.assessed", "trend.share", "trend.coverage")
    caption = limit_words(report, voice, "trend.title")
    return _Say(report, voice).table(caption, names, ".nnnn", rows)


def moves_tables(report: SchoolMonthReport, voice: Voice) -> list[PlainTable]:
    """One for those who came, one for those who left; a heading alone when no rows are given."""
    names = ("pupil", "group", "share", "change", "certainty", "flags", "why")
    given = (
        ("came", report.moves.in_count, report.moves.came),
        ("left", report.moves.out_count, report.moves.left),
    )
    return [
        _Say(report, voice).table(
            voice.say(f"moves.{which}_none")
            if count == 0
            else voice.say(f"moves.{which}", pupils=pupils(count, voice)),
            [f"moves.{name}" for name in names],
            "..nn...",
            [_move(move, report, voice) for move in moves],
        )
        for which, count, moves in given
    ]


def _move(move: Move, report: SchoolMonthReport, voice: Voice) -> list[str]:
    return [
        move.pupil,
        move.group,
        shown_share(move.share, voice, report.how.limit),
        show_points(move.share.exact, move.share_before.exact, voice.lang),
        voice.say(f"certainty.{move.certainty or 'cannot_tell'}"),
        show_count(move.flags_in_year, voice.lang),
        move.reason[voice.lang],
    ]


def flagged_table(report: SchoolMonthReport, voice: Voice) -> PlainTable:
    names = (
        *("moves.pupil", "moves.group", "moves.share", "flagged.minutes", "flagged.of_minutes"),
        *("moves.certainty", "moves.flags", "moves.why"),
    )
    caption = voice.say("flagged.title", pupils=pupils(len(report.flagged), voice))
    rows = [_flagged(row, report, voice) for row in report.flagged]
    return _Say(report, voice).table(caption, names, "..nnn...", rows)


def _flagged(row: FlaggedPupil, report: SchoolMonthReport, voice: Voice) -> list[str]:
    return [
        row.pupil,
        row.group,
        shown_share(row.share, voice, report.how.limit),
        show_count(row.absent_minutes, voice.lang),
        show_count(row.acknowledged_minutes, voice.lang),
        voice.say(f"certainty.{row.certainty}"),
        show_count(row.flags_in_year, voice.lang),
        row.reason[voice.lang],
    ]


def minutes_table(report: SchoolMonthReport, voice: Voice, *, shows_parts: bool) -> PlainTable:
    m, lang = report.how.minutes, voice.lang
    missing = f"{MINUS}{NBSP}{show_minutes(m.scheduled - m.acknowledged, lang)}"
    share = shown_share(Share(m.absent, m.acknowledged), voice)
    parts = absence_parts(m) if shows_parts else []
    rows = [
        (voice.say("how.scheduled"), show_minutes(m.scheduled, lang)),
        (voice.say("how.not_acknowledged"), missing),
        (voice.say("how.acknowledged"), show_minutes(m.acknowledged, lang)),
        *((voice.say(f"how.{name}"), show_minutes(minutes, lang)) for name, minutes in parts),
        (
            voice.say("how.absent"),
            voice.say("how.sum", minutes=show_minutes(m.absent, lang), share=share),
        ),
    ]
    return _Say(report, voice).table(voice.say("how.part"), ("how.part", "how.value"), ".n", rows)


def facts_table(report: SchoolMonthReport, voice: Voice) -> PlainTable:
    names = ("how.detail", "how.value")
    return _Say(report, voice).table(voice.say("how.rule"), names, "..", facts(report.how, voice))


def moves_title(report: SchoolMonthReport, voice: Voice) -> str:
    return voice.say("moves.title", month=month_name(report.month.first_day.month, voice.lang))
