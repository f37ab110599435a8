"""A new contact is told to those who are there already: whoever is one reads what the unit reads.

An administrator of another authority can appoint one where an agency has no administrator. What
an agency is told of pupils is then one invented person away; its own people are who would know.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Assignment, Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.ui.registry import QueueGroup, QueueRow
from narvaro.web.ui.written import dated

TOLD_FOR = timedelta(days=30)
APPOINT = "agencies.appoint"


def appointed(viewer: Viewer) -> Iterator[QueueRow]:
    """For thirty days, to every other contact of the office: who was appointed, and by whom."""
    if viewer.role != Role.AGENCY_CONTACT:
        return
    since = viewer.now - TOLD_FOR
    told = Entry.objects.filter(
        action=APPOINT, kind=Kind.WRITE, at__gt=since, at__lte=viewer.now
    ).order_by("number")
    here = f"unit:{viewer.unit.public_id}"
    by = {_assignment(one): one.unit for one in told if here in one.subjects}
    new = Assignment.objects.filter(public_id__in=by, unit=viewer.unit)
    others = new.exclude(account=viewer.account).exclude(account=None)
    for one in others.select_related("account").order_by("pk"):
        yield _row(one, by[one.public_id], viewer)


def _assignment(entry: Entry) -> str:
    named = (one.partition(":") for one in entry.subjects)
    return next((key for kind, _colon, key in named if kind == "assignment"), "")


def _row(one: Assignment, appointed_at: str, viewer: Viewer) -> QueueRow:
    name = one.account.name if one.account is not None else ""
    place = Unit.objects.filter(public_id=appointed_at).select_related("authority").first()
    who = place.authority.name if place is not None else _("en annan huvudman")
    said = {"who": name, "by": who, "day": dated(one.from_on, viewer.today)}
    return QueueRow(
        key=f"agencies:appointed:{one.public_id}",
        group=QueueGroup.NEW,
        title=_("%(who)s är ny kontaktperson hos er") % said,
        why=_(
            "Från %(day)s, utsedd av %(by)s. Kan läsa allt som delas med er enhet. Känner ni inte"
            " till det: be %(by)s avsluta uppdraget i dag."
        )
        % said,
        verb=_("Se verksamheten"),
        url=reverse("agency", args=[viewer.authority.public_id]),
    )
