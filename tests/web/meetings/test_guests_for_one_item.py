"""A mentor comes for one item: what they see is that item, and nothing else of the meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.web.conftest import LONG_AGO
from tests.web.meetings.conftest import NOW, School, item_of

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.meetings import actions
from narvaro.web.meetings.actions.planning import Plan
from narvaro.web.meetings.models import Guest, Meeting
from narvaro.web.messages.models import Mail
from narvaro.web.messages.registry import events_of
from narvaro.web.pupils.models import Protection
from narvaro.web.ui.registry import queue_of


@pytest.fixture
def mentor(school: School) -> Assignment:
    """The mentor of the pupils' class."""
    post = school.town.somebody(Role.MENTOR, "almskolan/7B", name="Klara Provberg")
    school.people[Role.MENTOR] = post
    for pupil in school.pupils:
        pupil.enrolments.update(class_key="almskolan/7B")
    return post


def account(post: Assignment) -> Account:
    assert post.account is not None
    return post.account


def invited(school: School, meeting: Meeting, *, number: int = 1) -> Guest:
    """The mentor, for the pupil of a number."""
    item = item_of(meeting, school.pupils[number])
    return actions.invite_guest(
        item=item,
        account=account(school.people[Role.MENTOR]),
        prepare="Ta med schemat",
        by=school.viewer(),
        at=NOW,
    )


def test_a_mentor_sees_the_own_item_and_nothing_else(school: School, mentor: Assignment) -> None:
    meeting = school.plan()
    guest = invited(school, meeting)
    client = school.town.signed_in(mentor)

    page = client.get(reverse("meeting_guest", args=[guest.public_id])).content.decode()

    assert "Bo Provsson" in page
    assert "Ta med schemat" in page
    for hidden in ("Alva", "Tredje flaggan", "Samtal 5 okt", "Trivs i klassen", "Behövs fördjupad"):
        assert hidden not in page
    for name in ("meeting", "meeting_minutes", "minutes_pdf"):
        assert client.get(reverse(name, args=[meeting.public_id])).status_code == 404


def test_a_mentor_of_the_same_class_opens_the_invitation_and_nobody_else(
    school: School, mentor: Assignment
) -> None:
    guest = invited(school, school.plan())
    address = reverse("meeting_guest", args=[guest.public_id])

    assert mentor.account is not None
    assert school.town.browser(Role.MENTOR, "almskolan/7B").get(address).status_code == 200
    for role, place in ((Role.MENTOR, "almskolan/8A"), (Role.TEACHER, "almskolan/7B")):
        assert school.town.browser(role, place).get(address).status_code == 404
    assert school.browser(Role.SCHOOL_NURSE).get(address).status_code == 404


def test_the_mail_and_the_calendar_tell_the_time_of_the_item_and_no_name(
    school: School, mentor: Assignment
) -> None:
    meeting = school.plan()
    first = item_of(meeting, school.pupils[0])
    guest = invited(school, meeting)

    mail = Mail.objects.get(to=mentor.account)
    (event,) = events_of(school.viewer(Role.MENTOR))

    assert event.starts_at == meeting.starts_at + timedelta(minutes=first.minutes)
    assert guest.public_id in mail.body
    for name in ("Bo", "Alva", "Provsson", "Ta med schemat", "7B"):
        assert name not in mail.subject + mail.body + mail.calendar


def test_a_moved_meeting_moves_the_entry_and_a_cancelled_one_takes_it_away(
    school: School, mentor: Assignment
) -> None:
    meeting = school.plan()
    invited(school, meeting)
    later = Plan(meeting.starts_at + timedelta(days=1), 120, "rum 2", meeting.chair)
    version = Meeting.objects.get(pk=meeting.pk).version

    actions.replan(meeting=meeting, plan=later, version=version, by=school.viewer(), at=NOW)
    (moved,) = events_of(school.viewer(Role.MENTOR))
    actions.cancel(
        meeting=meeting, reason="Sjukdom", version=version + 1, by=school.viewer(), at=NOW
    )
    (gone,) = events_of(school.viewer(Role.MENTOR))

    assert (moved.sequence, gone.sequence, gone.is_cancelled) == (1, 2, True)
    bodies = list(Mail.objects.filter(to=mentor.account).order_by("pk"))
    assert len(bodies) == 3
    assert "METHOD:CANCEL" in bodies[-1].calendar
    assert "är inställt" in bodies[-1].body


def test_it_stands_in_the_mentors_work_queue_until_the_class_is_not_theirs(
    school: School, mentor: Assignment
) -> None:
    guest = invited(school, school.plan())
    key = f"guest {guest.public_id}"

    before = [one.key for one in queue_of(school.viewer(Role.MENTOR))]
    school.pupils[1].enrolments.update(class_key="almskolan/8A")
    after = [one.key for one in queue_of(school.viewer(Role.MENTOR))]

    assert mentor.account is not None
    assert (key in before, key in after) == (True, False)


def test_only_a_mentor_of_the_pupil_is_invited_and_for_a_protected_one_who_is_on_the_list(
    school: School, mentor: Assignment
) -> None:
    meeting = school.plan()
    item = item_of(meeting, school.pupils[0])
    stranger = school.town.somebody(Role.MENTOR, "almskolan/8A")

    def ask(one: Account) -> Guest:
        return actions.invite_guest(item=item, account=one, prepare="", by=school.viewer(), at=NOW)

    with pytest.raises(Refused, match="inte mentor för eleven"):
        ask(account(stranger))
    school.pupils[0].protection = Protection.MARKED
    school.pupils[0].save()
    item.refresh_from_db()
    with pytest.raises(Refused, match="inte mentor för eleven"):
        ask(account(mentor))
    school.pupils[0].access_list.create(
        account=account(mentor), decided_by=account(mentor), from_on=LONG_AGO
    )

    assert ask(account(mentor)).pk


def test_the_page_of_the_meeting_leads_to_the_invitation(
    school: School, mentor: Assignment
) -> None:
    meeting = school.plan()
    item = item_of(meeting, school.pupils[0])
    address = reverse("invite_guest", args=[item.public_id])
    client = school.browser()

    shown = client.get(reverse("meeting", args=[meeting.public_id])).content.decode()
    form = client.get(address).content.decode()
    sent = {"account": account(mentor).public_id, "prepare": "Ta med schemat"}
    client.post(address, sent)

    assert address in shown
    assert "Klara Provberg" in form
    assert Guest.objects.get().prepare == "Ta med schemat"


def test_somebody_is_asked_once_for_an_item(school: School, mentor: Assignment) -> None:
    meeting = school.plan()
    first, second = invited(school, meeting), invited(school, meeting)

    assert mentor.account is not None
    assert first.pk == second.pk
