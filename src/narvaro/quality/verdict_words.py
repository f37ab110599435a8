"""Why a month of a school can or cannot be used, in plain Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from narvaro.quality.counting import LessonCounts
from narvaro.quality.weeks import Weeks
from narvaro.shares import limit_in_words, share_in_words
from narvaro.timetable import Language, Month, Week, month_name

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "sv": {
        "usable": (
            "Användbar: schemat är inläst alla veckor med skoldagar, och {time} av tiden är "
            "kvitterad ({lessons} av lektionerna); minst {target} behövs."
        ),
        "not_begun": "Kan inte användas: {month} har inte börjat.",
        "no_school_days": "Kan inte användas: {month} har inga skoldagar.",
        "only_summaries": "Kan inte användas: bara periodsummor har lämnats, inga lektioner.",
        "no_lessons": "Kan inte användas: inga lektioner är kända i {month}; schemat är inte inläst.",
        "weeks_missing": "Kan inte användas: schemat saknas {weeks}.",
        "too_little_acknowledged": (
            "Kan inte användas: {time} av tiden är kvitterad ({lessons} av lektionerna); minst "
            "{target} behövs."
        ),
        "acknowledged": "{time} av tiden är kvitterad ({lessons} av lektionerna).",
        "not_over": "Månaden är inte slut.",
        "calendar": "",
        "other_schools": (
            "Kalender saknas: veckor då huvudmannens andra skolor hade lektioner räknas."
        ),
        "weekdays": "Kalender saknas: varje vecka räknas.",
        "week": "vecka {}",
        "and": "och",
    },
    "en": {
        "usable": (
            "Usable: there is a timetable for every week with school days, and {time} of the time "
            "is acknowledged ({lessons} of the lessons); at least {target} is needed."
        ),
        "not_begun": "Not usable: {month} has not begun.",
        "no_school_days": "Not usable: {month} has no school days.",
        "only_summaries": "Not usable: only sums by period were told, no lessons.",
        "no_lessons": "Not usable: no lessons are known in {month}; the timetable is not loaded.",
        "weeks_missing": "Not usable: no timetable in {weeks}.",
        "too_little_acknowledged": (
            "Not usable: {time} of the time is acknowledged ({lessons} of the lessons); at least "
            "{target} is needed."
        ),
        "acknowledged": "{time} of the time is acknowledged ({lessons} of the lessons).",
        "not_over": "The month is not over.",
        "calendar": "",
        "other_schools": (
            "No calendar: weeks in which the authority's other schools had lessons are counted."
        ),
        "weekdays": "No calendar: every week is counted.",
        "week": "week {}",
        "and": "and",
    },
}


def verdict_in_words(
    language: Language,
    *,
    month: Month,
    why: str,
    weeks: Weeks,
    counts: LessonCounts,
    target: Fraction,
    is_over: bool,
) -> str:
    """Say the verdict, what it rests on, and which weeks were expected where no calendar says."""
    words = _WORDS[language]
    facts = {
        "month": f"{month_name(month.first_day.month, language)} {month.first_day.year}",
        "time": share_in_words(counts.by_time, language, target),
        "lessons": share_in_words(counts.by_lessons, language, target),
        "target": limit_in_words(target, language),
        "weeks": weeks_in_words(weeks.missing, language),
    }
    parts = [why or "usable"]
    if why == "weeks_missing":
        parts.append("acknowledged")
    if not is_over and why != "not_begun":
        parts.append("not_over")
    if why in ("", "weeks_missing", "too_little_acknowledged"):
        parts.append(weeks.basis)
    return " ".join(words[part].format(**facts) for part in parts if words[part])


def weeks_in_words(weeks: Sequence[Week], language: Language) -> str:
    """`vecka 36–38 och 41`, `week 36–38 and 41`; weeks of one year or two."""
    words = _WORDS[language]
    spans: list[list[Week]] = []
    for week in weeks:
        if spans and (week.period.from_on - spans[-1][-1].period.from_on).days == 7:
            spans[-1].append(week)
        else:
            spans.append([week])
    named = [
        str(span[0].number) if len(span) == 1 else f"{span[0].number}–{span[-1].number}"
        for span in spans
    ]
    listed = ", ".join(named[:-1])
    text = f"{listed} {words['and']} {named[-1]}" if listed else "".join(named)
    return words["week"].format(text)
