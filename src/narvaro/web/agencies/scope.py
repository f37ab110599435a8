"""Which agencies a viewer reaches, and the offices there that can be called."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from narvaro.web.accounts.models import Assignment, Authority, AuthorityKind, Unit, UnitKind
from narvaro.web.accounts.permissions import ACTIONS, Relation
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer

CALLED = (
    AuthorityKind.SOCIAL_SERVICES,
    AuthorityKind.REGION,
    AuthorityKind.PRIMARY_CARE,
    AuthorityKind.LABOUR_MARKET,
)
"""The kinds of authority that schools call; researchers and other schools are none of them."""


def agencies_for(viewer: Viewer, action: str) -> QuerySet[Authority]:
    """The agencies that the action reaches: those worked with in the same area, or only the own."""
    reach = viewer.reach(action)
    if reach.authority is None or reach.is_empty:
        return Authority.objects.none()
    own = Q(pk=reach.authority.pk)
    area = reach.authority.collaboration_area_id
    across = ACTIONS[action].may[viewer.role] == Relation.COLLABORATION_AREA
    if across and area is not None:
        own |= Q(collaboration_area=area)
    return Authority.objects.filter(own, kind__in=CALLED)


def offices_of(authorities: QuerySet[Authority]) -> QuerySet[Unit]:
    """Their offices, which are what is called: a unit, never only a person."""
    found = Unit.objects.filter(authority__in=authorities, kind=UnitKind.OFFICE)
    return found.select_related("authority").order_by("authority__name", "name", "pk")


def contacts_at(offices: QuerySet[Unit]) -> QuerySet[Assignment]:
    """Everybody who is, was or will be contact at an office, the first to begin first."""
    found = Assignment.objects.filter(
        unit__in=offices, role=Role.AGENCY_CONTACT, account__isnull=False
    )
    return found.select_related("account", "unit__authority").order_by("from_on", "pk")
