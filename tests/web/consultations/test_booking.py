"""Times are offered, released, booked, given back; who was asked answers before and not after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.web.consultations.conftest import BOTH, NOW, SOON, Care

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.consultations import actions
from narvaro.web.consultations.models import Answer, Asked, Booking, Slot
from narvaro.web.messages.models import Mail

COUNSELLOR, NURSE = BOTH
DAY = timedelta(days=1)


def bookable(care: Care, where: str, days_before: int) -> bool:
    viewer = care.viewer(COUNSELLOR, SOON - days_before * DAY - timedelta(hours=1), where)
    return Slot.objects.bookable_by(viewer).exists()


def test_a_time_held_for_a_school_is_released_to_all_by_itself_and_then_goes_back(
    care: Care,
) -> None:
    care.offer(held_for=care.town.units["almskolan"], release_days=5, closes_days=2)

    assert [bookable(care, "almskolan", days) for days in (8, 5, 2, 1)] == [True, True, True, False]
    assert [bookable(care, "bjorkskolan", days) for days in (8, 6, 5, 2, 1)] == [
        False,
        False,
        True,
        True,
        False,
    ]


def test_a_time_is_booked_once_and_the_second_is_told(care: Care) -> None:
    slot = care.offer()
    care.book(slot)

    with pytest.raises(Refused, match="boka"):
        care.book(slot, where="bjorkskolan")
    assert Booking.objects.count() == 1


def test_a_time_given_back_is_free_to_the_others_at_once(care: Care) -> None:
    slot = care.offer()
    made = care.book(slot)
    at = NOW + DAY
    actions.take_back(booking=made, version=1, by=care.viewer(COUNSELLOR, at), at=at)

    care.book(slot, where="bjorkskolan", at=at)
    with pytest.raises(ChangedMeanwhile):
        actions.take_back(booking=made, version=1, by=care.viewer(COUNSELLOR, at), at=at)


def test_an_adviser_who_has_left_by_that_day_is_not_booked(care: Care) -> None:
    care.offer()
    Assignment.objects.filter(role=Role.AGENCY_CONTACT).update(to_on=(SOON - DAY).date())

    assert not bookable(care, "almskolan", 3)
    with pytest.raises(Refused, match="uppdrag"):
        care.offer(SOON + DAY)


def test_an_agency_outside_the_area_offers_this_town_nothing(care: Care) -> None:
    care.offer(where="annan klinik")

    assert not bookable(care, "almskolan", 3)


def test_a_school_sees_no_other_schools_booking(care: Care) -> None:
    slot = care.offer()
    care.book(slot)
    action = "consultations.slot"

    assert Slot.objects.visible_to(care.viewer(NURSE), action).exists()
    assert not Slot.objects.visible_to(care.viewer(NURSE, where="bjorkskolan"), action).exists()
    other = care.viewer(Role.AGENCY_CONTACT, where="vårdcentralen")
    assert not Slot.objects.visible_to(other, action).exists()
    assert not Booking.objects.visible_to(other, action).exists()
    assert Booking.objects.visible_to(care.adviser(), action).exists()


def test_those_asked_and_the_adviser_are_mailed_a_time_and_a_link_and_no_question(
    care: Care,
) -> None:
    made = care.book(care.offer(), question="Hur börjar vi om Kim är hemma?", is_sure=True)

    mails = list(Mail.objects.order_by("pk"))
    assert {one.to for one in mails} == {
        care.account(COUNSELLOR),
        care.account(NURSE),
        made.slot.adviser,
    }
    for one in mails:
        assert "Kim" not in one.body + one.subject + one.calendar
        assert "almskolan" not in one.body + one.subject + one.calendar
        assert made.slot.public_id in one.body
        assert "rum 4" in one.calendar


def test_who_books_comes_and_the_others_are_asked(care: Care) -> None:
    made = care.book(care.offer())

    assert [one.answer for one in made.asked.all()] == [Answer.COMES, Answer.NONE]


def test_one_answers_until_it_begins_and_then_silence_stays_silence(care: Care) -> None:
    made = care.book(care.offer())
    care.answers(made, NURSE, Answer.DOES_NOT)

    with pytest.raises(Refused, match="börjat"):
        care.answers(made, NURSE, Answer.COMES, at=SOON)
    assert Asked.objects.get(profession=NURSE).answer == Answer.DOES_NOT


def test_a_colleague_is_sent_instead_once(care: Care) -> None:
    made = care.book(care.offer(), roles=[NURSE])
    by, colleague = care.viewer(NURSE), care.account(COUNSELLOR)
    actions.send_another(booking=made, person=colleague, role=COUNSELLOR, by=by, at=NOW)

    assert made.asked.get(account=colleague).stands_in_for == made.asked.get(profession=NURSE)
    assert made.asked.get(profession=NURSE).answer == Answer.DOES_NOT
    with pytest.raises(Refused, match="redan"):
        actions.send_another(booking=made, person=by.account, role=NURSE, by=by, at=NOW)
    with pytest.raises(Refused, match="redan"):
        care.answers(made, NURSE, Answer.COMES)


def test_who_came_is_noted_after_it_began_for_everybody_at_once(care: Care) -> None:
    made = care.book(care.offer())
    with pytest.raises(Refused, match="inte varit"):
        care.noted(made, [NURSE], at=NOW)
    with pytest.raises(Refused, match="var och en"):
        actions.note_present(
            booking=made, people={}, version=made.version, by=care.adviser(SOON), at=SOON
        )

    assert care.noted(made, [NURSE]).held_at is not None


def test_the_database_keeps_an_answer_once_it_is_noted_who_came(care: Care) -> None:
    made = care.noted(care.book(care.offer()), [COUNSELLOR])
    nurse = made.asked.filter(profession=NURSE)

    with pytest.raises(DatabaseError, match="stands"), transaction.atomic():
        nurse.update(answer=Answer.DOES_NOT, answered_at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        nurse.delete()
    assert nurse.update(was_present=True) == 1  # a slip in the noting is mended


def test_a_time_that_is_called_off_tells_those_who_booked_it(care: Care) -> None:
    slot = care.offer()
    care.book(slot)
    Mail.objects.all().delete()
    actions.cancel(slot=slot, reason="Sjukdom", version=1, by=care.adviser(), at=NOW)

    mails = list(Mail.objects.all())
    assert {one.to for one in mails} == {care.account(COUNSELLOR), care.account(NURSE)}
    assert all("Sjukdom" not in one.body and "CANCEL" in one.calendar for one in mails)
    with pytest.raises(Refused):
        actions.cancel(slot=slot, reason="Igen", version=2, by=care.adviser(), at=NOW)


def test_a_consultation_that_was_held_is_not_called_off(care: Care) -> None:
    made = care.noted(care.book(care.offer()), BOTH)
    slot = Slot.objects.get(pk=made.slot.pk)

    with pytest.raises(Refused, match="hållen"):
        actions.cancel(
            slot=slot, reason="X", version=slot.version, by=care.adviser(SOON + DAY), at=SOON + DAY
        )


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("a_consultation_has_a_length", {"minutes": 0}),
        ("the_oldest_is_no_younger", {"youngest": 18, "oldest": 6}),
        ("a_time_is_released_before_it_closes", {"closes_on": NOW.date() - DAY}),
        ("a_cancelled_time_says_why", {"cancelled_at": NOW}),
    ],
)
def test_the_database_refuses_a_time_that_cannot_be(
    care: Care, name: str, more: dict[str, object]
) -> None:
    slot = care.offer()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(**more)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("a_held_consultation_says_who_noted_it", {"held_at": NOW}),
        ("a_booking_is_taken_back_by_somebody", {"cancelled_at": NOW}),
    ],
)
def test_the_database_refuses_a_booking_that_cannot_be(
    care: Care, name: str, more: dict[str, object]
) -> None:
    made = care.book(care.offer())
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Booking.objects.filter(pk=made.pk).update(**more)


def test_the_database_refuses_what_cannot_be_of_those_asked(care: Care) -> None:
    made = care.book(care.offer())
    nurse, who = made.asked.filter(profession=NURSE), care.account(NURSE)
    both = {"held_at": NOW, "held_by": who, "cancelled_at": NOW, "cancelled_by": who}

    with pytest.raises(IntegrityError, match="noted_by_somebody"), transaction.atomic():
        nurse.update(was_present=True)
    with pytest.raises(IntegrityError, match="has_its_time"), transaction.atomic():
        nurse.update(answer=Answer.COMES)
    with pytest.raises(IntegrityError, match="not_both_held"), transaction.atomic():
        Booking.objects.filter(pk=made.pk).update(**both)
    with pytest.raises(IntegrityError), transaction.atomic():
        Asked.objects.create(booking=made, account=who, profession=NURSE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(
            slot=made.slot, unit=made.unit, purpose="x", booked_by=who, booked_at=NOW
        )


def test_an_adviser_has_one_time_at_a_time(care: Care) -> None:
    care.offer()
    with pytest.raises(Refused, match="redan en tid"):
        care.offer()
    with pytest.raises(Refused, match="redan varit"):
        care.offer(NOW - DAY)
