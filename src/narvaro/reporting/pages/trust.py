"""First of all: can the figures be used, and how much is acknowledged."""

from __future__ import annotations

from narvaro.reporting.content import Coverage, MonthStatus, SchoolMonthReport, Verdict
from narvaro.reporting.markup import Markup, el
from narvaro.reporting.pages.parts import coverage_row, shown_goal
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import long_day, short_month
from narvaro.timetable import month_name


def trust_panel(report: SchoolMonthReport, voice: Voice) -> Markup:
    """First of all: can the figures be used, and how much is acknowledged."""
    return el(
        "section",
        el("div", el("h2", voice.say("coverage.title")), verdict(report.verdict, voice)),
        coverage_block(report.coverage, voice),
        _statuses(report.statuses, voice),
        class_="panel span-12 trust",
    )


def verdict(value: Verdict, voice: Voice) -> Markup:
    word = voice.say("coverage.yes" if value.is_usable else "coverage.no")
    return el("p", el("strong", word), " ", value.reason[voice.lang])


def coverage_block(coverage: Coverage, voice: Voice) -> Markup:
    if not coverage.time.denominator:
        return el("p", voice.say("coverage.no_data"))
    return el(
        "div",
        coverage_row(voice.say("coverage.time"), coverage.time, coverage, voice),
        coverage_row(voice.say("coverage.lessons"), coverage.lessons, coverage, voice),
        el("p", voice.say("coverage.note", goal=shown_goal(coverage, voice)), class_="caption"),
    )


def _statuses(statuses: tuple[MonthStatus, ...], voice: Voice) -> Markup:
    boxes = [
        el(
            "li",
            el("strong", short_month(status.month, voice.lang).capitalize()),
            el("span", voice.say(f"status.{status.status}")),
            class_=status.status.replace("_", "-"),
        )
        for status in statuses[-4:]
    ]
    ahead = [s for s in statuses if s.status == "preliminary" and s.final_on]
    until = [
        voice.say(
            "status.becomes_final",
            month=month_name(status.month.first_day.month, voice.lang).capitalize(),
            day=long_day(status.final_on, voice.lang),
        )
        for status in ahead
        if status.final_on
    ]
    return el(
        "div",
        el("h3", voice.say("status.title")),
        el("ul", boxes, class_="months"),
        [el("p", text, class_="caption") for text in until],
    )
