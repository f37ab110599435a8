"""The monthly report as one HTML file that needs nothing beside it."""

from __future__ import annotations

from base64 import b64encode

from narvaro.reporting.assets import font, style_sheet
from narvaro.reporting.content import SchoolMonthReport
from narvaro.reporting.markup import Child, Markup, el
from narvaro.reporting.pages.bands import bands_panel
from narvaro.reporting.pages.frame import Frame, page
from narvaro.reporting.pages.how import how_panel
from narvaro.reporting.pages.links import Audience, Links
from narvaro.reporting.pages.lists import moves_panel
from narvaro.reporting.pages.parts import panel
from narvaro.reporting.pages.school import freshness, lead, school_panels
from narvaro.reporting.pages.stages import stages_panel
from narvaro.reporting.pages.trend import trend_panel
from narvaro.reporting.pages.trust import trust_panel
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import long_month
from narvaro.timetable import Language


def month_report_page(
    report: SchoolMonthReport,
    *,
    audience: Audience,
    lang: Language = "sv",
    small_limit: int = 5,
) -> str:
    """A report for `leaves_school` must come from `leaving_school`, which hides what is small."""
    voice, links = Voice(lang), Links(lang, is_document=True)
    frame = Frame(
        voice,
        authority=report.authority,
        title=voice.say("report.title"),
        heading=voice.say(
            "report.heading", school=report.school, month=long_month(report.month, lang)
        ),
        lead=[lead(report, voice), " ", voice.say(f"report.{audience}")],
        freshness=freshness(report),
        style=_style(),
    )
    if audience == "inside":
        return page(frame, *school_panels(report, voice, links))
    return page(frame, *_leaving_panels(report, voice, links, small_limit))


def _leaving_panels(
    report: SchoolMonthReport, voice: Voice, links: Links, small_limit: int
) -> list[Child]:
    return [
        trust_panel(report, voice),
        bands_panel(report, voice),
        stages_panel(report, voice, small_limit=small_limit),
        trend_panel(report, voice),
        moves_panel(report, voice, links),
        panel(voice.say("flagged.title_none"), el("p", voice.say("flagged.not_listed"))),
        how_panel(report.how, voice, shows_parts=False),
    ]


def _style() -> Markup:
    """The site's sheet with the typeface inside; a style element takes no escaping."""
    data = b64encode(font()).decode("ascii")
    sheet = style_sheet().replace("url(/assets/font.woff2)", f"url(data:font/woff2;base64,{data})")
    return Markup(f"<style>{sheet}</style>")
