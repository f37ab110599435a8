"""Så räknas det: from scheduled minutes to a verdict in one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from narvaro.reporting.charts import limit_axis
from narvaro.reporting.content import Limit, Share
from narvaro.reporting.markup import Child, Markup, el
from narvaro.reporting.pages.how import absence_parts, facts_table, strong
from narvaro.reporting.pages.parts import Column, in_sizes, shown_share, table
from narvaro.reporting.site_content import Explanation
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import (
    MINUS,
    NBSP,
    day_and_year,
    days_between,
    show_count,
    show_minutes,
    show_percent,
)


@dataclass(frozen=True, slots=True)
class _Bounds:
    share: Share
    low: Share
    high: Share

    @classmethod
    def of(cls, explanation: Explanation) -> _Bounds:
        m = explanation.how.minutes
        waiting = m.scheduled - m.acknowledged
        return cls(
            Share(m.absent, m.acknowledged),
            Share(m.absent, m.scheduled),
            Share(m.absent + waiting, m.scheduled),
        )


def outcome_words(explanation: Explanation, voice: Voice) -> str:
    """Over the limit: certain; and so on."""
    if explanation.outcome == "cannot_tell" or explanation.certainty is None:
        return voice.say("pupil.cannot_tell")
    side = "over" if explanation.outcome == "flagged" else "under"
    return voice.say(f"pupil.{side}_{explanation.certainty}")


def explanation_panel(explanation: Explanation, voice: Voice) -> Markup:
    how = explanation.how
    sentence = voice.say(
        "explain.sentence",
        day=day_and_year(how.window.to_on, voice.lang),
        rule=how.rule[voice.lang],
        version=how.version,
    )
    return el(
        "section",
        el("h2", voice.say("how.title")),
        el("p", sentence, class_="sentence"),
        el(
            "div",
            el("div", _minutes(explanation, voice), class_="sum"),
            el(
                "div",
                _axis(explanation, voice),
                verdict_note(explanation, voice),
                facts_table(how, voice),
            ),
            class_="halves",
        ),
        class_="panel span-12",
        id="how",
    )


def _minutes(explanation: Explanation, voice: Voice) -> Markup:
    columns = (Column(voice.say("how.part")), Column(voice.say("how.value"), is_number=True))
    return table(columns, list(_rows(explanation, voice)), caption=voice.say("how.title"))


def _rows(explanation: Explanation, voice: Voice) -> Iterable[tuple[Child, Child]]:
    m, how, lang = explanation.how.minutes, explanation.how, voice.lang
    yield (
        voice.say(
            "explain.scheduled",
            days=days_between(how.window, lang),
            school_days=voice.counted("school_days", how.school_days, str(how.school_days)),
            lessons=_lessons(explanation.lessons, voice),
        ),
        show_minutes(m.scheduled, lang),
    )
    waiting = _lessons(explanation.unacknowledged_lessons, voice)
    missing = show_minutes(m.scheduled - m.acknowledged, lang)
    yield voice.say("explain.not_acknowledged", lessons=waiting), f"{MINUS}{NBSP}{missing}"
    share = _shown_coverage(explanation, voice)
    yield (
        strong(voice.say("explain.acknowledged", share=share)),
        strong(show_minutes(m.acknowledged, lang)),
    )
    for name, minutes in absence_parts(m):
        yield el("span", voice.say(f"how.{name}"), class_="part"), show_minutes(minutes, lang)
    shown = shown_share(Share(m.absent, m.acknowledged), voice, how.limit)
    absent = voice.say(
        "how.absent_of",
        absent=show_count(m.absent, lang),
        acknowledged=show_count(m.acknowledged, lang),
    )
    total = voice.say("how.sum", minutes=show_minutes(m.absent, lang), share=shown)
    yield strong(absent), strong(total)


def _lessons(count: int, voice: Voice) -> str:
    return voice.counted("explain.lessons", count, show_count(count, voice.lang))


def _axis(explanation: Explanation, voice: Voice) -> Markup | None:
    bounds, limit = _Bounds.of(explanation), explanation.how.limit
    if not bounds.low.denominator:
        return None
    title = voice.say(
        "explain.axis" if bounds.share.denominator else "explain.axis_none",
        limit=show_percent(limit.percent, voice.lang),
        **_shown(bounds, limit, voice),
    )
    return in_sizes(
        lambda width: limit_axis(
            bounds.share,
            bounds.low,
            bounds.high,
            limit=limit,
            voice=voice,
            title=title,
            width=width,
        ),
        widest=520,
    )


def _shown(bounds: _Bounds, limit: Limit, voice: Voice) -> dict[str, str]:
    return {
        "share": shown_share(bounds.share, voice, limit),
        "low": shown_share(bounds.low, voice, limit),
        "high": shown_share(bounds.high, voice, limit),
    }


def verdict_note(explanation: Explanation, voice: Voice) -> Markup:
    """One sentence with the verdict, why, and what was corrected since."""
    key = _verdict_key(explanation)
    class_ = "verdict open" if explanation.certainty != "certain" else "verdict"
    since = explanation.corrections_since
    corrections = (
        voice.counted("explain.corrections", since, show_count(since, voice.lang))
        if since
        else voice.say("explain.corrections.none")
    )
    head = voice.say(f"explain.{key}") if key != "no_lessons" else voice.say("explain.cannot_tell")
    return el(
        "p", el("strong", head), " ", _why(explanation, key, voice), " ", corrections, class_=class_
    )


def _verdict_key(explanation: Explanation) -> str:
    if not explanation.how.minutes.scheduled:
        return "no_lessons"
    if explanation.outcome == "cannot_tell" or explanation.certainty is None:
        return "cannot_tell"
    side = "over" if explanation.outcome == "flagged" else "under"
    return f"{explanation.certainty}_{side}"


def _why(explanation: Explanation, key: str, voice: Voice) -> str:
    bounds, limit = _Bounds.of(explanation), explanation.how.limit
    m = explanation.how.minutes
    if key.startswith("certain") and m.scheduled == m.acknowledged:
        key = key.replace("certain", "complete")
    return voice.say(
        f"explain.{key}_why",
        **_shown(bounds, limit, voice),
        margin=show_count(margin_minutes(explanation), voice.lang),
        coverage=_shown_coverage(explanation, voice),
        floor=show_percent(explanation.coverage_floor_percent, voice.lang),
    )


def _shown_coverage(explanation: Explanation, voice: Voice) -> str:
    m, floor_ = explanation.how.minutes, explanation.coverage_floor_percent
    return shown_share(Share(m.acknowledged, m.scheduled), voice, Limit(floor_))


def margin_minutes(explanation: Explanation) -> int:
    """Whole absent minutes between the share and the limit.

    Over the limit: how many fewer would still be over. Under it: how many more would reach it.
    """
    m, limit = explanation.how.minutes, explanation.how.limit
    reached = limit.percent * m.acknowledged / 100
    least = floor(reached) + 1 if limit.strict else ceil(reached)
    return m.absent - least if m.absent >= least else least - m.absent
