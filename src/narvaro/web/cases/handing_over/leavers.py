"""Who answers for something at a school, and who of them leaves or has left it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from narvaro.web.accounts.models import Account, Assignment, Unit, UnitKind, is_on
from narvaro.web.accounts.posts import SOON
from narvaro.web.accounts.tree import above, below
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.held import follows
from narvaro.web.cases.models import Case, Step, Task, TaskKind
from narvaro.web.cases.people import OWNERS
from narvaro.web.cases.tasks import tasks_of

ACTION = "cases.leaving"


@dataclass(frozen=True, slots=True)
class Held:
    """How much somebody answers for: own cases, steps in others' cases, tasks."""

    cases: int
    steps: int
    tasks: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who answers for something at a school. `last_on` None: stays, as far as is known."""

    account: Account
    school: Unit
    held: Held
    last_on: date | None
    has_left: bool

    @property
    def leaves(self) -> bool:
        """Has left, or leaves within 30 days."""
        return self.has_left or self.last_on is not None


def holders(viewer: Viewer) -> list[Holder]:
    """Everybody who answers for something at the viewer's schools; who leaves first stands first."""
    reach = viewer.reach(ACTION)
    units = Unit.objects.filter(pk__in=reach.unit_ids, kind=UnitKind.SCHOOL)
    found = [one for school in units for one in _at(school, viewer)]
    return sorted(
        found,
        key=lambda one: (not one.leaves, one.last_on or date.min, one.account.name),
    )


def own_leaving(viewer: Viewer, schools: Iterable[Unit]) -> list[tuple[Unit, date]]:
    """The schools that the viewer soon serves no more, and the last day there."""
    made = []
    for school in schools:
        mine = list(_serving(school, [viewer.account.pk], viewer.today))
        last_on, has_left = last_day(viewer.account, mine, viewer.today)
        if last_on is not None and not has_left:
            made.append((school, last_on))
    return made


def last_day(
    account: Account, posts: Sequence[Assignment], today: date
) -> tuple[date | None, bool]:
    """The last day of somebody's posts at a school, when it is near or over; and whether it is over."""
    here = [one for one in posts if is_on(today, one.from_on, one.to_on)]
    if not (here and account.is_active):
        ended = [one.to_on for one in posts if one.to_on is not None and one.to_on < today]
        return max(ended, default=None), True
    last = today
    for one in sorted(posts, key=lambda one: one.from_on):
        if one.to_on is None and one.from_on <= last + timedelta(days=1):
            return None, False
        if one.to_on is not None and one.from_on <= last + timedelta(days=1):
            last = max(last, one.to_on)
    return (last, False) if last <= today + SOON else (None, False)


def counted(account: Account, viewer: Viewer, action: str) -> list[tuple[Unit, Held]]:
    """How much somebody answers for at each school: only counts, for who may see no pupil."""
    cases = Case.objects.counted_by(viewer, action).still_open()
    own = Counter(cases.filter(owner=account).values_list("school", flat=True))
    steps = Step.objects.filter(case__in=cases, decided_at=None, owner=account)
    others = Counter(steps.exclude(case__owner=account).values_list("case__school", flat=True))
    places = viewer.reach(action).unit_ids
    asked = Task.objects.filter(to=account, done_at=None, school__in=places)
    tasks = Counter(asked.exclude(follows(account)).values_list("school", flat=True))
    found = Unit.objects.filter(pk__in={*own, *others, *tasks}).order_by("name")
    return [(one, Held(own[one.pk], others[one.pk], tasks[one.pk])) for one in found]


def _at(school: Unit, viewer: Viewer) -> list[Holder]:
    cases = Case.objects.visible_to(viewer, ACTION).still_open().filter(school=school)
    own = _counts(cases.values_list("owner").annotate(n=Count("pk")))
    steps = Step.objects.filter(case__in=cases, decided_at=None)
    waiting: Counter[int] = Counter()
    for owner, case_owner in steps.values_list("owner", "case__owner"):
        waiting[owner] += owner != case_owner
    tasks: Counter[int] = Counter()
    asked = tasks_of(viewer, ACTION).filter(done_at=None, school=school)
    for to, kind, owner, closed in asked.values_list(
        "to", "kind", "case__owner", "case__closed_at"
    ):
        goes_along = to == owner and closed is None and kind != TaskKind.FORCED_MOVE
        tasks[to] += not goes_along
    pks = {pk for counts in (own, waiting, tasks) for pk, n in counts.items() if n}
    accounts = Account.objects.in_bulk(pks)
    posts: dict[int, list[Assignment]] = {pk: [] for pk in pks}
    for one in _serving(school, pks, viewer.today):
        posts[one.account_id or 0].append(one)
    return [
        Holder(
            accounts[pk],
            school,
            Held(own[pk], waiting[pk], tasks[pk]),
            *last_day(accounts[pk], posts[pk], viewer.today),
        )
        for pk in pks
    ]


def _counts(rows: Iterable[tuple[int, int]]) -> Counter[int]:
    return Counter(dict(rows))


def _serving(school: Unit, accounts: Iterable[int], day: date) -> Iterable[Assignment]:
    """Posts at a school, in its classes and over it, of those who can own a case there."""
    near = {one.pk for one in (*below([school], on=day), *above(school, on=day))}
    return Assignment.objects.filter(account__in=accounts, unit__in=near, role__in=OWNERS)
