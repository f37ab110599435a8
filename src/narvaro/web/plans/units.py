"""The units that can answer for something in a plan: the school, and those it works with."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from narvaro.web.accounts.models import AuthorityKind, Unit, UnitKind
from narvaro.web.cases.models import Case

NEVER = (AuthorityKind.RESEARCH,)
"""Authorities that follow a project and give no pupil anything."""


def units_for(case: Case) -> QuerySet[Unit]:
    """The case's school, own units that are no school, and those of authorities in the same area.

    An authority without an area works with everybody that is no other school authority.
    """
    area = case.authority.collaboration_area_id
    if area is None:
        near = ~Q(authority__kind__in=[AuthorityKind.SCHOOL, *NEVER])
    else:
        near = Q(authority__collaboration_area=area) & ~Q(authority__kind__in=NEVER)
    others = near & ~Q(authority=case.authority) & Q(kind__in=[UnitKind.OFFICE, UnitKind.SCHOOL])
    own = Q(pk=case.school_id) | Q(authority=case.authority, kind=UnitKind.OFFICE)
    return (
        Unit.objects.filter(own | others)
        .select_related("authority")
        .order_by("authority__name", "name")
    )
