"""Who came to consultations: by school and term, counts of places and never of persons (P11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.models import Answer, Asked, Booking
from narvaro.web.consultations.rules import Counts, Said, counted
from narvaro.web.projects.models import Event, Project
from narvaro.web.ui.sorting import name_key

TERMS = 3
"""How many terms stand beside one another."""


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """Half a school year: January to June, or July to December."""

    year: int
    half: int

    @property
    def name(self) -> str:
        """`ht 2026`."""
        said = _("ht %(year)d") if self.half == 2 else _("vt %(year)d")
        return said % {"year": self.year}

    @property
    def first_day(self) -> date:
        """1 January or 1 July."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    def before(self) -> Term:
        """The term before."""
        return Term(self.year, 1) if self.half == 2 else Term(self.year - 1, 2)


def term_of(day: date) -> Term:
    """The term that holds a day."""
    return Term(day.year, 1 if day.month < 7 else 2)


def terms_until(today: date) -> list[Term]:
    """Those before this term and it, the first first: one reads how it went."""
    terms = [term_of(today)]
    while len(terms) < TERMS:
        terms.append(terms[-1].before())
    return terms[::-1]


@dataclass(frozen=True, slots=True)
class InTerm:
    """One school in one term. `late` are bookings that were given back too late for others."""

    term: Term
    counts: Counts
    given_back: int
    late: int


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school through the terms, with whose advisers they were and what else happened."""

    name: str
    terms: Sequence[InTerm]
    advisers: Sequence[str]
    events: Sequence[Event]


def schools_rows(viewer: Viewer, action: str) -> list[SchoolRow]:
    """Every school in reach with a consultation in the terms, by name."""
    terms = terms_until(viewer.today)
    found: dict[Unit, list[Booking]] = defaultdict(list)
    mine = Booking.objects.visible_to(viewer, action).filter(
        slot__on__gte=terms[0].first_day, slot__starts_at__lte=viewer.now, slot__cancelled_at=None
    )
    linked = mine.select_related("unit", "slot__unit__authority").prefetch_related("asked")
    for one in linked.order_by("slot__starts_at", "pk"):
        found[one.unit].append(one)
    events = _events(viewer, found, terms[0].first_day)
    rows = [_row(unit, bookings, terms, events) for unit, bookings in found.items()]
    return sorted(rows, key=lambda one: name_key(one.name))


def counts_of(bookings: Iterable[Booking]) -> Counts:
    """The counts of those that were held."""
    return counted([said_of(one.asked.all()) for one in bookings if one.held_at is not None])


def said_of(asked: Iterable[Asked]) -> list[Said]:
    """Those asked, as the rules read them."""
    return [
        Said(one.pk, one.answer == Answer.DOES_NOT, one.was_present, one.stands_in_for_id)
        for one in asked
    ]


def _row(
    unit: Unit,
    bookings: Sequence[Booking],
    terms: Sequence[Term],
    events: Mapping[int | None, Sequence[Event]],
) -> SchoolRow:
    advisers = dict.fromkeys(one.slot.unit.authority.name for one in bookings)
    about = sorted([*events[unit.pk], *events[None]], key=lambda one: (one.on, one.pk))
    return SchoolRow(unit.name, [_in_term(one, bookings) for one in terms], list(advisers), about)


def _in_term(term: Term, bookings: Sequence[Booking]) -> InTerm:
    mine = [one for one in bookings if term_of(one.slot.on) == term]
    back = [one for one in mine if one.cancelled_at is not None]
    return InTerm(term, counts_of(mine), len(back), sum(_is_late(one) for one in back))


def _is_late(booking: Booking) -> bool:
    """Given back on a day when no other school could book it any more."""
    back = booking.cancelled_at
    return back is not None and local_day(back) > booking.slot.closes_on


def _events(
    viewer: Viewer, units: Iterable[Unit], since: date
) -> Mapping[int | None, Sequence[Event]]:
    """What the viewer's projects noted of the schools, and of all, until the viewer's day."""
    found: dict[int | None, list[Event]] = defaultdict(list)
    if not viewer.may("projects.project"):
        return found
    told = Event.objects.filter(
        project__in=Project.objects.visible_to(viewer, "projects.project"),
        on__range=(since, viewer.today),
    )
    wanted = {one.pk for one in units} | {None}
    for one in told.order_by("on", "pk"):
        if one.school_id in wanted:
            found[one.school_id].append(one)
    return found
