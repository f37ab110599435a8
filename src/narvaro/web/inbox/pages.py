"""Frozen values for the page of new flags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.timetable import SchoolYear
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.tried import HOURS_A_SCHOOL, MINUTES_A_FLAG
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.rows import FlagRow, rows_of
from narvaro.web.ui.sorting import sort_key
from narvaro.web.ui.written import number

TOGETHER = 3
"""So many of a class at one month end are said to have been flagged at the same time."""


@dataclass(frozen=True)
class ClassOfFlags:
    """The flags of a class, in the order asked for."""

    key: str
    name: str
    school: str
    rows: Sequence[FlagRow]

    @property
    def at_once(self) -> int:
        """How many came new at the same month end; nought when that says nothing."""
        months = [one.month for one in self.rows if one.earlier.before(one.month) is None]
        most = max((months.count(one) for one in months), default=0)
        return most if most >= TOGETHER else 0


@dataclass(frozen=True, slots=True)
class Hours:
    """The work that waits beside the time there is, in minutes: the figures of "Prova en regel"."""

    flags: int
    minutes: int
    capacity: int
    schools: int

    @property
    def work(self) -> int:
        """What answering them all is assumed to take."""
        return self.flags * self.minutes

    @property
    def hours(self) -> str:
        """The work in hours."""
        return number(Fraction(self.work, 60))

    @property
    def there_are(self) -> str:
        """The hours there are."""
        return number(Fraction(self.capacity, 60), 0)


@dataclass(frozen=True)
class FlagsPage:
    """New flags by class, what was answered today, what was withdrawn."""

    classes: Sequence[ClassOfFlags]
    answered: Sequence[FlagRow]
    withdrawn: Sequence[FlagRow]
    protected: Sequence[FlagRow]
    order: str
    hours: Hours | None

    @property
    def rows(self) -> list[FlagRow]:
        """Every flag that waits and is named."""
        return [row for one in self.classes for row in one.rows]

    @property
    def late(self) -> int:
        """How many have passed their last day."""
        return sum(row.is_late for row in (*self.rows, *self.protected))

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self.rows) + len(self.protected)

    @property
    def subjects(self) -> set[str]:
        """Everybody the page names."""
        return {one.subject for one in (*self.rows, *self.answered, *self.withdrawn)}


ORDERS = {
    "veckor": gettext_lazy("Veckor över gränsen"),
    "andring": gettext_lazy("Ändring"),
    "flaggor": gettext_lazy("Flaggor i år"),
}
_NO_CHANGE = Fraction(-1_000)
_KEYS: Mapping[str, Callable[[FlagRow], Fraction | int]] = {
    "veckor": lambda row: row.weeks,
    "andring": lambda row: _NO_CHANGE if row.points is None else row.points,
    "flaggor": lambda row: row.flag.flags_this_year,
}


def in_order(rows: Sequence[FlagRow], order: str) -> list[FlagRow]:
    """By one figure, the largest first; then by the other two, and by name: never by a sum."""
    asked = [order, *(one for one in _KEYS if one != order)]

    def place(row: FlagRow) -> tuple[object, ...]:
        return (*(-_KEYS[one](row) for one in asked), sort_key(row.name), row.flag.pk)

    return sorted(rows, key=place)


def by_class(rows: Sequence[FlagRow], order: str) -> list[ClassOfFlags]:
    """Rows in their classes, schools and classes in Swedish order."""
    groups: dict[tuple[str, str], list[FlagRow]] = defaultdict(list)
    for row in rows:
        groups[row.flag.school.name, row.flag.class_key].append(row)
    keys = [key for _school, key in groups]
    named = Unit.objects.filter(kind=UnitKind.CLASS, key__in=keys).values_list("key", "name")
    names = dict(named)
    made = [
        ClassOfFlags(key, class_name(key, names), school, in_order(few, order))
        for (school, key), few in groups.items()
    ]
    return sorted(made, key=lambda one: (sort_key(one.school), sort_key(one.name)))


def class_name(key: str, names: Mapping[str, str]) -> str:
    """The class as the school calls it; words for those in none."""
    return names.get(key) or key.rpartition("/")[2] or _("utan klass")


def flags_page(viewer: Viewer, order: str) -> FlagsPage:
    """The flags that wait for a decision where the viewer decides, and what became of others."""
    action = "inbox.flags"
    visible = Flag.objects.visible_to(viewer, action)
    named = Flag.objects.named_to(viewer, action)
    waiting = rows_of(named.unanswered(), viewer)
    asked = order if order in ORDERS else next(iter(ORDERS))
    year = SchoolYear.holding(viewer.today).period.from_on
    gone = named.filter(withdrawn_at__date__gte=year, withdrawn_at__lte=viewer.now)
    return FlagsPage(
        classes=by_class(waiting, asked),
        answered=rows_of(named.filter(answered_on=viewer.today), viewer),
        withdrawn=rows_of(gone.filter(is_for_evaluation_only=False), viewer),
        protected=rows_of(visible.unanswered().exclude(pk__in=named), viewer),
        order=asked,
        hours=_hours(viewer, len(waiting)),
    )


def _hours(viewer: Viewer, flags: int) -> Hours | None:
    """The time there is at the schools in reach; None for who answers for a class."""
    reach = viewer.reach("inbox.flags")
    schools = len(reach.school_keys)
    if not (reach.whole_schools and schools):
        return None
    return Hours(flags, MINUTES_A_FLAG, HOURS_A_SCHOOL * 60 * schools, schools)
