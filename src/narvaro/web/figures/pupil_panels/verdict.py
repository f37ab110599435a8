"""What a rule says of a pupil, in sentences: over or under, how sure, and by how many minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.measurement import AbsenceRow
from narvaro.programmes import Rule
from narvaro.web.figures.facts import Standing
from narvaro.web.ui import written
from narvaro.web.ui.charts.words import limit_text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule says: one word for how sure, and sentences. `kind` is sure or unknown."""

    head: str
    sentences: Sequence[str]
    kind: str


def verdict_of(standing: Standing, rule: Rule) -> Verdict:
    """Over or under the limit, how sure, why, and by how many minutes."""
    row, judged = standing.absence, standing.judgement
    if judged.outcome == "cannot_tell":
        return Verdict(_("Kan inte bedömas"), list(_untellable(standing, rule)), "unknown")
    is_over = judged.outcome == "flagged"
    is_sure = judged.certainty == "certain"
    sentences = [_bounds(row, rule, is_over=is_over, is_sure=is_sure)]
    if rule.upper_limit is None:
        sentences.append(_margin(row, rule, is_over=is_over))
    if judged.certainty == "approximate":
        sentences.append(_("Källan lämnade avrundade summor, så utfallet är ungefärligt."))
    return Verdict(
        _head(rule, is_over=is_over, is_sure=is_sure), sentences, "sure" if is_sure else ""
    )


def _head(rule: Rule, *, is_over: bool, is_sure: bool) -> str:
    """Of a rule with two limits it is said whether the share lies between them."""
    if rule.upper_limit is not None:
        within = {
            (True, True): _("Säkert mellan regelns gränser"),
            (True, False): _("Troligen mellan regelns gränser"),
            (False, True): _("Säkert utanför regelns gränser"),
            (False, False): _("Troligen utanför regelns gränser"),
        }
        return within[(is_over, is_sure)]
    heads = {
        (True, True): _("Säkert över gränsen"),
        (True, False): _("Troligen över gränsen"),
        (False, True): _("Säkert under gränsen"),
        (False, False): _("Troligen under gränsen"),
    }
    return heads[(is_over, is_sure)]


def _bounds(row: AbsenceRow, rule: Rule, *, is_over: bool, is_sure: bool) -> str:
    """The best and the worst that lessons not acknowledged can make of it."""
    untold = row.lessons - row.acknowledged_lessons
    low, high = written.share(row.low, rule.limit), written.share(row.high, rule.limit)
    if row.scheduled_minutes == row.acknowledged_minutes:
        return _("Alla lektioner är kvitterade.")
    if not untold:
        return _("En del av tiden är inte kvitterad: lägst %(low)s, högst %(high)s.") % {
            "low": low,
            "high": high,
        }
    words = {"n": untold, "low": low, "high": high}
    if is_sure and rule.upper_limit is not None:
        return _("Lägst %(low)s, högst %(high)s.") % words
    if is_sure and is_over:
        return (
            ngettext(
                "Även om eleven var närvarande på den okvitterade lektionen blir det %(low)s.",
                "Även om eleven var närvarande på alla %(n)d okvitterade lektioner blir det %(low)s.",
                untold,
            )
            % words
        )
    if is_sure:
        return (
            ngettext(
                "Även om eleven var borta från den okvitterade lektionen blir det högst %(high)s.",
                "Även om eleven var borta från alla %(n)d okvitterade lektioner blir det högst %(high)s.",
                untold,
            )
            % words
        )
    return (
        ngettext(
            "Den okvitterade lektionen avgör: lägst %(low)s om eleven var där, högst %(high)s annars.",
            "De %(n)d okvitterade lektionerna avgör: lägst %(low)s om eleven var där, "
            "högst %(high)s annars.",
            untold,
        )
        % words
    )


def margin_minutes(row: AbsenceRow, rule: Rule, *, is_over: bool) -> int:
    """How many whole minutes fewer would still be over the limit, or how many more would reach it."""
    edge = rule.limit * row.acknowledged_minutes / 100
    is_strict = rule.operator == ">"
    if is_over:
        spare = row.absent_minutes - edge
        return ceil(spare) - 1 if is_strict else floor(spare)
    lacking = edge - row.absent_minutes
    return floor(lacking) + 1 if is_strict else ceil(lacking)


def _margin(row: AbsenceRow, rule: Rule, *, is_over: bool) -> str:
    if not row.acknowledged_minutes:
        return _("Ingen tid är kvitterad, så det finns ingen andel att jämföra.")
    minutes = written.minutes(margin_minutes(row, rule, is_over=is_over))
    if is_over:
        return _("Marginalen är %(minutes)s.") % {"minutes": minutes}
    return _("Det är %(minutes)s kvar till gränsen.") % {"minutes": minutes}


def _untellable(standing: Standing, rule: Rule) -> Iterable[str]:
    row, why = standing.absence, standing.judgement.why
    if why == "too_little_acknowledged":
        needed = ceil(rule.coverage_floor * row.scheduled_minutes / 100) - row.acknowledged_minutes
        yield _(
            "%(share)s är kvitterat och %(floor)s behövs. %(minutes)s till behöver kvitteras."
        ) % {
            "share": written.share(row.coverage, rule.coverage_floor),
            "floor": limit_text(Fraction(rule.coverage_floor)),
            "minutes": written.minutes(needed),
        }
        yield _("Lägst %(low)s, högst %(high)s.") % {
            "low": written.share(row.low, rule.limit),
            "high": written.share(row.high, rule.limit),
        }
    elif why == "too_few_minutes":
        yield _("Färre än %(minutes)s är schemalagda i mätperioden.") % {
            "minutes": written.minutes(rule.minimum_minutes or 0)
        }
    elif why == "straddled":
        yield _("En summa för en hel period sträcker sig över mätperiodens kant.")
    elif why == "no_lessons_this_month":
        yield _("Månaden har inga lektioner för eleven.")
    else:
        yield _("Mätperioden har inga lektioner för eleven. Det är inte noll frånvaro.")
