"""A project's meetings: planned from a template, counted by organisation and role, decided at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Town

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.models import Authority, AuthorityKind, Unit, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.projects import meeting_actions as actions
from narvaro.web.projects.meeting_forms import NoteForm, SeriesForm
from narvaro.web.projects.meeting_pages import open_decisions, organisations, series_pages
from narvaro.web.projects.models import (
    Event,
    MeetingDecision,
    MeetingSeries,
    Project,
    ProjectMeeting,
    SeriesKind,
    Turnout,
)

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
SOCIAL, REGION = "Linnåsa socialtjänst", "Region Linnåsa"


@dataclass
class Running:
    """A project with two other authorities in it, its leader, and a group that meets."""

    town: Town
    project: Project
    series: MeetingSeries
    by: Viewer

    def held(self, on: date, **came: int) -> ProjectMeeting:
        """A meeting at which so many of each organisation were present, by a word of its name."""
        at = datetime(on.year, on.month, on.day, 15, tzinfo=UTC)
        by = Viewer(self.by.account, self.by.assignment, on, at)
        made = actions.plan_meeting(series=self.series, said={"on": on}, by=by, at=at)
        counts = {
            one.pk: (one.invited, came.get(one.organisation.split()[-1], 0))
            for one in made.turnouts.all()
        }
        actions.note_meeting(
            meeting=made, counts=counts, more=[], words={}, version=1, by=by, at=at
        )
        made.refresh_from_db()
        return made

    def browser(self) -> Client:
        return self.town.signed_in(self.by.assignment)

    def url(self, name: str, *ids: str) -> str:
        return reverse(name, args=[self.project.public_id, *ids])


@pytest.fixture
def running(town: Town) -> Iterator[Running]:
    project = Project.objects.create(
        name="Närvaro", programme="boras-2016", from_on=date(2026, 8, 1)
    )
    project.authorities.add(town.authority)
    for name, kind in ((SOCIAL, AuthorityKind.SOCIAL_SERVICES), (REGION, AuthorityKind.REGION)):
        other = Authority.objects.create(name=name, kind=kind)
        Unit.objects.create(authority=other, kind=UnitKind.OFFICE, name=name)
        project.authorities.add(other)
    leader = town.somebody(Role.PROJECT_LEADER, "linnasa")
    assert leader.account is not None
    by = Viewer(leader.account, leader, TODAY, NOW)
    said = SeriesForm.usual(SeriesKind.PROJECT_GROUP, project)
    series = actions.start_meetings(project=project, said=said, by=by, at=NOW)
    with (
        patch("narvaro.web.accounts.doors.now_of", lambda _request: NOW),
        patch("narvaro.web.accounts.doors.today_of", lambda _request: TODAY),
    ):
        yield Running(town, project, series, by)


@pytest.mark.parametrize("kind", SeriesKind)
def test_every_kind_of_meeting_has_a_template_that_can_be_started(
    running: Running, kind: SeriesKind
) -> None:
    answer = running.browser().get(running.url("start_project_meetings") + f"?slag={kind.value}")
    said = SeriesForm.usual(kind, running.project)
    form = SeriesForm({name: value for name, value in said.items() if value is not None})

    assert answer.status_code == 200
    assert form.is_valid(), form.errors
    assert said["agenda"]


def test_the_first_meeting_invites_every_authority_and_the_next_as_the_last(
    running: Running,
) -> None:
    first = running.held(date(2026, 9, 7), kommun=1)
    Turnout.objects.create(
        meeting=first, other="Fritidsgården", role="ledare", invited=2, present=1
    )
    second = running.held(date(2026, 9, 21))

    assert {one.organisation for one in first.turnouts.all()} == {
        "Linnåsa kommun",
        SOCIAL,
        REGION,
        "Fritidsgården",
    }
    assert {(one.organisation, one.role, one.invited) for one in second.turnouts.all()} == {
        (one.organisation, one.role, one.invited) for one in first.turnouts.all()
    }


def test_a_representative_who_is_missing_for_two_months_is_seen(running: Running) -> None:
    """A-R-16: the social services' representative retired, and nobody came for two months."""
    for number in range(5):
        came = {"kommun": 1, "Linnåsa": 1} | ({"socialtjänst": 1} if number < 1 else {})
        running.held(date(2026, 8, 31) + timedelta(weeks=2 * number), **came)

    found = {one.name: one for one in organisations(running.series.meetings.all())}
    page = running.browser().get(running.url("project_meetings")).content.decode()

    assert (found[SOCIAL].present, found[SOCIAL].invited) == (1, 5)
    assert (found[SOCIAL].last_seen, found[SOCIAL].missed_since) == (date(2026, 8, 31), 4)
    assert found[REGION].missed_since == 0
    assert "inte på de 4 senaste" in page
    assert "Rytmen hölls" not in page


def test_a_hole_in_the_rhythm_stands_beside_what_happened_then(running: Running) -> None:
    running.held(date(2026, 8, 24))
    Event.objects.create(
        project=running.project, kind="staff", on=date(2026, 9, 1), text="Personal flyttad"
    )
    Event.objects.create(
        project=running.project, kind="other", on=date(2026, 12, 1), text="Ännu inte hänt"
    )
    (page,) = series_pages(running.project, TODAY)

    assert [(one.weeks, one.is_open) for one in page.gaps] == [(10, True)]
    assert [one.text for one in page.rows[0].events] == ["Personal flyttad"]
    shown = running.browser().get(running.url("project_meetings")).content.decode()
    assert "10 veckor sedan" in shown
    assert "Färre än planerat" in shown
    assert "Ännu inte hänt" not in shown


def test_what_came_is_noted_by_organisation_and_role_with_one_that_was_not_planned(
    running: Running,
) -> None:
    made = actions.plan_meeting(series=running.series, said={"on": TODAY}, by=running.by, at=NOW)
    sent: dict[str, Any] = {"version": "1", "notes": "Läget gicks igenom."}
    for one in made.turnouts.all():
        sent |= {f"invited-{one.pk}": "2", f"present-{one.pk}": "1"}
    sent |= {"other": "Grannby kommun", "role": "politiker", "present": "5"}
    answer = running.browser().post(running.url("note_project_meeting", made.public_id), sent)
    shown = running.browser().get(running.url("project_meeting", made.public_id)).content.decode()

    assert answer.status_code == 302
    assert "Grannby kommun" in shown
    assert "politiker" in shown
    assert "Läget gicks igenom." in shown
    assert Turnout.objects.get(other="Grannby kommun").invited == 5
    again = running.browser().post(running.url("note_project_meeting", made.public_id), sent)
    assert again.status_code == 409
    assert Turnout.objects.filter(other="Grannby kommun").count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"other": "X", "present": "1"}, "role"),
        ({"other": "X", "role": "y"}, "present"),
        ({"role": "y"}, "other"),
        ({"other": "X" * 121, "role": "y", "present": "1"}, "other"),
        ({"other": "X", "role": "y", "present": "-1"}, "present"),
    ],
)
def test_half_an_organisation_is_asked_for_the_rest(
    running: Running, more: dict[str, str], field: str
) -> None:
    made = running.held(date(2026, 9, 7))
    form = NoteForm({"version": "1", **more}, meeting=made, turnouts=[])

    assert field in form.errors


def test_nothing_is_noted_of_a_meeting_to_come_or_called_off(running: Running) -> None:
    soon = actions.plan_meeting(
        series=running.series, said={"on": TODAY + timedelta(days=1)}, by=running.by, at=NOW
    )
    nothing: dict[str, Any] = {"counts": {}, "more": [], "words": {}}
    with pytest.raises(Refused, match="inte varit"):
        actions.note_meeting(meeting=soon, version=1, by=running.by, at=NOW, **nothing)
    said = {"on": TODAY, "cancelled_because": "Sjukdom"}
    actions.change_meeting(meeting=soon, said=said, version=1, by=running.by, at=NOW)
    with pytest.raises(Refused, match="inställt"):
        actions.note_meeting(meeting=soon, version=2, by=running.by, at=NOW, **nothing)
    held = running.held(date(2026, 9, 7))
    with pytest.raises(Refused, match="hållits"):
        actions.change_meeting(meeting=held, said=said, version=2, by=running.by, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        actions.change_meeting(meeting=soon, said=said, version=1, by=running.by, at=NOW)


def test_a_decision_has_an_owner_and_a_day_and_stands_until_it_is_done(running: Running) -> None:
    made = running.held(date(2026, 9, 7))
    owner = Authority.objects.get(name=SOCIAL)
    browser, page = running.browser(), running.url("project_meetings")
    sent = {"text": "Ny kontaktperson utses", "owner": owner.public_id, "due_on": "2026-11-30"}
    browser.post(running.url("decide_at_project_meeting", made.public_id), sent)
    (decision,) = open_decisions(running.project)

    assert "Ny kontaktperson utses" in browser.get(page).content.decode()
    done = running.url("project_decision_done", made.public_id, decision.public_id)
    browser.post(done, {"version": "1"})
    browser.post(done, {"version": "1"})
    decision.refresh_from_db()
    assert (decision.done_on, decision.version) == (TODAY, 2)
    assert not open_decisions(running.project)


def test_a_contact_of_a_taking_part_agency_reads_and_writes_nothing(running: Running) -> None:
    made = running.held(date(2026, 9, 7))
    town = running.town
    for name in (SOCIAL, REGION):
        town.units[name] = Unit.objects.get(name=name)
    outside = Authority.objects.create(name="Annan", kind=AuthorityKind.REGION)
    town.units["annan"] = Unit.objects.create(authority=outside, kind=UnitKind.OFFICE, name="Annan")
    Event.objects.create(
        project=running.project, kind="staff", on=date(2026, 9, 1), text="Personal flyttad"
    )
    contact = town.browser(Role.AGENCY_CONTACT, SOCIAL)
    stranger = town.browser(Role.AGENCY_CONTACT, "annan")

    for address in (
        reverse("all_project_meetings"),
        running.url("project_meetings"),
        running.url("project_meeting", made.public_id),
    ):
        assert "Närvaro" in contact.get(address).content.decode()
    seen = contact.get(running.url("project_meetings")).content.decode()
    assert "Personal flyttad" not in seen
    assert contact.get(running.url("project")).status_code == 404
    assert contact.get(running.url("note_project_meeting", made.public_id)).status_code == 404
    assert (
        running.project.public_id
        not in stranger.get(reverse("all_project_meetings")).content.decode()
    )
    assert stranger.get(running.url("project_meeting", made.public_id)).status_code == 404


def test_a_meeting_of_another_project_is_not_found_through_ones_own(running: Running) -> None:
    made = running.held(date(2026, 9, 7))
    other = Project.objects.create(name="B", programme="boras-2016", from_on=TODAY)
    other.authorities.add(running.town.authority)

    address = reverse("project_meeting", args=[other.public_id, made.public_id])
    assert running.browser().get(address).status_code == 404


def test_the_database_refuses_what_cannot_be(running: Running) -> None:
    made = running.held(date(2026, 9, 7))
    series = MeetingSeries.objects.filter(pk=running.series.pk)
    meetings = ProjectMeeting.objects.filter(pk=made.pk)
    row = made.turnouts.exclude(authority=None)[0]
    again = {"meeting": made, "authority": row.authority, "role": row.role}
    named = {"meeting": made, "other": "X", "role": "y"}
    Turnout.objects.create(**named)

    for name, write in (
        ("end_after_they_start", lambda: series.update(to_on=date(2020, 1, 1))),
        ("a_rhythm_has_a_number", lambda: series.update(number=0)),
        ("have_a_name", lambda: series.update(name="")),
        ("not_both_held", lambda: meetings.update(cancelled_because="X")),
        ("of_an_authority_or", lambda: Turnout.objects.create(meeting=made, role="x")),
        ("(?i)unique", lambda: Turnout.objects.create(**again)),
        ("(?i)unique", lambda: Turnout.objects.create(**named)),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()
    assert not MeetingDecision.objects.exists()
