"""One pupil key: what happened, then what is known."""

from __future__ import annotations

from itertools import zip_longest

from narvaro.reporting.content import Limit, Share
from narvaro.reporting.markup import Markup, el
from narvaro.reporting.pages.explanation import explanation_panel, outcome_words
from narvaro.reporting.pages.frame import Frame, Freshness, page
from narvaro.reporting.pages.how import absence_parts
from narvaro.reporting.pages.links import Links
from narvaro.reporting.pages.parts import flag_dots, shown_share
from narvaro.reporting.pages.pupil_history import calendar_panel, lessons_panel, rolling_panel
from narvaro.reporting.site_content import PupilPage
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import days_between
from narvaro.timetable import Language, SchoolYear


def pupil_page(pupil: PupilPage, lang: Language = "sv") -> str:
    """The key stands in the address and the heading, never in the title."""
    voice, links = Voice(lang), Links(lang)
    other = Links("en" if lang == "sv" else "sv")
    heading = voice.say("pupil.heading", pupil=pupil.pupil)
    frame = Frame(
        voice,
        authority=pupil.authority,
        title=voice.say("pupil.title"),
        heading=heading,
        lead=voice.say("pupil.lead", group=pupil.group, school=pupil.school),
        crumbs=(
            (pupil.authority, links.overview()),
            (pupil.school, links.school(pupil.school_key)),
            (heading, None),
        ),
        freshness=Freshness(heading, pupil.data_until, pupil.coverage, pupil.status),
        other_language=other.pupil(pupil.pupil),
    )
    year = voice.say("pupil.school_year", year=str(SchoolYear.holding(pupil.school_year.from_on)))
    return page(
        frame,
        _summary(pupil, voice),
        _part(voice.say("pupil.happened"), year),
        calendar_panel(pupil, voice),
        rolling_panel(pupil, voice),
        _part(voice.say("pupil.known"), ""),
        explanation_panel(pupil.explanation, voice),
        lessons_panel(pupil, voice),
    )


def _part(title: str, beside: str) -> Markup:
    return el("h2", title, el("span", beside) if beside else None, class_="part span-12")


def _summary(pupil: PupilPage, voice: Voice) -> Markup:
    """How much, of what kind, how sure, and how often flagged: the four-part strip."""
    return el(
        "section",
        _how_much(pupil, voice),
        _of_what(pupil, voice),
        _how_sure(pupil, voice),
        el(
            "div",
            el("h2", voice.say("pupil.flags_title")),
            el("p", flag_dots(pupil.flags_in_year, voice)),
            el(
                "p",
                voice.say(
                    "flags.dots" if pupil.flags_in_year <= 3 else "flags.dots_more",
                    n=pupil.flags_in_year,
                ),
                class_="caption",
            ),
        ),
        class_="panel span-12 four",
    )


def _how_much(pupil: PupilPage, voice: Voice) -> Markup:
    how = pupil.explanation.how
    share = Share(how.minutes.absent, how.minutes.acknowledged)
    words = voice.say("pupil.share", window=days_between(how.window, voice.lang))
    if pupil.explanation.outcome == "cannot_tell" or not share.denominator:
        return el("div", el("p", voice.say("pupil.cannot_tell"), class_="unknown"), el("p", words))
    shown = shown_share(share, voice, how.limit)
    return el("div", el("p", shown, class_="large"), el("p", words))


def _of_what(pupil: PupilPage, voice: Voice) -> Markup:
    m = pupil.explanation.how.minutes

    def of(minutes: int) -> str:
        return shown_share(Share(minutes, m.acknowledged), voice)

    parts = [
        el("span", voice.say(f"pupil.part_{name}", share=of(minutes)), class_="nowrap")
        for name, minutes in absence_parts(m)
    ]
    between = [Markup(" · ")] * (len(parts) - 1)
    words = [one for pair in zip_longest(parts, between) for one in pair]
    return el(
        "div",
        el("h2", voice.say("pupil.all_counts")),
        el("p", words),
        el("p", voice.say("pupil.never_subtracted"), class_="caption"),
    )


def _how_sure(pupil: PupilPage, voice: Voice) -> Markup:
    explanation = pupil.explanation
    m, limit = explanation.how.minutes, explanation.how.limit
    coverage = Share(m.acknowledged, m.scheduled)
    words = voice.say("pupil.acknowledged", share=shown_share(coverage, voice))
    return el(
        "div",
        el("h2", outcome_words(explanation, voice)),
        el("p", words),
        el(
            "p",
            _range(m.absent, m.scheduled - m.acknowledged, m.scheduled, limit, voice),
            class_="caption",
        ),
    )


def _range(absent: int, waiting: int, scheduled: int, limit: Limit, voice: Voice) -> str:
    return voice.say(
        "pupil.range",
        low=shown_share(Share(absent, scheduled), voice, limit),
        high=shown_share(Share(absent + waiting, scheduled), voice, limit),
    )
