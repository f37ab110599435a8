"""The page of a concern report: the duty in law, and where one reports. Nothing of what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.programmes.law import duties_on
from narvaro.web.accounts.models import AuthorityKind, Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.duties import PERSONAL
from narvaro.web.cases.models import Case
from narvaro.web.cases.views.asking import way_to
from narvaro.web.pupils.pages import name_of
from narvaro.web.referrals.forms import in_words


@dataclass(frozen=True, slots=True)
class ConcernPage:
    """Where the duty stands in law, and the units of social services by name.

    `is_checked`: somebody has read the paragraph in the law itself.
    """

    case: Case
    name: str
    paragraph: str
    is_checked: bool
    offices: Sequence[str]
    crumbs: Sequence[tuple[str, str]]


def concern_page(case: Case, viewer: Viewer) -> ConcernPage:
    """The page; the duty as the law says it on the viewer's day."""
    duty = next((one for one in duties_on(viewer.today) if one.id == PERSONAL), None)
    offices = Unit.objects.filter(
        authority__kind=AuthorityKind.SOCIAL_SERVICES, kind=UnitKind.OFFICE
    )
    return ConcernPage(
        case,
        name_of(case.pupil),
        "" if duty is None else duty.paragraph,
        duty is not None and duty.verified,
        [in_words(one) for one in offices.select_related("authority").order_by("name")],
        [*way_to(case, viewer), (_("Orosanmälan"), "")],
    )
