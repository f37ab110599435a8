"""Frozen values for the pages about agencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from narvaro.web.accounts.models import Assignment, Authority
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies.appointing import has_own_administrator
from narvaro.web.agencies.gaps import Gap, gaps, open_gap
from narvaro.web.agencies.matrix import Said, said_of
from narvaro.web.agencies.models import AgencyPage
from narvaro.web.agencies.scope import agencies_for, contacts_at, offices_of
from narvaro.web.ui.sorting import sort_key

SHOWN_BACK = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who answers for an agency, and their days."""

    assignment: Assignment
    name: str
    unit: str
    from_on: date
    to_on: date | None
    is_now: bool
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency with its contacts, the days without one, and what it has written."""

    authority: Authority
    contacts: Sequence[Contact]
    gaps: Sequence[Gap]
    gap: Gap | None
    written: AgencyPage | None
    today: date

    @property
    def serving(self) -> Sequence[Contact]:
        """The contacts of the day."""
        return [one for one in self.contacts if one.is_now]

    @property
    def has_nobody(self) -> bool:
        """Nobody answers today."""
        return not self.serving


@dataclass(frozen=True, slots=True)
class OnePage:
    """An agency's page."""

    row: AgencyRow
    responsibilities: Sequence[Said]
    versions: Sequence[AgencyPage]
    shown: AgencyPage | None
    may_write: bool
    may_appoint: bool

    @property
    def is_newest(self) -> bool:
        """What is shown is what holds."""
        return self.shown == self.row.written


def agency_rows(viewer: Viewer, action: str) -> list[AgencyRow]:
    """The agencies that the action reaches, in order of name."""
    found = agencies_for(viewer, action)
    contacts = _contacts(found)
    rows = [_row(one, contacts.get(one.pk, []), viewer) for one in found]
    return sorted(rows, key=lambda row: sort_key(row.authority.name))


def one_page(viewer: Viewer, authority: Authority, number: int | None = None) -> OnePage | None:
    """An agency's page, or an earlier version of it; None when there is no such version."""
    alone = Authority.objects.filter(pk=authority.pk)
    row = _row(authority, _contacts(alone).get(authority.pk, []), viewer)
    versions = list(_versions(authority, viewer))
    shown = row.written
    if number is not None:
        shown = next((one for one in versions if one.number == number), None)
        if shown is None:
            return None
    return OnePage(
        row=row,
        responsibilities=said_of(viewer.today, shown),
        versions=versions,
        shown=shown,
        may_write=agencies_for(viewer, "agencies.write").filter(pk=authority.pk).exists(),
        may_appoint=agencies_for(viewer, "agencies.appoint").filter(pk=authority.pk).exists()
        and not has_own_administrator(authority, viewer.today),
    )


def _versions(authority: Authority, viewer: Viewer) -> QuerySet[AgencyPage]:
    mine = AgencyPage.objects.filter(authority=authority, written_at__lte=viewer.now)
    return mine.select_related("written_by").order_by("-number")


def _row(authority: Authority, contacts: Sequence[Assignment], viewer: Viewer) -> AgencyRow:
    today = viewer.today
    periods = [(one.from_on, one.to_on) for one in contacts]
    told = [gap for gap in gaps(periods) if (gap.to_on or today) >= today - SHOWN_BACK]
    recent = [one for one in contacts if (one.to_on or today) >= today - SHOWN_BACK]
    return AgencyRow(
        authority=authority,
        contacts=[_contact(one, today) for one in recent],
        gaps=told,
        gap=open_gap(periods, today),
        written=AgencyPage.objects.newest(authority, viewer.now),
        today=today,
    )


def _contact(one: Assignment, today: date) -> Contact:
    return Contact(
        assignment=one,
        name=one.account.name if one.account else "",
        unit=one.unit.name,
        from_on=one.from_on,
        to_on=one.to_on,
        is_now=one.from_on <= today and (one.to_on is None or today <= one.to_on),
        is_to_come=one.from_on > today,
    )


def _contacts(authorities: QuerySet[Authority]) -> dict[int, list[Assignment]]:
    """Everybody who is, was or will be contact, by the agency's key in the database."""
    found: dict[int, list[Assignment]] = {}
    for one in contacts_at(offices_of(authorities)):
        found.setdefault(one.unit.authority_id, []).append(one)
    return found
