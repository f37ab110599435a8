"""An agenda makes itself, keeps its order, and never loses what was not reached."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.web.meetings.conftest import NOW, Cases, School, item_of, made_pupil, offered

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.meetings import actions
from narvaro.web.meetings.actions.agenda import Said
from narvaro.web.meetings.actions.deciding import Decided
from narvaro.web.meetings.models import AgendaItem, Invited, Meeting


def order(meeting: Meeting) -> list[str]:
    return [one.pupil.key if one.pupil else one.title for one in meeting.items.on_the_agenda()]


def decide(school: School, item: AgendaItem, word: str = "back") -> None:
    decided = Decided(word, "Tillbaka", "Det går bättre", school.account(Role.PRINCIPAL))
    actions.decide(item=item, decided=decided, by=school.viewer(), at=NOW)


def test_a_planned_meeting_has_its_agenda_and_has_asked_its_people(school: School) -> None:
    meeting = school.plan()

    first = meeting.items.on_the_agenda()[0]
    asked = {one.profession for one in meeting.invited.all()}
    assert order(meeting) == ["alva", "bo"]
    assert (first.why, first.figure, first.minutes) == ("Tredje flaggan", "15,2 %", 12)
    assert asked == {Role.PRINCIPAL, Role.SCHOOL_COUNSELLOR, Role.SCHOOL_NURSE}


def test_gathering_again_brings_what_is_new_and_what_has_changed_and_keeps_the_order(
    school: School, cases: Cases
) -> None:
    meeting = school.plan()
    alva, _bo = meeting.items.on_the_agenda()
    actions.move(
        item=alva,
        among=list(meeting.items.on_the_agenda()),
        steps=1,
        version=meeting.version,
        by=school.viewer(),
        at=NOW,
    )
    third = made_pupil(school.town, "cilla", "Cilla")
    cases.offered = [offered(third), *cases.offered]

    count = actions.gather(meeting=meeting, by=school.viewer(), at=NOW)

    assert count == 1
    assert order(meeting) == ["bo", "alva", "cilla"]


def test_what_was_struck_does_not_come_back_by_itself_and_says_why(school: School) -> None:
    meeting = school.plan()
    alva = item_of(meeting, school.pupils[0])
    actions.strike(
        item=alva, reason="Har flyttat", version=meeting.version, by=school.viewer(), at=NOW
    )

    actions.gather(meeting=meeting, by=school.viewer(), at=NOW)

    alva.refresh_from_db()
    assert order(meeting) == ["bo"]
    assert alva.struck_reason == "Har flyttat"


def test_two_who_order_the_same_agenda_the_second_is_told(school: School) -> None:
    meeting = school.plan()
    items = list(meeting.items.on_the_agenda())
    opened = meeting.version

    def move() -> None:
        actions.move(
            item=items[0], among=items, steps=1, version=opened, by=school.viewer(), at=NOW
        )

    move()
    with pytest.raises(ChangedMeanwhile):
        move()
    assert order(meeting) == ["bo", "alva"]


def test_a_pupil_and_a_general_item_are_added_by_hand_once(school: School) -> None:
    meeting = school.plan()
    cilla = made_pupil(school.town, "cilla", "Cilla")
    said = Said("Oro från mentor", "Vem ringer hem?", 10)
    actions.add_pupil(meeting=meeting, pupil=cilla, said=said, by=school.viewer(), at=NOW)
    actions.add_general(
        meeting=meeting, title="Två lediga tider", minutes=5, by=school.viewer(), at=NOW
    )

    with pytest.raises(Refused, match="redan"):
        actions.add_pupil(meeting=meeting, pupil=cilla, said=said, by=school.viewer(), at=NOW)
    assert order(meeting) == ["alva", "bo", "cilla", "Två lediga tider"]


def test_what_is_not_reached_stands_on_the_next_meeting(school: School, cases: Cases) -> None:
    first = school.plan()
    second = school.plan(starts_at=NOW + timedelta(days=14))
    cases.offered = []
    decide(school, item_of(first, school.pupils[0]))

    school.held(first)

    bo = second.items.get(source_key="case:bo")
    assert bo.carried_from == item_of(first, school.pupils[1])
    assert [one.source_key for one in second.items.on_the_agenda()].count("case:bo") == 1
    assert second.items.filter(carried_from__source_key="case:alva").exists() is False


def test_what_is_not_reached_waits_for_a_meeting_that_is_not_planned_yet(
    school: School, cases: Cases
) -> None:
    first = school.plan()
    actions.add_general(meeting=first, title="Läsron", minutes=5, by=school.viewer(), at=NOW)
    cases.offered = []
    school.held(first)

    second = school.plan(starts_at=NOW + timedelta(days=28))

    assert order(second) == ["alva", "bo", "Läsron"]


def test_the_items_of_a_cancelled_meeting_wait_too(school: School, cases: Cases) -> None:
    first = school.plan()
    cases.offered = []
    actions.cancel(
        meeting=first, reason="Sjukdom", version=first.version, by=school.viewer(), at=NOW
    )

    second = school.plan(starts_at=NOW + timedelta(days=8))

    assert order(second) == ["alva", "bo"]
    with pytest.raises(Refused):
        actions.gather(meeting=first, by=school.viewer(), at=NOW)


def test_a_decision_is_taken_by_its_source_and_made_once(school: School, cases: Cases) -> None:
    meeting = school.plan()
    alva = item_of(meeting, school.pupils[0])

    decide(school, alva)
    with pytest.raises(ChangedMeanwhile):
        decide(school, alva, "investigate")

    assert cases.took == [("case:alva", "back")]
    assert Entry.objects.filter(action="meetings.decide").count() == 1


def test_a_decision_that_its_source_refuses_is_not_saved(school: School, cases: Cases) -> None:
    meeting = school.plan()
    alva = item_of(meeting, school.pupils[0])
    cases.refusal = "Ärendet stängdes i dag av Klara Provberg."

    with pytest.raises(Refused, match="stängdes i dag"):
        decide(school, alva)

    alva.refresh_from_db()
    assert not hasattr(alva, "decision")
    assert not Entry.objects.filter(action="meetings.decide").exists()


def test_a_meeting_is_not_held_before_its_day_or_before_all_are_noted(school: School) -> None:
    meeting = school.plan()
    with pytest.raises(Refused, match="inte varit"):
        actions.hold(meeting=meeting, version=1, by=school.viewer(), at=NOW)

    late = meeting.starts_at + timedelta(hours=2)
    with pytest.raises(Refused, match="vilka som var med"):
        actions.hold(meeting=meeting, version=1, by=school.viewer(at=late), at=late)
    assert school.held(meeting).held_at is not None


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("an_item_is_about_a_pupil_or_has_a_title", {"title": "Både och"}),
        ("what_is_struck_says_why", {"struck_at": NOW}),
        ("a_source_stands_once_on_an_agenda", {"source_key": "case:bo"}),
    ],
)
def test_the_database_keeps_the_promises_of_items(
    school: School, name: str, wrong: dict[str, object]
) -> None:
    alva = item_of(school.plan(), school.pupils[0])

    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        AgendaItem.objects.filter(pk=alva.pk).update(**wrong)

    assert name in str(broken.value) or "UNIQUE" in str(broken.value).upper()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("a_meeting_is_not_both_held_and_cancelled", {"both": True}),
        ("a_held_meeting_says_who_noted_it", {"held_at": NOW}),
        ("a_cancelled_meeting_says_why", {"cancelled_at": NOW}),
    ],
)
def test_the_database_keeps_the_promises_of_meetings(
    school: School, name: str, wrong: dict[str, object]
) -> None:
    meeting = school.plan()
    if wrong.pop("both", False):
        by = school.account(Role.PRINCIPAL)
        wrong = {
            "held_at": NOW,
            "held_by": by,
            "cancelled_at": NOW,
            "cancelled_by": by,
            "cancel_reason": "x",
        }

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**wrong)


def test_who_was_there_is_noted_by_somebody_and_an_answer_has_its_time(school: School) -> None:
    one = school.plan().invited.first()
    assert one is not None
    for name, wrong in (
        ("who_was_there_is_noted_by_somebody", {"was_present": True}),
        ("an_answer_has_its_time", {"answer": "comes"}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Invited.objects.filter(pk=one.pk).update(**wrong)
