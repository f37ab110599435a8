"""Frozen values for the pages of handing over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.timetable import Calendar
from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.handing_over.forms import GiveForm, for_all, for_one
from narvaro.web.cases.handing_over.leavers import Held
from narvaro.web.cases.held import Thing, schools_of
from narvaro.web.cases.models import Case, Step
from narvaro.web.cases.routines import programme_of
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.cases.words import name_of_step, time_left
from narvaro.web.pupils.pages import name_of


@dataclass(frozen=True, slots=True)
class Row:
    """A thing to hand over: whom it is about, what it is, its last day, and who takes it."""

    name: str
    url: str
    what: str
    due_on: date | None
    left: str
    is_late: bool
    choice: BoundField
    to: str


@dataclass(frozen=True, slots=True)
class Part:
    """A school's rows, and the choice for all of them."""

    school: Unit
    choice: BoundField
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Share:
    """What one person takes over, in words."""

    who: str
    what: str


def parts_of(form: GiveForm, viewer: Viewer) -> list[Part]:
    """The things by school, what is due first on top."""
    made = []
    for school in schools_of(form.things):
        calendar = calendar_of(school, viewer.now)
        here = [one for one in form.things if one.school == school]
        rows = [_row(one, form, viewer, calendar) for one in here]
        rows.sort(key=lambda one: one.due_on or date.max)
        made.append(Part(school, form[for_all(school)], rows))
    return made


def shares_of(form: GiveForm) -> list[Share]:
    """Who takes over how much, by name."""
    by_person: dict[Account, list[Thing]] = {}
    for one in form.things:
        by_person.setdefault(form.to[one.public_id], []).append(one)
    ordered = sorted(by_person.items(), key=lambda one: one[0].name)
    return [Share(who.name, in_words(held_in(things))) for who, things in ordered]


def held_in(things: Sequence[Thing]) -> Held:
    """How much the things are."""
    kinds = [one.kind for one in things]
    return Held(kinds.count("case"), kinds.count("step"), kinds.count("task"))


def in_words(held: Held) -> str:
    """`7 ärenden, 2 steg i andras ärenden och 1 uppgift`."""
    said = [
        ngettext("%(n)s ärende", "%(n)s ärenden", held.cases) % {"n": held.cases},
        ngettext("%(n)s steg i andras ärenden", "%(n)s steg i andras ärenden", held.steps)
        % {"n": held.steps},
        ngettext("%(n)s uppgift", "%(n)s uppgifter", held.tasks) % {"n": held.tasks},
    ]
    counts = (held.cases, held.steps, held.tasks)
    there = [words for words, n in zip(said, counts, strict=True) if n]
    if not there:
        return _("inget")
    return there[0] if len(there) == 1 else f"{', '.join(there[:-1])} {_('och')} {there[-1]}"


def seen(things: Sequence[Thing]) -> str:
    """A mark of what the page showed: another when something came or went meanwhile."""
    return sha256(" ".join(sorted(one.public_id for one in things)).encode()).hexdigest()[:20]


def _row(one: Thing, form: GiveForm, viewer: Viewer, calendar: Calendar) -> Row:
    row, to = one.row, form.to.get(one.public_id)
    due = _due(row) if isinstance(row, Case) else row.due_on
    return Row(
        name_of(one.pupil),
        _url(one),
        _what(one),
        due,
        time_left(due, viewer.today, calendar),
        due is not None and due < viewer.today,
        form[for_one(one)],
        "" if to is None else to.name,
    )


def _what(one: Thing) -> str:
    row = one.row
    if isinstance(row, Case):
        steps = [step for step in row.steps.all() if step.is_open]
        first = min(steps, key=lambda step: step.due_on or date.max, default=None)
        name = _("följs") if first is None else name_of_step(programme_of(row), first.step).lower()
        return _("Ärende: %(step)s") % {"step": name}
    if isinstance(row, Step):
        name = name_of_step(programme_of(row.case), row.step).lower()
        return _("Steg i ett ärende hos %(who)s: %(step)s") % {
            "who": row.case.owner.name,
            "step": name,
        }
    return _("Uppgift: %(what)s") % {"what": row.get_kind_display()}


def _due(case: Case) -> date | None:
    days = [one.due_on for one in case.steps.all() if one.is_open and one.due_on]
    return min(days, default=None)


def _url(one: Thing) -> str:
    case = one.row if isinstance(one.row, Case) else one.row.case
    return "" if case is None else reverse("case", args=[case.public_id])
