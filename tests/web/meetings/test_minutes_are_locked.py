"""Approved minutes: nothing of the meeting is changed any more, whoever tries and however."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from tests.web.meetings.conftest import NOW, School, item_of

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.meetings import actions
from narvaro.web.meetings.actions.deciding import Decided, Thought
from narvaro.web.meetings.models import (
    Addendum,
    AgendaItem,
    Analysis,
    Decision,
    Invited,
    Meeting,
    Minutes,
    ProtectedPart,
)

AT = NOW + timedelta(days=7, hours=3)


@pytest.fixture
def approved(school: School) -> Meeting:
    """A meeting that was held: one pupil decided on, the protected part written, all approved."""
    meeting = school.plan()
    alva = item_of(meeting, school.pupils[0])
    by = school.viewer()
    actions.analyse(
        item=alva, thought=Thought("Matematik", "Hemma", "Slöjd"), version=0, by=by, at=NOW
    )
    actions.write_protected_part(
        item=alva,
        text="Hemlig text",
        version=0,
        by=school.viewer(Role.SCHOOL_COUNSELLOR),
        at=NOW,
    )
    decided = Decided("back", "Tillbaka", "Skäl", school.account(Role.PRINCIPAL))
    actions.decide(item=alva, decided=decided, by=by, at=NOW)
    school.held(meeting)
    actions.write_minutes(meeting=meeting, general="Allmänt", version=1, by=by, at=AT)
    actions.approve(meeting=meeting, version=2, by=by, at=AT)
    return meeting


def test_a_protected_part_is_not_readable_where_it_lies(approved: Meeting) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select text from meetings_protectedpart")
        lying = cursor.fetchone()[0]

    assert "Hemlig" not in lying
    assert ProtectedPart.objects.get(item__meeting=approved).text == "Hemlig text"


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Meeting, {"place": "annan"}),
        (Invited, {"was_present": False}),
        (AgendaItem, {"why": "annat"}),
        (Analysis, {"works": "annat"}),
        (ProtectedPart, {"written_as": "x"}),
        (Decision, {"reason": "annat"}),
        (Minutes, {"general": "annat"}),
    ],
)
@pytest.mark.usefixtures("approved")
def test_the_database_refuses_to_change_or_remove(
    model: type[Meeting], change: dict[str, object]
) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


def test_the_database_refuses_an_item_put_in_afterwards(approved: Meeting, school: School) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        AgendaItem.objects.create(
            meeting=approved,
            number=99,
            title="Efteråt",
            added_by=school.account(Role.PRINCIPAL),
        )


def test_what_comes_later_is_an_addendum_which_is_never_changed(
    approved: Meeting, school: School
) -> None:
    by = school.viewer(at=AT)
    with pytest.raises(Refused, match="tillägg"):
        actions.write_minutes(meeting=approved, general="Nytt", version=3, by=by, at=AT)

    actions.add_addendum(meeting=approved, item=None, text="Rätt tid: 13.05", by=by, at=AT)

    assert [one.text for one in Addendum.objects.all()] == ["Rätt tid: 13.05"]
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Addendum.objects.update(text="annat")


def test_the_form_of_locked_minutes_is_the_minutes_and_the_way_to_an_addendum(
    school: School, approved: Meeting
) -> None:
    address = reverse("write_minutes", args=[approved.public_id])
    browser = school.browser()

    shown = browser.get(address, follow=True)
    late = browser.post(address, {"general": "Det jag hann skriva", "version": "2"})

    page = shown.content.decode()
    assert shown.redirect_chain == [
        (reverse("meeting_minutes_general", args=[approved.public_id]), 302)
    ]
    assert "Protokollet är justerat. Skriv ett tillägg i stället." in page
    assert reverse("add_addendum", args=[approved.public_id]) in page
    assert "Allmänt" in page
    assert "<textarea" not in page
    assert "Det jag hann skriva" in late.content.decode()
    assert Minutes.objects.get().general == "Allmänt"


def test_minutes_are_not_added_to_before_they_are_approved_nor_approved_before_the_meeting(
    school: School,
) -> None:
    meeting = school.plan()
    by = school.viewer()

    with pytest.raises(Refused, match="inte justerat"):
        actions.add_addendum(meeting=meeting, item=None, text="x", by=by, at=NOW)
    with pytest.raises(Refused, match="inte avslutat"):
        actions.approve(meeting=meeting, version=0, by=by, at=NOW)
    assert school.held(meeting).held_at is not None


def test_the_next_meeting_of_the_series_is_as_free_as_before(
    approved: Meeting, school: School
) -> None:
    later = school.plan(starts_at=AT + timedelta(days=28))

    carried = [one.source_key for one in later.items.on_the_agenda()]
    assert "case:bo" in carried
    assert approved.items.count() == 2
