"""How far a school has come with its registration, in plain Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from narvaro.quality.counting import LessonCounts
from narvaro.quality.verdict_words import weeks_in_words
from narvaro.quality.weeks import Weeks
from narvaro.shares import limit_in_words, share_in_words
from narvaro.timetable import Language, day_in_words

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "sv": {
        "no_system": "Inget system: ingen lektion vid skolan har någonsin lämnats.",
        "timetable_not_loaded": "Schemat är inte inläst: inga lektioner är kända under terminen.",
        "not_begun": "Terminen har inte börjat.",
        "only_summaries": "Bara periodsummor har lämnats; lektionerna kan inte bedömas.",
        "partly": "Delvis: {time} av tiden är kvitterad ({lessons} av lektionerna).",
        "reliable": (
            "Tillförlitlig: schemat är inläst alla veckor, och {time} av tiden är kvitterad "
            "({lessons} av lektionerna)."
        ),
        "target": "Minst {target} behövs.",
        "weeks": "Schemat saknas {weeks}.",
        "first": "Första kvitterade lektionen: {first}.",
        "never": "Ingen lektion är kvitterad.",
    },
    "en": {
        "no_system": "No system: no lesson of the school has ever been told of.",
        "timetable_not_loaded": "The timetable is not loaded: no lessons are known in the term.",
        "not_begun": "The term has not begun.",
        "only_summaries": "Only sums by period were told; the lessons cannot be judged.",
        "partly": "Partly: {time} of the time is acknowledged ({lessons} of the lessons).",
        "reliable": (
            "Reliable: there is a timetable for every week, and {time} of the time is acknowledged "
            "({lessons} of the lessons)."
        ),
        "target": "At least {target} is needed.",
        "weeks": "No timetable in {weeks}.",
        "first": "First acknowledged lesson: {first}.",
        "never": "No lesson is acknowledged.",
    },
}


def status_in_words(
    language: Language,
    *,
    status: str,
    weeks: Weeks,
    counts: LessonCounts,
    first: date | None,
    target: Fraction,
) -> str:
    """Say the status, and where it is not whole: the target, the weeks and the first lesson."""
    facts = {
        "time": share_in_words(counts.by_time, language, target),
        "lessons": share_in_words(counts.by_lessons, language, target),
        "target": limit_in_words(target, language),
        "weeks": weeks_in_words(weeks.missing, language),
        "first": day_in_words(first, language) if first else "",
    }
    parts = [status]
    if status == "partly":
        parts += ["target", *(["weeks"] if weeks.missing else []), "first" if first else "never"]
    return " ".join(_WORDS[language][part].format(**facts) for part in parts)
