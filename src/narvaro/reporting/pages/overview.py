"""All schools: can the figures be used, how do the pupils spread, how many are flagged."""

from __future__ import annotations

from fractions import Fraction

from narvaro.reporting.charts import band_bar, coverage_bar
from narvaro.reporting.charts.bands import CLASSES
from narvaro.reporting.content import Bands
from narvaro.reporting.markup import Child, Markup, el
from narvaro.reporting.pages.bands import BANDS, band_words, swatch
from narvaro.reporting.pages.frame import Frame, Freshness, page
from narvaro.reporting.pages.how import how_panel
from narvaro.reporting.pages.links import Links
from narvaro.reporting.pages.parts import (
    Column,
    panel,
    shown_coverage,
    shown_goal,
    table,
)
from narvaro.reporting.pages.trust import coverage_block
from narvaro.reporting.site_content import Overview, SchoolRow
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import days_between, long_month, show_count
from narvaro.timetable import Language

_BAR_WIDTH = 210


def overview_page(overview: Overview, lang: Language = "sv") -> str:
    voice, links = Voice(lang), Links(lang)
    frame = Frame(
        voice,
        authority=overview.authority,
        title=voice.say("overview.title"),
        heading=voice.say(
            "overview.heading",
            authority=overview.authority,
            month=long_month(overview.month, lang),
        ),
        lead=_lead(overview, voice),
        freshness=Freshness(
            overview.authority, overview.data_until, overview.coverage, overview.status
        ),
        other_language=Links("en" if lang == "sv" else "sv").overview(),
    )
    return page(
        frame,
        _trust(overview, voice),
        _schools(overview, voice, links),
        how_panel(overview.how, voice),
    )


def _lead(overview: Overview, voice: Voice) -> str:
    if not overview.schools:
        return voice.say("overview.lead_none")
    how = overview.how
    days = voice.counted("school_days", how.school_days, show_count(how.school_days, voice.lang))
    window = voice.say("trend.window", days=days_between(how.window, voice.lang), school_days=days)
    return voice.say(
        "overview.lead", usable=_usable(overview), all=len(overview.schools), window=f"{window}."
    )


def _usable(overview: Overview) -> int:
    return sum(school.verdict.is_usable for school in overview.schools)


def _trust(overview: Overview, voice: Voice) -> Markup:
    usable, schools = _usable(overview), len(overview.schools)
    key = "all" if usable == schools and schools else "some" if usable else "none"
    words = voice.say(f"overview.verdict_{key}", usable=usable, all=schools)
    note = voice.say("overview.verdict_note", goal=overview.coverage.goal_percent)
    return el(
        "section",
        el(
            "div",
            el("h2", voice.say("coverage.title")),
            el("p", el("strong", words)),
            el("p", note, class_="caption"),
        ),
        coverage_block(overview.coverage, voice),
        _flagged(overview, voice),
        class_="panel span-12 trust",
    )


def _flagged(overview: Overview, voice: Voice) -> Markup:
    counted = [school.flagged for school in overview.schools if school.flagged is not None]
    schools = voice.counted("schools", len(counted), show_count(len(counted), voice.lang))
    where = voice.say(
        "overview.flagged_where", month=long_month(overview.month, voice.lang), schools=schools
    )
    return el(
        "div",
        el(
            "p",
            show_count(sum(counted), voice.lang) if counted else voice.say("empty"),
            class_="large",
        ),
        el("p", voice.say("overview.flagged_total")),
        el("p", where, class_="caption"),
    )


def _schools(overview: Overview, voice: Voice, links: Links) -> Markup:
    title = voice.say("overview.table_title")
    names = ("school", "time", "lessons", "usable", "distribution", "flagged")
    columns = [
        Column(voice.say(f"overview.{name}"), name in ("lessons", "flagged")) for name in names
    ]
    rows = [_row(school, voice, links) for school in sorted(overview.schools, key=_need)]
    return panel(
        title,
        table(columns, rows, caption=title),
        _legend(voice),
        sentence=voice.say("overview.table_sentence"),
    )


def _need(school: SchoolRow) -> tuple[bool, Fraction, str]:
    """Those who need most help with registration first."""
    share = school.coverage.time.exact
    return (school.verdict.is_usable, Fraction(-1) if share is None else share, school.name)


def _row(school: SchoolRow, voice: Voice, links: Links) -> list[Child]:
    coverage = school.coverage
    return [
        el("a", school.name, href=links.school(school.key)),
        _time(school, voice),
        shown_coverage(coverage.lessons, coverage, voice),
        _verdict(school, voice),
        _bands(school.bands, voice),
        voice.say("empty") if school.flagged is None else show_count(school.flagged, voice.lang),
    ]


def _time(school: SchoolRow, voice: Voice) -> Markup:
    coverage = school.coverage
    share = shown_coverage(coverage.time, coverage, voice)
    if not coverage.time.denominator:
        return el("span", voice.say("overview.not_measured"), class_="tag cannot-tell")
    title = voice.say(
        "coverage.bar",
        name=voice.say("coverage.time"),
        share=share,
        goal=shown_goal(coverage, voice),
    )
    bar = coverage_bar(coverage.time, goal_percent=coverage.goal_percent, title=title, height=10)
    return el("div", el("strong", share), el("span", bar), class_="cell-bar")


def _verdict(school: SchoolRow, voice: Voice) -> Markup:
    usable = school.verdict.is_usable
    tag = el(
        "span",
        voice.say("overview.tag_yes" if usable else "overview.tag_no"),
        class_="tag done" if usable else "tag waiting",
    )
    return el(
        "div", tag, el("span", school.verdict.reason[voice.lang], class_="under"), class_="reason"
    )


def _bands(bands: Bands | None, voice: Voice) -> Markup:
    total = sum(count or 0 for count in bands.in_order) if bands else 0
    if bands is None or not total:
        return el("span", voice.say("overview.not_measured"), class_="tag cannot-tell")
    title = voice.say("bands.chart", parts=band_words(bands, voice))
    return band_bar(bands.in_order, total, title=title, width=_BAR_WIDTH, height=30)


def _legend(voice: Voice) -> Markup:
    items = [
        el("li", swatch(class_), el("span", voice.say(f"bands.{name}")))
        for class_, name in zip(CLASSES, BANDS, strict=True)
    ]
    return el("ul", items, class_="legend")
