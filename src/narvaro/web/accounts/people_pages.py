"""Frozen values for the pages of people and units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from narvaro.web.accounts.models import Account, Assignment, Placement, Unit, on_day
from narvaro.web.accounts.posts import Vacancy, vacancies
from narvaro.web.accounts.second_factor import has_second_factor
from narvaro.web.accounts.tree import above, below
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.ui.pager import Pager, pager
from narvaro.web.ui.sorting import sort_key


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """People with an assignment here, a page at a time, and on the first page the vacant posts."""

    people: Sequence[tuple[Account, Sequence[Assignment]]]
    vacancies: Sequence[Vacancy]
    query: str
    count: int
    pager: Pager

    @property
    def is_first(self) -> bool:
        """Everybody is listed, and this is where the list begins."""
        return self.pager.number == 1 and not self.query


def people_page(viewer: Viewer, *, query: str, page: str, search: str) -> PeoplePage:
    """People by name; `query` a part of a name, which `search` stands for in addresses."""
    named = people_of(viewer).values_list("pk", "name")
    wanted = query.casefold()
    keys = sorted((sort_key(name), pk) for pk, name in named if wanted in name.casefold())
    found = [pk for _key, pk in keys]
    turned = pager(page, rows=len(found), kept={"sokning": search} if search else {})
    made = PeoplePage(_with_roles(viewer, found[turned.shown]), (), query, len(found), turned)
    if not made.is_first:
        return made
    return replace(made, vacancies=vacancies(viewer.authority, on=viewer.today))


def _with_roles(
    viewer: Viewer, pks: Sequence[int]
) -> Sequence[tuple[Account, Sequence[Assignment]]]:
    """The accounts in this order, each with its assignments of the day."""
    by_pk = Account.objects.in_bulk(pks)
    now: dict[int, list[Assignment]] = {pk: [] for pk in pks}
    serving = Assignment.objects.in_force(viewer.today).filter(
        account__in=pks, unit__authority=viewer.authority
    )
    for one in serving.select_related("unit").order_by("role", "unit__name"):
        now[one.account_id or 0].append(one)
    return [(by_pk[pk], now[pk]) for pk in pks]


def people_of(viewer: Viewer) -> QuerySet[Account]:
    """Accounts that have or have had an assignment at the viewer's authority."""
    mine = Assignment.objects.filter(unit__authority=viewer.authority, account__isnull=False)
    return Account.objects.filter(pk__in=mine.values("account"))


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person's assignments here: now and to come, and those that have ended."""

    person: Account
    current: Sequence[Assignment]
    ended: Sequence[Assignment]
    has_second_factor: bool
    serves_elsewhere: bool


def person_page(viewer: Viewer, person: Account) -> PersonPage:
    """The page of one person."""
    rows = person.assignments.filter(unit__authority=viewer.authority)
    every = list(rows.select_related("unit", "stands_in_for__account").order_by("-from_on", "role"))
    ended = [one for one in every if one.to_on is not None and one.to_on < viewer.today]

    return PersonPage(
        person=person,
        current=[one for one in every if one not in ended],
        ended=ended,
        has_second_factor=has_second_factor(person),
        serves_elsewhere=serves_elsewhere(viewer, person),
    )


def serves_elsewhere(viewer: Viewer, person: Account) -> bool:
    """The person has an assignment in force at another authority, whose account it is too."""
    there = person.assignments.in_force(viewer.today)
    return there.exclude(unit__authority=viewer.authority).exists()


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit on a day: where it hangs, what hangs under it, who serves there, what is vacant."""

    unit: Unit
    day: date
    path: Sequence[Unit]
    children: Sequence[Unit]
    serving: Sequence[Assignment]
    vacancies: Sequence[Vacancy]
    placements: Sequence[Placement]
    former: Sequence[Assignment]


def unit_page(unit: Unit, *, day: date) -> UnitPage:
    """The page of a unit as it was, is or will be on a day."""

    under = {one.pk for one in below([unit], on=day)}
    here = unit.assignments.select_related("account", "stands_in_for__account", "unit")
    return UnitPage(
        unit=unit,
        day=day,
        path=above(unit, on=day),
        children=list(
            Unit.objects.filter(on_day(day, "placements__"), placements__parent=unit)
            .distinct()
            .order_by("name")
        ),
        serving=list(here.in_force(day).order_by("role", "account__name")),
        vacancies=[one for one in vacancies(unit.authority, on=day) if one.unit.pk in under],
        placements=list(unit.placements.select_related("parent").order_by("-from_on")),
        former=list(here.filter(to_on__lt=day).order_by("-to_on")[:50]),
    )
