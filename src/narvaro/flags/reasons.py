"""The reason of a flag in plain Swedish and English: what was counted, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping

from narvaro.flags.outcome import Judgement
from narvaro.measurement import AbsenceRow
from narvaro.programmes import Rule
from narvaro.shares import bare_limit_in_words, percent_in_words
from narvaro.timetable import Language, Month, Period, month_name, period_in_words

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "sv": {
        "counted": "Frånvarande {absent} av {acknowledged} kvitterade minuter {period} ({share} %).",
        "limit": "Gränsen är {limit}.",
        ">=": "{limit} % eller mer",
        ">": "mer än {limit} %",
        "upto<=": "{limit} till och med {upper} %",
        "upto<": "{limit} till under {upper} %",
        "coverage": "{coverage} % av tiden är kvitterad.",
        "certain flagged": "Säkert, vad de okvitterade lektionerna än innehöll.",
        "certain not_flagged": "Säkert inte, vad de okvitterade lektionerna än innehöll.",
        "likely flagged": "Troligen: okvitterade lektioner kan ändra det.",
        "likely not_flagged": "Troligen inte: okvitterade lektioner kan ändra det.",
        "approximate flagged": "Ungefärligt: källan lämnade avrundade summor.",
        "approximate not_flagged": "Ungefärligt: källan lämnade avrundade summor.",
        "no_lessons": "Kan inte bedömas: inga lektioner {period}.",
        "no_lessons_this_month": "Kan inte bedömas: inga lektioner i {month}.",
        "straddled": "Kan inte bedömas: en periodsumma sträcker sig över periodens kant.",
        "too_few_minutes": "Kan inte bedömas: färre än {minimum} schemalagda minuter.",
        "too_little_acknowledged": (
            "Kan inte bedömas: {coverage} % av tiden är kvitterad, {floor} % behövs."
        ),
        "incomplete": "Utan lektioner: {months}.",
    },
    "en": {
        "counted": "Absent {absent} of {acknowledged} acknowledged minutes, {period} ({share} %).",
        "limit": "The limit is {limit}.",
        ">=": "{limit} % or more",
        ">": "more than {limit} %",
        "upto<=": "{limit} up to and including {upper} %",
        "upto<": "{limit} to under {upper} %",
        "coverage": "{coverage} % of the time is acknowledged.",
        "certain flagged": "Certain, whatever the lessons not acknowledged held.",
        "certain not_flagged": "Certainly not, whatever the lessons not acknowledged held.",
        "likely flagged": "Likely: lessons not acknowledged may change it.",
        "likely not_flagged": "Likely not: lessons not acknowledged may change it.",
        "approximate flagged": "Approximate: the source gave rounded sums.",
        "approximate not_flagged": "Approximate: the source gave rounded sums.",
        "no_lessons": "Cannot tell: no lessons, {period}.",
        "no_lessons_this_month": "Cannot tell: no lessons in {month}.",
        "straddled": "Cannot tell: a period summary reaches over the window's edge.",
        "too_few_minutes": "Cannot tell: fewer than {minimum} scheduled minutes.",
        "too_little_acknowledged": (
            "Cannot tell: {coverage} % of the time is acknowledged, {floor} % is needed."
        ),
        "incomplete": "Without lessons: {months}.",
    },
}

_THIN = "\N{NARROW NO-BREAK SPACE}"


def reason(
    language: Language,
    *,
    rule: Rule,
    row: AbsenceRow,
    judgement: Judgement,
    incomplete: tuple[Month, ...],
    month: Month,
) -> str:
    """Say in a few plain sentences what was counted, the limit, the coverage and how sure it is."""
    words = _WORDS[language]
    facts = {
        "absent": _count(row.absent_minutes),
        "acknowledged": _count(row.acknowledged_minutes),
        "period": period_in_words(Period(row.from_on, row.to_on), language),
        "share": percent_in_words(row.share, language, *rule.limits),
        "limit": _limit(rule, language),
        "coverage": percent_in_words(row.coverage, language, rule.coverage_floor),
        "minimum": _count(rule.minimum_minutes or 0),
        "floor": bare_limit_in_words(rule.coverage_floor, language),
        "month": _month(month, language),
        "months": ", ".join(_month(one, language) for one in incomplete),
    }
    if judgement.outcome == "cannot_tell":
        parts = [words[judgement.why]]
    else:
        certainty = f"{judgement.certainty} {judgement.outcome}"
        parts = [words["counted"], words["limit"], words["coverage"], words[certainty]]
    if incomplete:
        parts.append(words["incomplete"])
    return " ".join(part.format(**facts) for part in parts)


def _limit(rule: Rule, language: Language) -> str:
    limit = bare_limit_in_words(rule.limit, language)
    if rule.upper_limit is None:
        return _WORDS[language][rule.operator].format(limit=limit)
    upper = bare_limit_in_words(rule.upper_limit, language)
    return _WORDS[language][f"upto{rule.upper_operator}"].format(limit=limit, upper=upper)


def _count(number: int) -> str:
    return f"{number:,}".replace(",", _THIN)


def _month(month: Month, language: Language) -> str:
    day = month.first_day
    return f"{month_name(day.month, language)} {day.year}"
