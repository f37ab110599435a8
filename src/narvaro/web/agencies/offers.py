"""What agencies offer to the pages that gather."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies.appointed import appointed
from narvaro.web.agencies.gaps import ONE, Gap
from narvaro.web.agencies.pages import AgencyRow, agency_rows
from narvaro.web.ui.registry import (
    MenuItem,
    Panel,
    QueueGroup,
    QueueRow,
    offer_home_panels,
    offer_menu,
    offer_queue,
)
from narvaro.web.ui.written import dated


def fill() -> None:
    """Called once, at the start."""
    offer_menu(75, _menu)
    offer_queue(_without_a_contact)
    offer_queue(appointed)
    offer_home_panels(_own_place)


def _menu(viewer: Viewer) -> Iterable[MenuItem]:
    if viewer.may("agencies.list"):
        yield MenuItem("agencies", _("Verksamheter"), reverse("agencies"))


def _own_place(viewer: Viewer) -> Iterator[Panel]:
    """Beside an agency's inbox: its own page, its contacts, and how the place works."""
    if not viewer.may("agencies.write"):
        return
    for row in agency_rows(viewer, "agencies.write"):
        yield Panel("agencies", _("Er verksamhet"), "agencies/place.html", {"row": row})


def _without_a_contact(viewer: Viewer) -> Iterator[QueueRow]:
    """Agencies that have no contact or soon none, for who can ask for one and for who leaves."""
    action = next((one for one in ("agencies.gaps", "agencies.write") if viewer.may(one)), None)
    for row in agency_rows(viewer, action) if action else ():
        if row.gap is not None:
            yield _gap_row(row, row.gap)


def _gap_row(row: AgencyRow, gap: Gap) -> QueueRow:
    said = {"agency": row.authority.name, "day": dated(gap.from_on, row.today)}
    is_now = gap.from_on <= row.today
    last = gap.from_on - ONE
    if is_now:
        title = _("%(agency)s har ingen kontaktperson") % said
        why = _("Sedan %(day)s. Kallelser och frågor når ingen.") % said
    else:
        title = _("%(agency)s har snart ingen kontaktperson") % said
        why = _("Ingen är utsedd från %(day)s.") % said
    return QueueRow(
        key=f"agencies:gap:{row.authority.public_id}:{gap.from_on.isoformat()}",
        group=QueueGroup.NEW if is_now else QueueGroup.LATER,
        title=title,
        why=why,
        verb=_("Se verksamheten"),
        url=reverse("agency", args=[row.authority.public_id]),
        due_on=None if is_now else last,
    )
