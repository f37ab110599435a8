"""The frame around every page: header, freshness strip, crumbs, heading, footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from narvaro.reporting.charts import coverage_bar, patterns
from narvaro.reporting.content import Coverage, MonthStatus
from narvaro.reporting.markup import Child, Markup, el
from narvaro.reporting.pages.links import Links
from narvaro.reporting.pages.parts import shown_coverage, shown_goal
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import long_month, moment, short_day

Crumb = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Freshness:
    """Until when, how much of it is acknowledged, and how final it is, for a page's scope."""

    who: str
    data_until: datetime
    coverage: Coverage
    status: MonthStatus


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page needs besides its panels. The title names no pupil, class or key."""

    voice: Voice
    authority: str
    title: str
    heading: str
    lead: Child
    crumbs: Sequence[Crumb] = ()
    freshness: Freshness | None = None
    other_language: str | None = None
    style: Markup | None = None
    actions: Child = None


def page(frame: Frame, *panels: Child) -> str:
    """A whole HTML document. `style` is inlined; without it the page links the site's sheet."""
    voice = frame.voice
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", f"{frame.title} – {voice.say('name')}"),
        el("link", rel="icon", href="data:," if frame.style else "/assets/sign.svg"),
        frame.style or el("link", rel="stylesheet", href="/assets/narvaro.css"),
    )
    body = el(
        "body",
        el("a", voice.say("frame.skip"), href="#content", class_="skip"),
        patterns(),
        _header(frame),
        _strip(frame.freshness, voice) if frame.freshness else None,
        el(
            "main",
            _crumbs(frame),
            _heading(frame),
            el("div", *panels, class_="grid"),
            id="content",
            tabindex="-1",
        ),
        _footer(frame),
    )
    return f"<!doctype html>\n{el('html', head, body, lang=voice.lang)}\n"


def _header(frame: Frame) -> Markup:
    voice = frame.voice
    name = el("span", sign(), el("span", voice.say("name"), class_="name"), class_="brand")
    authority = el("span", frame.authority, class_="authority")
    navigation = None
    if frame.style is None:
        home = Links(voice.lang).overview()
        menu = [el("a", voice.say("frame.schools"), href=home)]
        if frame.other_language:
            other = "en" if voice.lang == "sv" else "sv"
            text = voice.say("frame.other_language")
            menu.append(el("a", text, href=frame.other_language, lang=other, hreflang=other))
        navigation = el("nav", menu, aria_label=voice.say("frame.menu"))
    return el("header", el("div", name, authority, navigation, class_="inner"), class_="top")


def sign() -> Markup:
    """Four squares, the last one open."""
    squares = [
        el("rect", x=x, y=y, width=10, height=10, rx=2.5, class_=class_)
        for x, y, class_ in (
            (1, 1, "sign-on"),
            (13, 1, "sign-half"),
            (1, 13, "sign-on"),
            (13, 13, "sign-open"),
        )
    ]
    return el(
        "svg",
        squares,
        viewBox="0 0 24 24",
        width=24,
        height=24,
        aria_hidden="true",
        focusable="false",
        class_="sign",
    )


def _strip(freshness: Freshness, voice: Voice) -> Markup:
    until = voice.rich(
        "strip.until", who=freshness.who, at=el("strong", moment(freshness.data_until, voice.lang))
    )
    inner = el(
        "div",
        el("span", until),
        el("span", _strip_bar(freshness.coverage, voice), class_="strip-bar"),
        el("span", _strip_words(freshness.coverage, voice)),
        el("span", status_words(freshness.status, voice)),
        class_="inner",
    )
    return el("aside", inner, class_="strip", aria_label=voice.say("strip.label"))


def _strip_words(coverage: Coverage, voice: Voice) -> Markup:
    return voice.rich(
        "strip.coverage",
        time=el("strong", shown_coverage(coverage.time, coverage, voice)),
        lessons=el("strong", shown_coverage(coverage.lessons, coverage, voice)),
        goal=shown_goal(coverage, voice),
    )


def _strip_bar(coverage: Coverage, voice: Voice) -> Markup:
    title = voice.say(
        "coverage.bar",
        name=voice.say("coverage.time"),
        share=shown_coverage(coverage.time, coverage, voice),
        goal=shown_goal(coverage, voice),
    )
    return coverage_bar(coverage.time, goal_percent=coverage.goal_percent, height=10, title=title)


def status_words(status: MonthStatus, voice: Voice) -> Markup:
    """November is preliminary until 4 Dec."""
    name = long_month(status.month, voice.lang)
    if status.status == "preliminary" and status.final_on:
        return voice.rich(
            "strip.preliminary",
            month=name[:1].upper() + name[1:],
            status=el("strong", voice.say("status.preliminary")),
            day=short_day(status.final_on, voice.lang),
        )
    word = el("strong", voice.say(f"status.{status.status}"))
    return voice.rich("strip.final", month=name[:1].upper() + name[1:], status=word)


def _crumbs(frame: Frame) -> Markup | None:
    if not frame.crumbs:
        return None
    items = [
        el("li", el("a", text, href=address) if address else el("span", text, aria_current="page"))
        for text, address in frame.crumbs
    ]
    return el("nav", el("ol", items), class_="crumbs", aria_label=frame.voice.say("frame.crumbs"))


def _heading(frame: Frame) -> Markup:
    words = el("div", el("h1", frame.heading), el("p", frame.lead, class_="lead"))
    actions = el("div", frame.actions, class_="actions") if frame.actions else None
    return el("div", words, actions, class_="page-head")


def _footer(frame: Frame) -> Markup:
    voice = frame.voice
    until = frame.freshness and voice.say(
        "frame.data_until", at=moment(frame.freshness.data_until, voice.lang)
    )
    how = el("a", voice.say("frame.footer_how"), href="#how") if frame.freshness else None
    local = None if frame.style else el("span", voice.say("frame.local"), class_="right")
    inner = el("div", el("span", until) if until else None, how, local, class_="inner")
    return el("footer", inner)
