"""Who a referral can go to, and who can open it there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from narvaro.web.accounts.models import Assignment, AuthorityKind, Unit, UnitKind
from narvaro.web.accounts.roles import LEADERS, Role
from narvaro.web.referrals.words import ReferralKind

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer
    from narvaro.web.cases.models import Case

HELPERS = (AuthorityKind.SOCIAL_SERVICES, AuthorityKind.REGION, AuthorityKind.PRIMARY_CARE)
OPENED_BY: Mapping[ReferralKind, frozenset[Role]] = {
    ReferralKind.HELP: frozenset({Role.AGENCY_CONTACT}),
    ReferralKind.HAND_OVER: LEADERS,
}
"""Who opens a referral of a kind at the unit that receives it."""


def units_to_ask(case: Case, *, kind: ReferralKind) -> QuerySet[Unit]:
    """The units of other authorities that a referral of the kind can go to, by name.

    Help is asked of offices of social services, the region and primary care; to take over, a
    school of another school authority.
    """
    others = Unit.objects.exclude(authority=case.authority).select_related("authority")
    if kind == ReferralKind.HAND_OVER:
        found = others.filter(authority__kind=AuthorityKind.SCHOOL, kind=UnitKind.SCHOOL)
    else:
        found = others.filter(authority__kind__in=HELPERS, kind=UnitKind.OFFICE)
    return found.order_by("authority__name", "name", "pk")


def has_somebody(unit: Unit, day: date, *, kind: ReferralKind) -> bool:
    """Somebody serves there on the day who can open it: a contact may have changed employer."""
    here = Assignment.objects.in_force(day).filter(unit=unit, role__in=OPENED_BY[kind])
    return here.filter(account__is_active=True).exists()


def kinds_for(role: Role) -> list[ReferralKind]:
    """What somebody in the role opens."""
    return [kind for kind, roles in OPENED_BY.items() if role in roles]


def units_of(viewer: Viewer) -> QuerySet[Unit]:
    """The very units at which the viewer serves today in the role acted in."""
    held = viewer.account.assignments.in_force(viewer.today).filter(role=viewer.role)
    return Unit.objects.filter(assignments__in=held, authority=viewer.authority)
