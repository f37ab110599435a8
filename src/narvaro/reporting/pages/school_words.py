"""Words and numbers that several panels of a school share."""

from __future__ import annotations

from narvaro.reporting.content import Count, SchoolMonthReport, Share, TrendPoint
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import days_between, show_count, show_percent


def shown_count(count: Count, voice: Voice) -> str:
    return voice.say("bands.hidden") if count is None else show_count(count, voice.lang)


def limit_words(report: SchoolMonthReport, voice: Voice, key: str) -> str:
    """The text of `key` for this rule's limit: at least, or more than."""
    limit = report.how.limit
    return voice.say(
        f"{key}_strict" if limit.strict else key, limit=show_percent(limit.percent, voice.lang)
    )


def point_share(point: TrendPoint | None) -> Share | None:
    """None when it is not printed or there is nothing to divide by."""
    if point is None or point.at_or_above is None or not point.assessed:
        return None
    return Share(point.at_or_above, point.assessed)


def window_words(report: SchoolMonthReport, voice: Voice) -> str:
    """The measured days and how many of them were school days."""
    how = report.how
    days = voice.counted("school_days", how.school_days, show_count(how.school_days, voice.lang))
    return voice.say("trend.window", days=days_between(how.window, voice.lang), school_days=days)
