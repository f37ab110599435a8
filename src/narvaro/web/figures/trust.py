"""Can the figures be used? What is acknowledged, where it is not, and how much that could change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.shares import Share, limit_in_words, reaches
from narvaro.timetable import Month, Window, month_name
from narvaro.web.figures.facts import Facts, Tally, Told, settles_on, together
from narvaro.web.figures.freshness import is_final
from narvaro.web.figures.joint.names import AT_MOST, CERTAIN
from narvaro.web.figures.summary import Compared
from narvaro.web.figures.words import listed
from narvaro.web.ui.written import day_and_month, language

SHOWN_MONTHS = 4


@dataclass(frozen=True, slots=True)
class MonthState:
    """How far a month has come: `kind` is final, preliminary, none or not_usable."""

    name: str
    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Trust:
    """The first panel of a page: an answer, its reason, the shares and what is uncertain."""

    answer: str
    why: str
    minutes: Share | None
    lessons: Share | None
    goal: int
    best: int | None
    worst: int | None
    months: tuple[MonthState, ...]
    note: str
    is_known: bool

    @property
    def is_sure(self) -> bool:
        """What is not acknowledged cannot change the list."""
        return self.best is not None and self.best == self.worst

    @property
    def is_told(self) -> bool:
        """How many are on the list at best and at worst may be shown."""
        return self.best is not None and self.worst is not None


@dataclass(frozen=True, slots=True)
class Parts:
    """What a place is made of, by name: the classes of a school, the schools of the rest."""

    tallies: Mapping[str, Tally]
    are_classes: bool
    is_one_class: bool = False
    untold: frozenset[str] = frozenset()
    """Names of those of which it is not shown how many cannot be assessed."""


def trust_of(
    facts: Facts, schools: Sequence[str], parts: Parts, window: Window, compared: Compared
) -> Trust:
    """The panel for some schools and the parts they are seen as."""
    counts = facts.school_lessons(schools, facts.period(window))
    whole, shown = compared.now, compared.shown
    answer, why = answer_of(facts, parts)
    return Trust(
        answer=answer,
        why=why,
        minutes=whole.coverage if parts.is_one_class else counts.by_time,
        lessons=whole.lesson_coverage if parts.is_one_class else counts.by_lessons,
        goal=int(facts.programme.registration.target),
        best=None if shown.hides(CERTAIN) else whole.certain,
        worst=None if shown.hides(AT_MOST) else whole.at_most,
        months=_months(facts, schools),
        note=_note(facts),
        is_known=whole.assessed > 0,
    )


def answer_of(facts: Facts, parts: Parts) -> tuple[str, str]:
    """Can the figures be used, and where and why not."""
    target = facts.programme.registration.target
    empty = [name for name, tally in parts.tallies.items() if not tally.minutes[0]]
    short = [
        name
        for name, tally in parts.tallies.items()
        if tally.minutes[0] and not reaches(tally.coverage, target)
    ]
    every, good = len(parts.tallies), len(parts.tallies) - len(short) - len(empty)
    return _first(good, every, are_classes=parts.are_classes), _why(parts, short, empty, target)


def _first(good: int, every: int, *, are_classes: bool) -> str:
    if not every:
        return _("Det går inte att säga: inga elever är kända här.")
    if good == every:
        return _("Ja.")
    words = {"good": good, "every": every}
    if not good:
        return _("Nej, inte för någon klass.") if are_classes else _("Nej, inte för någon skola.")
    if are_classes:
        return _("Ja, för %(good)s av %(every)s klasser.") % words
    return _("Ja, för %(good)s av %(every)s skolor.") % words


def _why(parts: Parts, short: list[str], empty: list[str], target: Fraction) -> str:
    named = (*short, *empty)
    untold = together(parts.tallies[name] for name in named).cannot_tell
    said = []
    if short:
        said.append(_("I %(places)s saknas kvittenser.") % {"places": listed(short)})
    if empty:
        said.append(
            _("För %(places)s är inga lektioner kända; det är inte noll frånvaro.")
            % {"places": listed(empty)}
        )
    if untold and not parts.untold.intersection(named):
        said.append(
            ngettext(
                "%(n)s elev där går inte att bedöma.",
                "%(n)s elever där går inte att bedöma.",
                untold,
            )
            % {"n": untold}
        )
    return " ".join(said) or _("Minst %(goal)s av tiden är kvitterad överallt.") % {
        "goal": limit_in_words(target, language())
    }


def _months(facts: Facts, schools: Sequence[str]) -> tuple[MonthState, ...]:
    months = [one for one in facts.months if one <= facts.month][-SHOWN_MONTHS:]
    told = facts.verdicts(months) if months else {}
    return tuple(
        _state(
            facts, month, [told[(school, month)] for school in schools if (school, month) in told]
        )
        for month in months
    )


def _state(facts: Facts, month: Month, told: Sequence[Told]) -> MonthState:
    name = month_name(month.first_day.month, language())[:3].capitalize()
    if not told or all(one.why in ("no_lessons", "no_school_days", "not_begun") for one in told):
        return MonthState(name, "none", _("inga lektioner"))
    if not any(one.is_usable for one in told):
        return MonthState(name, "not_usable", _("räcker inte"))
    if is_final(facts, month):
        return MonthState(name, "final", _("slutlig"))
    return MonthState(name, "preliminary", _("preliminär"))


def _note(facts: Facts) -> str:
    name = month_name(facts.month.first_day.month, language()).capitalize()
    if is_final(facts, facts.month):
        return _("%(month)s är slutlig. Senare rättelser syns som rättelser.") % {"month": name}
    day = day_and_month(settles_on(facts.month))
    return _("%(month)s blir slutlig %(day)s.") % {"month": name, "day": day}
