"""What the page of a meeting shows: the points, who came, what was said, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.meetings.actions import units_called
from narvaro.web.collaboration.meetings.agenda import points_of
from narvaro.web.collaboration.models import (
    Called,
    CrossMeeting,
    Decision,
    Deviation,
    Minutes,
    Presence,
    Present,
)
from narvaro.web.collaboration.words import place_said
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.written import moment_of_year


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit that was called, and what is noted of it; `kind` is the tag's."""

    name: str
    person: str
    said: str
    kind: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting of authorities, as the side that called sees it."""

    meeting: CrossMeeting
    name: str
    title: str
    when: str
    points: Sequence[str]
    units: Sequence[UnitRow]
    minutes: Minutes | None
    decisions: Sequence[Decision]
    deviations: Sequence[Deviation]
    is_noted: bool
    has_begun: bool

    @property
    def is_locked(self) -> bool:
        """Nothing of it is changed any more."""
        return self.minutes is not None and self.minutes.locked_at is not None

    @property
    def version_of_minutes(self) -> int:
        """What the form to write them is opened with."""
        return 0 if self.minutes is None else self.minutes.version

    @property
    def may_be_locked(self) -> bool:
        """It was held and something is written."""
        return bool(self.meeting.held_at and self.minutes and not self.is_locked)


def meeting_page(meeting: CrossMeeting, viewer: Viewer) -> MeetingPage:
    """The page, of a meeting whose call, pupil and chair are at hand."""
    call, called = meeting.call, units_called(meeting)
    noted = {one.unit_id: one for one in meeting.present.all()}
    where = place_said(call, meeting.place_kind, meeting.place)
    said = [moment_of_year(meeting.starts_at), _("%(n)d minuter") % {"n": meeting.minutes}, where]
    return MeetingPage(
        meeting=meeting,
        name=name_of(call.pupil),
        title=call.local_name,
        when=", ".join(one for one in said if one),
        points=points_of(call),
        units=[_unit(one, noted.get(one.unit_id)) for one in called],
        minutes=Minutes.objects.select_related("locked_by").filter(meeting=meeting).first(),
        decisions=list(meeting.decisions.select_related("owner_unit")),
        deviations=list(call.deviations.filter(made_at__lte=viewer.now).select_related("unit")),
        is_noted=all(one.unit_id in noted for one in called),
        has_begun=meeting.day <= viewer.today,
    )


def units_at(meeting: CrossMeeting) -> list[Unit]:
    """Those a decision can be given to: the calling school, and the units that take part."""
    return [meeting.call.case.school, *(one.unit for one in units_called(meeting))]


def _unit(one: Called, noted: Present | None) -> UnitRow:
    if noted is None:
        return UnitRow(one.unit.name, one.person, _("Inte antecknat"), "unknown")
    if noted.presence != Presence.YES:
        kind = "unknown" if noted.presence == Presence.NO else "new"
        return UnitRow(one.unit.name, "", str(Presence(noted.presence).label).capitalize(), kind)
    said = _("Kom, i någon annans ställe") if noted.is_substitute else _("Kom")
    return UnitRow(one.unit.name, noted.person, said, "done")
