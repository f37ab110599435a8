"""Teachers and mentors of classes as sources tell of them: given at once, taken away when untold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from narvaro.web.accounts.models import Assignment, Unit
from narvaro.web.accounts.proposals import ToldRole

BATCH = 2_000
Told = tuple[int, int, str, date, date | None]


def put_of_classes(told: Sequence[ToldRole], *, units: QuerySet[Unit]) -> list[Assignment]:
    """Replace what sources gave at the units by what they tell now. Returns what is new."""
    kept = _same_as_before(told, units)
    made = [
        Assignment(
            account_id=one.account,
            role=one.role,
            unit_id=one.unit,
            from_on=one.from_on,
            to_on=one.to_on,
            percentage=one.percentage,
            comes_from_source=True,
        )
        for one in told
        if (*one.post, one.from_on, one.to_on) not in kept
    ]
    Assignment.objects.bulk_create(made, BATCH)
    return made


def _same_as_before(told: Sequence[ToldRole], units: QuerySet[Unit]) -> set[Told]:
    """Keep the rows that are told again (their ids are in sessions); delete the others."""
    now = {(*one.post, one.from_on, one.to_on) for one in told}
    roles = {one.role for one in told}
    old = Assignment.objects.filter(unit__in=units, comes_from_source=True, role__in=roles)
    kept, gone = set[Told](), []
    for one in old:
        key = (one.account_id or 0, one.unit_id, one.role, one.from_on, one.to_on)
        if key in now:
            kept.add(key)
        else:
            gone.append(one.pk)
    Assignment.objects.filter(pk__in=gone, stand_ins__isnull=True).delete()
    return kept
