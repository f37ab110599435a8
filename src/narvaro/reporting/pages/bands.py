"""Pupils by missed time: the bar, its legend and its table."""

from __future__ import annotations

from narvaro.reporting.charts import band_bar
from narvaro.reporting.charts.bands import CLASSES
from narvaro.reporting.content import Bands, Count, SchoolMonthReport
from narvaro.reporting.markup import Markup, el
from narvaro.reporting.pages.key_figures import key_figures
from narvaro.reporting.pages.parts import Column, as_table, in_sizes, panel, pupils, table
from narvaro.reporting.pages.school_words import shown_count
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import show_count
from narvaro.timetable import Month, month_name

BANDS = ("b1", "b2", "b3", "b4", "b5")


def bands_panel(report: SchoolMonthReport, voice: Voice, *, span: int = 7) -> Markup:
    title = voice.say("bands.title")
    if report.pupils == 0:
        return panel(title, el("p", voice.say("bands.no_data")), span=span)
    chart_title = voice.say("bands.chart", parts=band_words(report.bands, voice))
    chart = in_sizes(
        lambda width: band_bar(
            report.bands.in_order, report.pupils, title=chart_title, width=width
        ),
        widest=620,
    )
    sentence = voice.say("bands.sentence", pupils=pupils(report.pupils, voice))
    return panel(
        title,
        chart,
        _legend(report, voice),
        key_figures(report, voice),
        as_table(voice, bands_table(report, voice)),
        sentence=sentence,
        span=span,
    )


def band_words(bands: Bands, voice: Voice) -> str:
    """231 under 5 %, 118 5 to under 15 %, ...: for the reader who hears the chart."""
    return ", ".join(
        voice.say(
            "bands.part", n=shown_count(count, voice), band=voice.say(f"bands.{name}").lower()
        )
        for name, count in zip(BANDS, bands.in_order, strict=True)
    )


def _legend(report: SchoolMonthReport, voice: Voice) -> Markup:
    items = [
        el(
            "li",
            swatch(class_),
            el("span", el("strong", voice.say(f"bands.{name}")), " ", el("span", change)),
        )
        for class_, name, change in zip(CLASSES, BANDS, band_changes(report, voice), strict=True)
    ]
    return el("ul", items, class_="legend bands")


def swatch(class_: str) -> Markup:
    square = el("rect", x=1, y=1, width=14, height=14, rx=3, class_=class_)
    return el(
        "svg",
        square,
        viewBox="0 0 16 16",
        width=16,
        height=16,
        aria_hidden="true",
        focusable="false",
        class_="swatch",
    )


def band_changes(report: SchoolMonthReport, voice: Voice) -> list[str]:
    """In words, from last month; nothing where one of the two is not printed."""
    if report.bands_before is None:
        return [""] * 5
    pairs = zip(report.bands.in_order, report.bands_before.in_order, strict=True)
    return [_change(now, before, report.month, voice) for now, before in pairs]


def _change(now: Count, before: Count, month: Month, voice: Voice) -> str:
    if now is None or before is None:
        return voice.say("bands.hidden") if now is None else ""
    name = month_name(month.plus(-1).first_day.month, voice.lang)
    if now == before:
        return voice.say("bands.same", month=name)
    key = "bands.more" if now > before else "bands.fewer"
    return voice.say(key, n=show_count(abs(now - before), voice.lang), month=name)


def bands_table(report: SchoolMonthReport, voice: Voice) -> Markup:
    before = month_name(report.month.plus(-1).first_day.month, voice.lang)
    columns = (
        Column(voice.say("bands.band_column")),
        Column(voice.say("bands.pupils_column"), is_number=True),
        Column(voice.say("bands.change_column", month=before)),
    )
    rows = [
        (voice.say(f"bands.{name}"), shown_count(count, voice), change)
        for name, count, change in zip(
            BANDS, report.bands.in_order, band_changes(report, voice), strict=True
        )
    ]
    return table(columns, rows, caption=voice.say("bands.title"))
