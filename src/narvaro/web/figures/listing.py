"""The list of pupils over the limit: rows, in which order, and what a filter hides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.shares import Share
from narvaro.timetable import Period, SchoolYear
from narvaro.web.figures.facts import Event, Facts, Standing
from narvaro.web.figures.people import Named
from narvaro.web.ui.sorting import sort_key
from narvaro.web.ui.written import language


@dataclass(frozen=True, slots=True)
class ListRow:
    """A pupil on the list. `waiting` are school days on it with nothing done; None: something is."""

    key: str
    pupil: Named
    standing: Standing
    share_before: Share | None
    flags: int
    last_step: str
    owner: str
    due_on: date | None
    waiting: int | None

    @property
    def class_(self) -> str:
        """The class on the month's last day."""
        return self.standing.place.class_ or "–"

    @property
    def certainty(self) -> str:
        """certain, likely or cannot_tell, for the tag."""
        if not self.standing.is_assessed:
            return "cannot_tell"
        return "certain" if self.standing.judgement.certainty == "certain" else "likely"

    @property
    def points(self) -> Fraction | None:
        """The change in percentage points."""
        return None if self.change is None else self.change * 100

    @property
    def change(self) -> Fraction | None:
        """In share of the whole, from last month as it was told."""
        now = self.standing.share
        if now is None or self.share_before is None:
            return None
        return Fraction(*now) - Fraction(*self.share_before)


@dataclass(frozen=True)
class Rows:
    """Makes the rows of a school's pupils."""

    facts: Facts
    school: str
    named: Mapping[str, Named]
    mentors: Mapping[str, str]
    before: Mapping[str, Standing]
    _counted: dict[date, int] = field(default_factory=dict)

    def of(self, standings: Iterable[Standing]) -> list[ListRow]:
        """Rows of those the viewer may see, as they come."""
        return [self._row(one) for one in standings if one.pupil in self.named]

    def _row(self, one: Standing) -> ListRow:
        facts, events = self.facts, self.done(one.pupil)
        earlier = self.before.get(one.pupil)
        since = facts.flagged_since(one.pupil) if one.is_flagged and not events else None
        last = events[-1] if events else None
        return ListRow(
            key=one.pupil,
            pupil=self.named[one.pupil],
            standing=one,
            share_before=earlier.share if earlier else None,
            flags=facts.flags_in_year(one.pupil),
            last_step=step_in_words(facts, last) if last else "",
            owner=self._owner(one),
            due_on=last.due_on if last and last.done_on is None else None,
            waiting=None if since is None else self._school_days(since),
        )

    def done(self, pupil: str) -> Sequence[Event]:
        """Steps and support begun this school year, or going on since before."""
        first = SchoolYear.holding(self.facts.today).period.from_on
        every = self.facts.events.get(pupil, ())
        return [one for one in every if one.begun_on >= first or one.done_on is None]

    def _owner(self, one: Standing) -> str:
        class_ = one.place.class_ or ""
        if class_ not in self.mentors:
            return _("Ej tilldelad")
        return self.mentors[class_] or _("Mentor saknas, ingen ersättare")

    def _school_days(self, since: date) -> int:
        if since > self.facts.today:
            return 0
        if since not in self._counted:
            days = self.facts.calendar(self.school).school_days(Period(since, self.facts.today))
            self._counted[since] = sum(1 for _day in days)
        return self._counted[since]


def step_in_words(facts: Facts, event: Event) -> str:
    """The step's name in the programmes in force; support is only said to be support."""
    if event.kind == "support":
        return _("Stöd")
    for programme in facts.programmes:
        for step in programme.steps:
            if step.id == event.what:
                return step.name.sv if language() == "sv" else step.name.en
    return _("Steg i ett ärende")


def is_untouched(row: ListRow) -> bool:
    """On the list, and nothing done yet."""
    return row.waiting is not None


SORTS: Mapping[str, tuple[object, Callable[[ListRow], object]]] = {
    "inget-gjort": (
        gettext_lazy("Inget gjort än först"),
        lambda one: (one.waiting is None, -(one.waiting or 0), -one.standing.exact, one.key),
    ),
    "andel": (gettext_lazy("Störst andel först"), lambda one: (-one.standing.exact, one.key)),
    "andring": (
        gettext_lazy("Störst ökning först"),
        lambda one: (one.change is None, -(one.change or Fraction(0)), one.key),
    ),
    "klass": (
        gettext_lazy("Klass"),
        lambda one: (sort_key(one.class_), sort_key(one.pupil.name), one.key),
    ),
}
"""How a list can be sorted, by the word in the address; the first is the usual one."""


def in_order(rows: Iterable[ListRow], asked: str) -> list[ListRow]:
    """Rows in the order asked for; an unknown one is the usual."""
    key = SORTS.get(asked, SORTS["inget-gjort"])[1]
    return sorted(rows, key=key)  # type: ignore[arg-type]
