"""The monthly report as PDF: A4, tagged, PDF/UA-1, always light."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from narvaro.reporting.assets import print_chart_style
from narvaro.reporting.charts import band_bar, trend_line
from narvaro.reporting.charts.canvas import pattern_definitions
from narvaro.reporting.content import SchoolMonthReport
from narvaro.reporting.markup import Markup, el
from narvaro.reporting.pages.bands import band_words
from narvaro.reporting.pages.how import PROMISES
from narvaro.reporting.pages.links import Audience
from narvaro.reporting.pages.parts import pupils, shown_coverage, shown_share
from narvaro.reporting.pages.school import lead
from narvaro.reporting.pages.school_words import limit_words, point_share, window_words
from narvaro.reporting.pages.trend import trend_title
from narvaro.reporting.plain import (
    PlainTable,
    bands_table,
    coverage_table,
    facts_table,
    flagged_table,
    minutes_table,
    moves_tables,
    moves_title,
    stages_table,
    statuses_table,
    trend_table,
)
from narvaro.reporting.printing import Paper, as_pdf
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import long_month, moment
from narvaro.timetable import Language

Block = dict[str, Any]
_WIDTH = 720


def month_report_pdf(
    report: SchoolMonthReport,
    *,
    audience: Audience,
    lang: Language = "sv",
    small_limit: int = 5,
) -> bytes:
    """A report for `leaves_school` must come from `leaving_school`. Needs the `report` extra."""
    voice = Voice(lang)
    paper = Paper(
        lang=lang,
        title=f"{voice.say('report.title')} – {voice.say('name')}",
        author=voice.say("name"),
        head=_head(report, voice),
        page=voice.say("paper.page"),
        blocks=_blocks(report, voice, audience, small_limit),
    )
    return as_pdf(paper, at=report.data_until)


def _head(report: SchoolMonthReport, voice: Voice) -> str:
    """What stands on top of every page: whose, until when, how final, how much acknowledged."""
    return voice.say(
        "frame.report_head",
        authority=report.authority,
        at=moment(report.data_until, voice.lang),
        status=voice.say(f"status.{report.statuses[-1].status}"),
        coverage=shown_coverage(report.coverage.time, report.coverage, voice),
    )


def _blocks(
    report: SchoolMonthReport, voice: Voice, audience: Audience, small_limit: int
) -> Iterator[Block]:
    inside = audience == "inside"
    month = long_month(report.month, voice.lang)
    yield _heading(1, voice.say("report.heading", school=report.school, month=month))
    yield _text(f"{lead(report, voice)} {voice.say(f'report.{audience}')}", quiet=True)
    yield from _coverage(report, voice)
    yield from _bands(report, voice)
    yield from _trend(report, voice)
    yield from _moves(report, voice)
    yield from _list(report, voice, inside=inside)
    yield from _stages(report, voice, small_limit=None if inside else small_limit)
    yield from _how(report, voice, inside=inside)


def _coverage(report: SchoolMonthReport, voice: Voice) -> Iterator[Block]:
    verdict = report.verdict
    yield _heading(2, voice.say("coverage.title"))
    word = voice.say("coverage.yes" if verdict.is_usable else "coverage.no")
    yield _text(f"{word} {verdict.reason[voice.lang]}")
    yield _table(coverage_table(report, voice))
    yield _table(statuses_table(report, voice))


def _bands(report: SchoolMonthReport, voice: Voice) -> Iterator[Block]:
    yield _heading(2, voice.say("bands.title"))
    if report.pupils == 0:
        yield _text(voice.say("bands.no_data"))
        return
    yield _text(voice.say("bands.sentence", pupils=pupils(report.pupils, voice)), quiet=True)
    title = voice.say("bands.chart", parts=band_words(report.bands, voice))
    yield _chart(band_bar(report.bands.in_order, report.pupils, title=title, width=_WIDTH), title)
    yield _table(bands_table(report, voice))


def _trend(report: SchoolMonthReport, voice: Voice) -> Iterator[Block]:
    yield _heading(2, limit_words(report, voice, "trend.title"))
    goal = report.coverage.goal_percent
    yield _text(
        voice.say("trend.sentence", window=window_words(report, voice), goal=goal), quiet=True
    )
    title, end = trend_title(report, voice), point_share(report.trend[-1])
    drawn = trend_line(
        report.trend,
        goal_percent=goal,
        voice=voice,
        title=title,
        width=_WIDTH,
        end_label=shown_share(end, voice) if end else "",
    )
    yield _chart(drawn, title)
    yield _table(trend_table(report, voice))


def _moves(report: SchoolMonthReport, voice: Voice) -> Iterator[Block]:
    yield _heading(2, moves_title(report, voice))
    if report.bands_before is None:
        yield _text(voice.say("key.moves_first"))
        return
    for table in moves_tables(report, voice):
        if table["rows"]:
            yield _heading(3, table["caption"])
            yield _table(table)
        else:
            yield _text(table["caption"])


def _list(report: SchoolMonthReport, voice: Voice, *, inside: bool) -> Iterator[Block]:
    if not inside or not report.flagged:
        yield _heading(2, voice.say("flagged.title_none"))
        yield _text(voice.say("flagged.none" if inside else "flagged.not_listed"))
        return
    table = flagged_table(report, voice)
    yield _heading(2, table["caption"])
    yield _text(voice.say("flagged.sentence"), quiet=True)
    yield _table(table)


def _stages(report: SchoolMonthReport, voice: Voice, *, small_limit: int | None) -> Iterator[Block]:
    yield _heading(2, voice.say("stages.title"))
    if not report.stages:
        yield _text(voice.say("stages.none"))
        return
    yield _text(voice.say("stages.sentence"), quiet=True)
    yield _table(stages_table(report, voice))
    if small_limit is not None:
        yield _text(voice.say("stages.small", limit=small_limit), quiet=True)


def _how(report: SchoolMonthReport, voice: Voice, *, inside: bool) -> Iterator[Block]:
    yield _heading(2, voice.say("how.title"))
    yield _table(minutes_table(report, voice, shows_parts=inside))
    yield _table(facts_table(report, voice))
    yield {"kind": "list", "items": [voice.say(f"how.{name}") for name in PROMISES]}


def _heading(level: int, text: str) -> Block:
    return {"kind": "heading", "level": level, "text": text}


def _text(text: str, *, quiet: bool = False) -> Block:
    return {"kind": "text", "text": text, "quiet": quiet}


def _table(table: PlainTable) -> Block:
    return {"kind": "table", **table}


def _chart(drawn: Markup, title: str) -> Block:
    """The page's own picture with its style and patterns inside."""
    inside = Markup(el("style", Markup(print_chart_style())) + pattern_definitions())
    opening, rest = drawn.split(">", 1)
    return {"kind": "chart", "svg": f"{opening}>{inside}{rest}", "alt": title}
