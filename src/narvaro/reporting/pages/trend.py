"""The share at the limit or beyond, month by month."""

from __future__ import annotations

from narvaro.reporting.charts import trend_line
from narvaro.reporting.charts.canvas import WIDTHS
from narvaro.reporting.content import SchoolMonthReport, TrendPoint
from narvaro.reporting.markup import Child, Markup
from narvaro.reporting.pages.parts import (
    Column,
    as_table,
    in_sizes,
    panel,
    shown_coverage,
    shown_share,
    table,
)
from narvaro.reporting.pages.school_words import (
    limit_words,
    point_share,
    shown_count,
    window_words,
)
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import long_month


def trend_panel(report: SchoolMonthReport, voice: Voice, *, span: int = 12) -> Markup:
    coverage = report.coverage
    sentence = voice.say(
        "trend.sentence", window=window_words(report, voice), goal=coverage.goal_percent
    )
    end = point_share(report.trend[-1])
    chart = in_sizes(
        lambda width: trend_line(
            report.trend,
            goal_percent=coverage.goal_percent,
            voice=voice,
            title=trend_title(report, voice),
            width=width,
            end_label=shown_share(end, voice) if end else "",
        ),
        widest=WIDTHS[0],
    )
    return panel(
        limit_words(report, voice, "trend.title"),
        chart,
        as_table(voice, trend_table(report, voice)),
        sentence=sentence,
        span=span,
    )


def trend_title(report: SchoolMonthReport, voice: Voice) -> str:
    known = [(p, s) for p in report.trend if (s := point_share(p)) is not None]
    if not known:
        return voice.say("trend.chart_short")
    (first, first_share), (last, last_share) = known[0], known[-1]
    return voice.say(
        "trend.chart",
        first=shown_share(first_share, voice),
        first_month=long_month(first.month, voice.lang),
        last=shown_share(last_share, voice),
        last_month=long_month(last.month, voice.lang),
    )


def trend_table(report: SchoolMonthReport, voice: Voice) -> Markup:
    numbers = ("at_or_above", "assessed", "share", "coverage")
    columns = [Column(voice.say("trend.month"))]
    columns += [Column(voice.say(f"trend.{name}"), is_number=True) for name in numbers]
    rows = [_trend_row(point, report, voice) for point in reversed(report.trend)]
    return table(columns, rows, caption=limit_words(report, voice, "trend.title"))


def _trend_row(point: TrendPoint, report: SchoolMonthReport, voice: Voice) -> list[Child]:
    month = long_month(point.month, voice.lang)
    if not point.coverage.denominator:
        nothing = voice.say("trend.no_lessons")
        return [month, nothing, voice.say("empty"), voice.say("empty"), voice.say("empty")]
    share = point_share(point)
    shown = voice.say("empty") if share is None else shown_share(share, voice)
    return [
        month,
        shown_count(point.at_or_above, voice),
        shown_count(point.assessed, voice),
        shown,
        shown_coverage(point.coverage, report.coverage, voice),
    ]
