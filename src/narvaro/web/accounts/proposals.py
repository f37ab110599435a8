"""Roles that sources tell of and that give more than a class: proposed until somebody approves.

What was given once is kept while it is told, and ends when it is told to end; only what is new
in what is told, a longer time too, has to be approved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from django.db.models import QuerySet

from narvaro.web.accounts.models import Assignment, Decision, ProposedRole, Unit
from narvaro.web.accounts.roles import Role

Post = tuple[int, int, str]
Period = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class ToldRole:
    """A role at a unit as a source tells it, by database ids."""

    account: int
    unit: int
    role: Role
    from_on: date
    to_on: date | None
    percentage: int

    @property
    def post(self) -> Post:
        """Whose, where and what."""
        return self.account, self.unit, str(self.role)


class _Dated(Protocol):
    @property
    def from_on(self) -> date: ...
    @property
    def to_on(self) -> date | None: ...


def put_proposed(
    told: Sequence[ToldRole],
    *,
    at: datetime,
    senders: Iterable[str],
    units: QuerySet[Unit],
    apart_from: str,
) -> list[ProposedRole]:
    """Propose what is new in what a source tells now, for the roles in it, at the units given.

    What it no longer tells is taken away, unless it is `apart_from`'s (an account's opaque id).
    Returns what was proposed now.
    """
    here: dict[str, object] = {"role__in": {one.role for one in told}, "unit__in": units}
    others = Assignment.objects.filter(**here).exclude(account__public_id=apart_from)
    held, declined, waiting = _by_post(others), _declined(here), _waiting(here, apart_from)
    new, still = [], set[int]()
    for one in told:
        period = uncovered(one, [*held[one.post], *declined[one.post]])
        if period is None:
            continue
        before = next((old for old in waiting[one.post] if old.pk not in still), None)
        found = _proposed(one, period, before, at=at, senders=senders)
        still.add(found.pk)
        new += [found] if before is None else []
    gone = [old.pk for every in waiting.values() for old in every if old.pk not in still]
    ProposedRole.objects.filter(pk__in=gone).delete()
    _end_what_is_not_told(told, held)
    return new


def uncovered(told: _Dated, held: Iterable[_Dated]) -> Period | None:
    """What of a told time nobody has decided on yet; None: all of it is."""
    start = told.from_on
    for one in sorted(held, key=lambda one: one.from_on):
        if one.from_on > start:
            break
        if one.to_on is None:
            return None
        start = max(start, one.to_on + timedelta(days=1))
    return None if told.to_on is not None and start > told.to_on else (start, told.to_on)


def _by_post(rows: Iterable[Assignment]) -> dict[Post, list[Assignment]]:
    found: dict[Post, list[Assignment]] = defaultdict(list)
    for one in rows:
        found[one.account_id or 0, one.unit_id, one.role].append(one)
    return found


def _declined(here: dict[str, object]) -> dict[Post, list[ProposedRole]]:
    found: dict[Post, list[ProposedRole]] = defaultdict(list)
    for one in ProposedRole.objects.filter(**here, decision=Decision.DECLINED):
        found[one.account_id, one.unit_id, one.role].append(one)
    return found


def _waiting(here: dict[str, object], apart_from: str) -> dict[Post, list[ProposedRole]]:
    found: dict[Post, list[ProposedRole]] = defaultdict(list)
    rows = ProposedRole.objects.filter(**here, decision="")
    for one in rows.exclude(account__public_id=apart_from).order_by("from_on", "pk"):
        found[one.account_id, one.unit_id, one.role].append(one)
    return found


def _proposed(
    told: ToldRole,
    period: Period,
    before: ProposedRole | None,
    *,
    at: datetime,
    senders: Iterable[str],
) -> ProposedRole:
    """The proposal as it is told now; a source that gives no first day says a later one nightly."""
    from_on, to_on = period
    one = before or ProposedRole(
        account_id=told.account, unit_id=told.unit, role=told.role, from_on=from_on, proposed_at=at
    )
    is_same = one.from_on <= from_on and (one.to_on, one.percentage) == (to_on, told.percentage)
    if not is_same:
        one.from_on, one.to_on, one.percentage = from_on, to_on, told.percentage
        one.version += 0 if before is None else 1
    one.senders = sorted({*one.senders, *senders} - {""})
    one.save()
    return one


def _end_what_is_not_told(told: Sequence[ToldRole], held: dict[Post, list[Assignment]]) -> None:
    """Take away what a source gave and tells no more; end what it tells to end earlier."""
    now: dict[Post, list[ToldRole]] = defaultdict(list)
    for one in told:
        now[one.post].append(one)
    gone = []
    for post, every in held.items():
        for assignment in (one for one in every if one.comes_from_source):
            same = [one for one in now[post] if _overlap(one, assignment)]
            if not same:
                gone.append(assignment.pk)
            else:
                _shorten(assignment, same)
    Assignment.objects.filter(pk__in=gone, stand_ins__isnull=True).delete()


def _overlap(one: _Dated, other: _Dated) -> bool:
    ends_before = one.to_on is not None and one.to_on < other.from_on
    return not ends_before and (other.to_on is None or one.from_on <= other.to_on)


def _shorten(assignment: Assignment, told: Sequence[ToldRole]) -> None:
    ends = [one.to_on for one in told if one.to_on is not None]
    last = max(ends) if len(ends) == len(told) else None
    if last is not None and (assignment.to_on is None or last < assignment.to_on):
        assignment.to_on = last
        assignment.version += 1
        assignment.save(update_fields=["to_on", "version"])
