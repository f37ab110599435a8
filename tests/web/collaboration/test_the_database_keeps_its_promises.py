"""What the database refuses of calls, answers, meetings, decisions and deviations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.web.collaboration.conftest import NOW, Agencies

from narvaro.web.collaboration.models import (
    Answer,
    AnswerLink,
    Call,
    Called,
    CallKind,
    Cancelled,
    CrossMeeting,
    Decision,
    Deviation,
    How,
    PlaceKind,
    Presence,
    Present,
    Proposed,
    What,
)

TRIED_HERE = (
    Call,
    Called,
    Proposed,
    AnswerLink,
    CrossMeeting,
    Present,
    Decision,
    Deviation,
)
Breaks = Callable[[Agencies], object]
DAY = NOW.date()


def sent(agencies: Agencies) -> Call:
    return agencies.call(called_on=DAY)


def meeting(agencies: Agencies, **more: object) -> CrossMeeting:
    fields = {
        "call": more.pop("call", None) or sent(agencies),
        "starts_at": NOW,
        "place_kind": PlaceKind.VIDEO,
        "chair_unit": agencies.social,
        "planned_at": NOW,
        "planned_by": agencies.account(),
    } | more
    return CrossMeeting.objects.create(**fields)


def held(agencies: Agencies) -> CrossMeeting:
    return meeting(agencies, held_at=NOW, held_by=agencies.account(), follow_up_on=DAY)


def decision(agencies: Agencies, **more: object) -> Decision:
    fields = {
        "meeting": meeting(agencies),
        "words": "Ringer hem",
        "owner_unit": agencies.social,
        "due_on": DAY,
        "made_by": agencies.account(),
        "made_at": NOW,
    } | more
    return Decision.objects.create(**fields)


def deviation(agencies: Agencies, call: Call, **more: object) -> Deviation:
    fields = {"what": What.LATE, "unit": agencies.social, "made_at": NOW, "made_on": DAY} | more
    return Deviation.objects.create(call=call, **fields)


def present(agencies: Agencies, of: CrossMeeting, **more: object) -> Present:
    fields = {"presence": Presence.YES, "noted_by": agencies.account(), "noted_at": NOW} | more
    return Present.objects.create(meeting=of, unit=agencies.social, **fields)


def link(of: Called, **more: object) -> AnswerLink:
    fields = {"made_at": NOW, "expires_at": NOW + timedelta(days=1)} | more
    return AnswerLink.objects.create(called=of, **fields)


def twice(make: Callable[[], object]) -> None:
    make()
    make()


def same_time_twice(agencies: Agencies) -> None:
    call = sent(agencies)
    twice(lambda: agencies.proposed(call, DAY))


def same_unit_twice(agencies: Agencies) -> None:
    call = sent(agencies)
    twice(lambda: agencies.called(call))


def two_meetings(agencies: Agencies) -> None:
    call = sent(agencies)
    twice(lambda: meeting(agencies, call=call))


def two_links(agencies: Agencies) -> None:
    called = agencies.called(sent(agencies))
    twice(lambda: link(called))


def present_twice(agencies: Agencies) -> None:
    of = meeting(agencies)
    twice(lambda: present(agencies, of))


def deviation_twice(agencies: Agencies) -> None:
    call = sent(agencies)
    twice(lambda: deviation(agencies, call))


BROKEN: dict[str, Breaks] = {
    "a_call_says_why_and_what_is_asked": lambda a: a.call(question=""),
    "a_call_has_its_days": lambda a: a.call(days=0),
    "a_call_is_sent_wholly_or_not_at_all": lambda a: a.call(sent_at=NOW),
    "a_call_is_taken_back_with_a_reason": lambda a: a.call(
        cancelled_at=NOW, cancelled_by=a.account()
    ),
    "a_time_is_proposed_once_in_a_call": same_time_twice,
    "a_proposed_time_has_a_length": lambda a: a.proposed(sent(a), DAY, minutes=0),
    "a_unit_is_called_once": same_unit_twice,
    "a_called_unit_can_be_reached": lambda a: a.called(sent(a), contact=None),
    "an_answer_of_a_unit_has_its_time_and_way": lambda a: a.called(sent(a), answer=Answer.YES),
    "an_answer_by_an_account_says_whose": lambda a: a.called(
        sent(a), answer=Answer.YES, answered_at=NOW, how=How.ACCOUNT
    ),
    "a_unit_is_taken_out_with_a_reason": lambda a: a.called(sent(a), stopped_at=NOW),
    "a_link_to_answer_ends_after_it_was_made": lambda a: link(a.called(sent(a)), expires_at=NOW),
    "a_unit_has_one_link_to_answer": two_links,
    "a_call_leads_to_one_meeting": two_meetings,
    "a_meeting_of_agencies_has_a_length": lambda a: meeting(a, minutes=0),
    "a_held_meeting_of_agencies_says_when_it_is_followed_up": lambda a: meeting(
        a, held_at=NOW, held_by=a.account()
    ),
    "a_cancelled_meeting_of_agencies_says_why": lambda a: meeting(
        a, cancelled_at=NOW, cancelled_by=a.account()
    ),
    "a_meeting_of_agencies_is_not_both_held_and_cancelled": lambda a: meeting(
        a,
        held_at=NOW,
        held_by=a.account(),
        follow_up_on=DAY,
        cancelled_at=NOW,
        cancelled_by=a.account(),
        cancelled_because=Cancelled.NOT_NEEDED,
    ),
    "a_unit_is_present_once_at_a_meeting": present_twice,
    "only_who_came_is_named_or_a_substitute": lambda a: present(
        a, meeting(a), presence=Presence.NO_SHOW, is_substitute=True
    ),
    "a_decision_of_agencies_says_something": lambda a: decision(a, words=""),
    "a_decision_of_agencies_is_done_by_somebody": lambda a: decision(a, done_at=NOW),
    "a_deviation_is_noted_once": deviation_twice,
    "a_deviation_is_signed_by_somebody": lambda a: deviation(
        a, sent(a), signed_at=NOW - timedelta(days=1), signed_by=a.account()
    ),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_database_refuses(agencies: Agencies, name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name](agencies)

    if "UNIQUE" not in str(refused.value):
        assert name in str(refused.value)


def test_every_constraint_is_tried() -> None:
    named = {each.name for model in TRIED_HERE for each in model._meta.constraints}

    assert named == set(BROKEN)


def test_a_held_meeting_with_its_follow_up_and_a_call_that_follows_it_are_kept(
    agencies: Agencies,
) -> None:
    first = held(agencies)
    next_call = agencies.call(kind=CallKind.FOLLOW_UP, follows=first)

    assert list(CrossMeeting.objects.held()) == [first]
    assert list(first.followed_by.all()) == [next_call]


def test_what_is_asked_is_not_readable_where_it_lies(agencies: Agencies) -> None:
    agencies.call(question="Hemlig fråga")
    with connection.cursor() as cursor:
        cursor.execute("select question from collaboration_call")
        lying = cursor.fetchone()[0]

    assert "Hemlig" not in lying
    assert Call.objects.get().question == "Hemlig fråga"


def test_the_callers_side_sees_calls_of_cases_in_reach_and_nobody_else(agencies: Agencies) -> None:
    call = sent(agencies)
    meeting(agencies, call=call)
    me, outside = agencies.viewer(), agencies.viewer(agencies.contact)

    assert list(Call.objects.visible_to(me, "cases.case")) == [call]
    assert CrossMeeting.objects.visible_to(me, "cases.case").count() == 1
    assert not Call.objects.visible_to(outside, "cases.case").exists()
    assert not CrossMeeting.objects.visible_to(outside, "cases.case").exists()
