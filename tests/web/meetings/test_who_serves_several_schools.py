"""A coordinator reads the meetings they are called to; the others of the same school are not there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.web.meetings.conftest import NOW, School

from narvaro.web.accounts.models import Assignment, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.meetings.models import AgendaItem, Invited, Meeting
from narvaro.web.pupils.models import Protection


@pytest.fixture
def coordinator(school: School) -> Assignment:
    """Serves the whole municipality."""
    school.town.unit("norra-hela", UnitKind.AUTHORITY)
    return school.town.somebody(Role.COORDINATOR, "norra-hela", name="Sam Provsson")


def with_pupils(school: School, *, days: int) -> Meeting:
    made = school.plan(starts_at=NOW + timedelta(days=days))
    AgendaItem.objects.filter(meeting=made).delete()
    for number, pupil in enumerate(school.pupils, start=1):
        AgendaItem.objects.create(
            meeting=made, number=number, pupil=pupil, why="Oro", added_by=school.series.chair
        )
    return made


def test_who_is_called_reads_that_meeting_and_none_of_the_others(
    school: School, coordinator: Assignment
) -> None:
    theirs, other = with_pupils(school, days=7), with_pupils(school, days=14)
    Invited.objects.create(meeting=theirs, account=coordinator.account, profession=Role.COORDINATOR)
    browser = school.town.signed_in(coordinator)

    listed = browser.get(reverse("meetings")).content.decode()
    assert theirs.public_id in listed
    assert other.public_id not in listed
    page = browser.get(reverse("meeting", args=[theirs.public_id])).content.decode()
    assert str(school.pupils[0].given_name) in page
    for name in ("meeting", "meeting_minutes", "meeting_minutes_general", "minutes_pdf"):
        assert browser.get(reverse(name, args=[other.public_id])).status_code == 404


def test_somebody_protected_is_not_there_for_who_is_called(
    school: School, coordinator: Assignment
) -> None:
    theirs = with_pupils(school, days=7)
    Invited.objects.create(meeting=theirs, account=coordinator.account, profession=Role.COORDINATOR)
    hidden, seen = school.pupils
    hidden.protection = Protection.MARKED
    hidden.save()

    page = school.town.signed_in(coordinator).get(reverse("meeting", args=[theirs.public_id]))

    assert str(seen.given_name) in page.content.decode()
    assert str(hidden.given_name) not in page.content.decode()
