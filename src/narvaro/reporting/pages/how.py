"""So that anyone can count again: rule, window, minutes, version, receipt."""

from __future__ import annotations

from collections.abc import Iterable

from narvaro.reporting.content import HowCounted, Minutes, Share
from narvaro.reporting.markup import Child, Markup, el
from narvaro.reporting.pages.parts import Column, shown_share, table
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import MINUS, NBSP, days_between, moment_and_year, show_minutes

PROMISES = ("all_counts", "cannot_tell", "no_data", "exact")


def how_panel(how: HowCounted, voice: Voice, *, shows_parts: bool = True) -> Markup:
    """`shows_parts` is False where the kinds of absence could stand for a few pupils."""
    sentence = voice.say(
        "how.sentence", rule=how.rule[voice.lang], programme=how.programme, version=how.version
    )
    return el(
        "section",
        el("h2", voice.say("how.title")),
        el("p", sentence, class_="sentence"),
        el(
            "div",
            el("div", minutes_table(how, voice, shows_parts=shows_parts), _promises(voice)),
            facts_table(how, voice),
            class_="halves",
        ),
        class_="panel span-12",
        id="how",
    )


def facts(how: HowCounted, voice: Voice) -> list[tuple[str, str]]:
    """What was run, over which days, on what was known when."""
    return [
        (voice.say("how.rule"), how.rule[voice.lang]),
        (voice.say("how.programme"), how.programme),
        (voice.say("how.version"), how.version),
        (voice.say("how.window"), days_between(how.window, voice.lang)),
        (voice.say("how.known_at"), moment_and_year(how.known_at, voice.lang)),
        (voice.say("how.receipt"), how.receipt),
        *((voice.say("how.assumption"), text[voice.lang]) for text in how.assumptions),
    ]


def facts_table(how: HowCounted, voice: Voice) -> Markup:
    columns = (Column(voice.say("how.detail")), Column(voice.say("how.value")))
    rows = [
        (name, el("span", value, class_="receipt") if value == how.receipt else value)
        for name, value in facts(how, voice)
    ]
    return table(columns, rows, caption=voice.say("how.rule"))


def _promises(voice: Voice) -> Markup:
    return el("ul", [el("li", voice.say(f"how.{name}")) for name in PROMISES], class_="promises")


def minutes_table(how: HowCounted, voice: Voice, *, shows_parts: bool = True) -> Markup:
    """From scheduled to absent, as a sum."""
    columns = (Column(voice.say("how.part")), Column(voice.say("how.value"), is_number=True))
    rows = list(_minutes_rows(how.minutes, voice, shows_parts=shows_parts))
    return el("div", table(columns, rows, caption=voice.say("how.title")), class_="sum")


def _minutes_rows(m: Minutes, voice: Voice, *, shows_parts: bool) -> Iterable[tuple[Child, Child]]:
    lang = voice.lang
    yield voice.say("how.scheduled"), show_minutes(m.scheduled, lang)
    missing = show_minutes(m.scheduled - m.acknowledged, lang)
    yield voice.say("how.not_acknowledged"), f"{MINUS}{NBSP}{missing}"
    yield strong(voice.say("how.acknowledged")), strong(show_minutes(m.acknowledged, lang))
    if shows_parts:
        for name, minutes in absence_parts(m):
            yield el("span", voice.say(f"how.{name}"), class_="part"), show_minutes(minutes, lang)
    yield absent_row(m, voice)


def absence_parts(m: Minutes) -> list[tuple[str, int]]:
    """The kinds that were there; valid and invalid always, others when there are any."""
    extra = [("unclassified", m.unclassified), ("leave", m.leave)]
    return [
        ("valid", m.valid - m.leave),
        ("invalid", m.invalid),
        *((name, minutes) for name, minutes in extra if minutes),
    ]


def absent_row(m: Minutes, voice: Voice) -> tuple[Child, Child]:
    share = shown_share(Share(m.absent, m.acknowledged), voice)
    minutes = show_minutes(m.absent, voice.lang)
    return strong(voice.say("how.absent")), strong(
        voice.say("how.sum", minutes=minutes, share=share)
    )


def strong(text: str) -> Markup:
    return el("strong", text)
