"""One school at one month's end."""

from __future__ import annotations

from narvaro.reporting.content import SchoolMonthReport
from narvaro.reporting.markup import Child, Markup, el
from narvaro.reporting.pages.bands import bands_panel
from narvaro.reporting.pages.frame import Frame, Freshness, page
from narvaro.reporting.pages.how import how_panel
from narvaro.reporting.pages.links import Form, Links
from narvaro.reporting.pages.lists import flagged_panel, moves_panel
from narvaro.reporting.pages.parts import pupils
from narvaro.reporting.pages.school_words import window_words
from narvaro.reporting.pages.stages import stages_panel
from narvaro.reporting.pages.trend import trend_panel
from narvaro.reporting.pages.trust import trust_panel
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import long_month
from narvaro.timetable import Language

_FORMS: tuple[Form, ...] = ("html", "pdf", "xlsx")


def school_page(
    report: SchoolMonthReport, lang: Language = "sv", *, forms: tuple[Form, ...] = _FORMS
) -> str:
    """The page inside the house: everything, with pupil keys. `forms` can be downloaded."""
    voice, links = Voice(lang), Links(lang)
    other = Links("en" if lang == "sv" else "sv")
    frame = Frame(
        voice,
        authority=report.authority,
        title=voice.say("school.title"),
        heading=report.school,
        lead=lead(report, voice),
        crumbs=((report.authority, links.overview()), (report.school, None)),
        freshness=freshness(report),
        other_language=other.school(report.school_key),
        actions=_downloads(report, voice, links, forms),
    )
    return page(frame, *school_panels(report, voice, links))


def lead(report: SchoolMonthReport, voice: Voice) -> str:
    return voice.say(
        "school.lead",
        pupils=pupils(report.pupils, voice),
        month=long_month(report.month, voice.lang),
        window=window_words(report, voice),
    )


def freshness(report: SchoolMonthReport) -> Freshness:
    return Freshness(report.school, report.data_until, report.coverage, report.statuses[-1])


def school_panels(report: SchoolMonthReport, voice: Voice, links: Links) -> list[Child]:
    """In the report's order: coverage, bands, trend, moves, list, how it was counted."""
    return [
        trust_panel(report, voice),
        bands_panel(report, voice),
        stages_panel(report, voice),
        trend_panel(report, voice),
        moves_panel(report, voice, links),
        flagged_panel(report, voice, links),
        how_panel(report.how, voice),
    ]


def _downloads(
    report: SchoolMonthReport, voice: Voice, links: Links, forms: tuple[Form, ...]
) -> Markup | None:
    if not forms:
        return None
    rows = [
        el(
            "li",
            el("span", voice.say(f"school.{audience}")),
            [
                el(
                    "a",
                    form.upper(),
                    href=links.report(report.school_key, audience=audience, form=form),
                    class_="button",
                )
                for form in forms
            ],
        )
        for audience in ("inside", "leaves_school")
    ]
    return el(
        "details", el("summary", voice.say("school.downloads")), el("ul", rows), class_="downloads"
    )
