"""Who is there when pupils are decided on: expected and present, by profession and term (P9).

Counts of meetings only: no pupil, and no person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from narvaro.web.accounts.clock import end_of
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.models import Kind, Meeting
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

    def before(self) -> Term:
        """The term before."""
        return Term(self.year, 1) if self.half == 2 else Term(self.year - 1, 2)


def term_of(day: date) -> Term:
    """The term that holds a day."""
    return Term(day.year, 1 if day.month < 7 else 2)


@dataclass(frozen=True, slots=True)
class Seen:
    """At how many meetings a profession was expected, and at how many somebody of it was there."""

    present: int
    expected: int


@dataclass(frozen=True, slots=True)
class ProfessionRow:
    """A profession through the terms, the latest first; None where it was not expected."""

    name: str
    terms: Sequence[Seen | None]


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting that was held, and the professions that were missing."""

    on: date
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """One school: professions by term, meetings held and how many lacked somebody."""

    name: str
    public_id: str
    professions: Sequence[ProfessionRow]
    held: Sequence[int]
    lacking: Sequence[int]
    meetings: Sequence[MeetingRow]

    @property
    def sums(self) -> list[tuple[int, int]]:
        """Held and lacking somebody, by term."""
        return list(zip(self.held, self.lacking, strict=True))


@dataclass(slots=True)
class _Count:
    held: Counter[Term] = field(default_factory=Counter)
    lacking: Counter[Term] = field(default_factory=Counter)
    expected: Counter[tuple[Role, Term]] = field(default_factory=Counter)
    present: Counter[tuple[Role, Term]] = field(default_factory=Counter)
    meetings: list[MeetingRow] = field(default_factory=list)


def terms_until(today: date) -> list[Term]:
    """This term and those before it, the latest first."""
    terms = [term_of(today)]
    while len(terms) < TERMS:
        terms.append(terms[-1].before())
    return terms


def schools_page(viewer: Viewer, action: str) -> list[SchoolPage]:
    """Every school in the viewer's reach that has met, by name."""
    terms = terms_until(viewer.today)
    held = (
        Meeting.objects.visible_to(viewer, action)
        .held()
        .filter(series__kind=Kind.STUDENT_HEALTH, starts_at__lte=end_of(viewer.today))
        .select_related("series__school")
        .prefetch_related("invited")
    )
    counts: dict[Unit, _Count] = defaultdict(_Count)
    for meeting in held:
        _add(counts[meeting.series.school], meeting)
    pages = [_page(school, count, terms) for school, count in counts.items()]
    return sorted(pages, key=lambda one: name_key(one.name))


def least_seen(meeting: Meeting, today: date) -> str:
    """A sentence on the profession that came to the fewest of the series' meetings this term."""
    term = term_of(today)
    count = _Count()
    for one in meeting.series.meetings.held().prefetch_related("invited"):
        _add(count, one)
    if not count.held[term]:
        return ""
    roles = [role for role, when in count.expected if when == term]
    missed = {role: count.expected[role, term] - count.present[role, term] for role in roles}
    worst = max(roles, key=lambda role: missed[role], default=None)
    if worst is None or not missed[worst]:
        return _("Alla väntade professioner har varit med den här terminen.")
    said = _("Möten i %(term)s: %(held)d. %(role)s har varit med på %(present)d av %(expected)d.")
    return said % {
        "term": term.name,
        "held": count.held[term],
        "role": str(worst.label).capitalize(),
        "present": count.present[worst, term],
        "expected": count.expected[worst, term],
    }


def _add(count: _Count, meeting: Meeting) -> None:
    term = term_of(meeting.day)
    there = {one.profession for one in meeting.invited.all() if one.was_present}
    count.held[term] += 1
    for role in meeting.roles():
        count.expected[role, term] += 1
        count.present[role, term] += str(role) in there
    missing = [str(role.label) for role in meeting.roles() if str(role) not in there]
    count.lacking[term] += bool(missing)
    count.meetings.append(MeetingRow(meeting.day, missing))


def _page(school: Unit, count: _Count, terms: Sequence[Term]) -> SchoolPage:
    first = terms[-1]
    return SchoolPage(
        school.name,
        school.public_id,
        [
            ProfessionRow(str(role.label), [_seen(count, role, term) for term in terms])
            for role in _roles(count, terms)
        ],
        [count.held[term] for term in terms],
        [count.lacking[term] for term in terms],
        [one for one in count.meetings if term_of(one.on) >= first],
    )


def _roles(count: _Count, terms: Iterable[Term]) -> list[Role]:
    expected = {role for role, term in count.expected if term in set(terms)}
    return [role for role in Role if role in expected]


def _seen(count: _Count, role: Role, term: Term) -> Seen | None:
    expected = count.expected[role, term]
    return Seen(count.present[role, term], expected) if expected else None
