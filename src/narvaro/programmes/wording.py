"""Rules and scopes in plain Swedish and English, for reasons, reports and the reference."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from narvaro.programmes.model import Rule, Scope
from narvaro.programmes.programme import Programme
from narvaro.timetable import GRADES, Language, day_in_words, month_name, window_in_words


def per_cent_in_words(share: Fraction, language: Language) -> str:
    """An exact per cent as it is written: `15 %`, `12,5 %`; `12.5 per cent`.

    The fraction has to be a decimal of at most six places, as every limit is.
    """
    millionths = Decimal(share.numerator * 10**6 // share.denominator)
    text = f"{millionths.scaleb(-6):f}".rstrip("0").rstrip(".")
    return f"{text.replace('.', ',')} %" if language == "sv" else f"{text} per cent"


def rule_in_words(rule: Rule, language: Language) -> str:
    """`minst 15 % frånvaro under 3 kalendermånader i följd`."""
    limit = per_cent_in_words(rule.limit, language)
    window = window_in_words(rule.window, language)
    if language == "sv":
        least = "minst" if rule.operator == ">=" else "mer än"
        return f"{least} {limit} frånvaro{_upper(rule, language)} under {window}"
    least = "at least" if rule.operator == ">=" else "more than"
    return f"{least} {limit} absence{_upper(rule, language)} over {window}"


def scope_in_words(programme: Programme, language: Language) -> str:
    """`årskurs 1–3`, `13–16 år`, `alla årskurser`."""
    scope = programme.scope
    if scope.ages:
        ages = f"{scope.ages.from_age}–{scope.ages.to_age}"
        return f"{ages} år" if language == "sv" else f"ages {ages}"
    return _grades(scope, language)


def check_days_in_words(rule: Rule, language: Language) -> str:
    """`varje månadsslut`, `30 november och 30 april`."""
    joined = " och " if language == "sv" else " and "
    if not rule.check_on:
        return "varje månadsslut" if language == "sv" else "every month end"
    return joined.join(f"{day} {month_name(month, language)}" for month, day in rule.check_on)


def dates_in_words(programme: Programme, language: Language) -> str:
    """`1 januari 2018–30 juni 2018`, `från 27 juni 2018`, `inga datum angivna`."""
    first, last = programme.in_force.from_on, programme.in_force.to_on
    if first and last:
        return f"{day_in_words(first, language)}–{day_in_words(last, language)}"
    if first:
        return f"{'från' if language == 'sv' else 'from'} {day_in_words(first, language)}"
    if last:
        return f"{'till' if language == 'sv' else 'until'} {day_in_words(last, language)}"
    return "inga datum angivna" if language == "sv" else "no dates stated"


def _upper(rule: Rule, language: Language) -> str:
    if rule.upper_limit is None:
        return ""
    limit = per_cent_in_words(rule.upper_limit, language)
    if rule.upper_operator == "<=":
        return f" och högst {limit}" if language == "sv" else f" and at most {limit}"
    return f" men mindre än {limit}" if language == "sv" else f" but less than {limit}"


def _grades(scope: Scope, language: Language) -> str:
    if not scope.grades:
        return "alla årskurser" if language == "sv" else "all grades"
    places = sorted(GRADES.index(grade) for grade in scope.grades)
    names = [_grade(GRADES[place], language) for place in places]
    in_a_row = places == list(range(places[0], places[-1] + 1)) and len(places) > 1
    named = f"{names[0]}–{names[-1]}" if in_a_row else ", ".join(names)
    return f"{'årskurs' if language == 'sv' else 'grades'} {named}"


def _grade(grade: str, language: Language) -> str:
    return "förskola" if grade == "preschool" and language == "sv" else grade
