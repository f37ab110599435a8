"""The two large figures: how many are on the list, and how many came and left."""

from __future__ import annotations

from narvaro.reporting.content import SchoolMonthReport, TrendPoint
from narvaro.reporting.markup import Markup, el
from narvaro.reporting.pages.parts import shown_share
from narvaro.reporting.pages.school_words import limit_words, point_share, shown_count
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import show_count
from narvaro.timetable import month_name


def key_figures(report: SchoolMonthReport, voice: Voice) -> Markup:
    return el("div", _listed_figure(report, voice), _moves_figure(report, voice), class_="figures")


def _listed_figure(report: SchoolMonthReport, voice: Voice) -> Markup:
    now = report.trend[-1]
    before = report.trend[-2] if len(report.trend) > 1 else None
    return el(
        "div",
        el("p", shown_count(now.at_or_above, voice), class_="large"),
        el("p", limit_words(report, voice, "key.listed")),
        el("p", _share_words(now, before, voice), class_="caption"),
    )


def _share_words(now: TrendPoint, before: TrendPoint | None, voice: Voice) -> str:
    share, earlier = point_share(now), point_share(before)
    if share is None:
        return voice.say("bands.hidden") if now.at_or_above is None else voice.say("bands.no_data")
    shown = shown_share(share, voice)
    assessed = show_count(share.denominator, voice.lang)
    if earlier is None or before is None:
        return voice.say("key.of", share=shown, assessed=assessed)
    month = month_name(before.month.first_day.month, voice.lang)
    return voice.say(
        "key.of_before",
        share=shown,
        assessed=assessed,
        before=shown_share(earlier, voice),
        month=month,
    )


def _moves_figure(report: SchoolMonthReport, voice: Voice) -> Markup:
    month = month_name(report.month.first_day.month, voice.lang)
    if report.bands_before is None:
        return el("div", el("p", voice.say("key.moves_first"), class_="caption"))
    moves = report.moves
    if moves.in_count is None or moves.out_count is None:
        return el(
            "div",
            el("p", voice.say("moves.hidden")),
            el("p", voice.say("key.moves_label", month=month), class_="caption"),
        )
    words = voice.rich(
        "key.moves",
        came=show_count(moves.in_count, voice.lang),
        left=show_count(moves.out_count, voice.lang),
    )
    label = voice.say("key.moves_label", month=month)
    return el("div", el("p", words, class_="large"), el("p", label))
