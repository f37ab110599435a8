"""The pages: an adviser offers, a school books after a second look, answers, and it is noted who came."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from tests.web.consultations.conftest import BOTH, NOW, SOON, Care

from narvaro.web.accounts.models import Placement, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.consultations.models import Asked, Booking, Slot

COUNSELLOR, NURSE = BOTH
OFFER: dict[str, Any] = {
    "day": "2026-11-12",
    "time": "14:00",
    "minutes": "60",
    "count": "3",
    "weeks": "2",
    "place_kind": "school",
    "place": "rum 4",
    "purpose": "",
    "youngest": "6",
    "oldest": "18",
    "with_whom": "",
    "release_days": "7",
    "closes_days": "1",
}


def question_of(care: Care, text: str, **more: str) -> dict[str, Any]:
    people = [care.account(NURSE).public_id, care.account(COUNSELLOR).public_id]
    return {"purpose": "case_advice", "question": text, "people": people} | more


def test_several_times_are_offered_at_the_same_hour_across_the_change_of_the_clock(
    care: Care,
) -> None:
    care.now = NOW.replace(month=10, day=1)
    browser = care.browser(Role.AGENCY_CONTACT, "kliniken")
    sent = OFFER | {"day": "2026-10-22", "held_for": care.town.units["almskolan"].public_id}
    answer = browser.post(reverse("offer_consultations"), sent)
    slots = list(Slot.objects.order_by("starts_at"))

    assert answer.status_code == 302
    assert [one.on for one in slots] == [date(2026, 10, 22), date(2026, 11, 5), date(2026, 11, 19)]
    assert [one.starts_at.hour for one in slots] == [12, 13, 13]  # UTC: 14 all the same
    assert {one.held_for for one in slots} == {care.town.units["almskolan"]}
    assert slots[0].released_on == date(2026, 10, 15)
    assert slots[0].closes_on == date(2026, 10, 21)


def test_a_time_that_has_been_or_ages_the_wrong_way_round_are_asked_about_again(
    care: Care,
) -> None:
    browser = care.browser(Role.AGENCY_CONTACT, "kliniken")
    for wrong, said in (
        ({"day": "2026-11-01"}, "Ange en tid som inte har varit."),
        ({"oldest": "5"}, "Ange en ålder som inte är lägre än den första."),
    ):
        shown = browser.post(reverse("offer_consultations"), OFFER | wrong).content.decode()
        assert said in shown
    assert not Slot.objects.exists()


def test_a_question_with_a_name_is_shown_again_with_what_was_written_and_booked_when_sure(
    care: Care,
) -> None:
    url = reverse("book_consultation", args=[care.offer().public_id])
    browser = care.browser(COUNSELLOR)
    first = browser.get(url).content.decode()
    sent = question_of(care, "Hur gör vi när Kim är hemma?")
    warned = browser.post(url, sent).content.decode()

    assert "is_sure" not in first
    assert "Här kan stå ett namn." in warned
    assert "Hur gör vi när Kim är hemma?" in warned
    assert 'name="is_sure"' in warned
    assert not Booking.objects.exists()
    assert browser.post(url, sent | {"is_sure": "on"}).status_code == 302
    assert Booking.objects.get().asked.count() == 2


def test_a_personal_number_is_refused_whatever_is_ticked(care: Care) -> None:
    url = reverse("book_consultation", args=[care.offer().public_id])
    sent = question_of(care, "Det gäller 140305-0000.", is_sure="on")

    assert "personnummer" in care.browser(COUNSELLOR).post(url, sent).content.decode()
    assert not Booking.objects.exists()


def test_the_list_of_a_school_and_of_the_agency_have_what_is_theirs(care: Care) -> None:
    care.book(care.offer())
    care.offer(SOON + timedelta(days=1), held_for=care.town.units["almskolan"])
    pages = {
        where: care.browser(role, where).get(reverse("consultations")).content.decode()
        for where, role in (
            ("almskolan", NURSE),
            ("bjorkskolan", NURSE),
            ("kliniken", Role.AGENCY_CONTACT),
            ("vårdcentralen", Role.AGENCY_CONTACT),
        )
    }

    assert "Svara om du kommer" in pages["almskolan"]
    assert "Sparad för almskolan" in pages["almskolan"]
    assert "inga lediga tider" in pages["bjorkskolan"]
    assert "Råd i ett ärende, almskolan" in pages["kliniken"]
    assert "almskolan" not in pages["vårdcentralen"]


def test_one_click_answers_and_a_late_one_is_told_so(care: Care) -> None:
    made = care.book(care.offer())
    browser = care.browser(NURSE)
    url = reverse("answer_consultation", args=[made.public_id])
    page = reverse("consultation", args=[made.slot.public_id])

    assert 'value="comes"' in browser.get(page).content.decode()
    browser.post(url, {"says": "comes"})
    assert Asked.objects.get(profession=NURSE).answer == "comes"
    assert browser.post(url, {"says": "perhaps"}).status_code == 404
    care.now = SOON
    assert "börjat" in browser.post(url, {"says": "does_not"}, follow=True).content.decode()
    assert Asked.objects.get(profession=NURSE).answer == "comes"
    assert 'value="comes"' not in browser.get(page).content.decode()


def test_a_colleague_is_chosen_among_those_not_asked(care: Care) -> None:
    made = care.book(care.offer(), roles=[NURSE])
    url = reverse("send_another", args=[made.public_id])
    browser = care.browser(NURSE)
    colleague = care.account(Role.PRINCIPAL)

    assert care.account(NURSE).public_id not in browser.get(url).content.decode()
    browser.post(url, {"person": colleague.public_id})
    page = browser.get(reverse("consultation", args=[made.slot.public_id])).content.decode()
    assert f"i stället för {care.account(NURSE).name}" in page


def test_the_adviser_notes_who_came_and_the_second_of_two_is_told(care: Care) -> None:
    made = care.book(care.offer())
    browser = care.browser(Role.AGENCY_CONTACT, "kliniken")
    url = reverse("note_consultation", args=[made.public_id])
    assert browser.get(url).status_code == 404
    care.now = SOON + timedelta(hours=2)
    sent = {f"asked-{one.pk}": "no" for one in made.asked.all()} | {"version": "1"}

    assert browser.post(url, {"version": "1"}).status_code == 200  # everybody, or nothing is noted
    assert browser.post(url, sent).status_code == 302
    assert browser.post(url, sent).status_code == 409
    page = browser.get(reverse("consultations")).content.decode()
    assert "0 av 2 kom, 2 uteblev utan att säga till" in page


def test_a_booking_is_given_back_and_a_time_called_off_by_pages(care: Care) -> None:
    slot = care.offer()
    made = care.book(slot)
    back = reverse("take_back_consultation", args=[made.public_id])
    off = reverse("cancel_consultation", args=[slot.public_id])
    adviser = care.browser(Role.AGENCY_CONTACT, "kliniken")

    assert care.browser(NURSE).post(back, {"version": "1"}).status_code == 302
    made.refresh_from_db()
    assert made.cancelled_at == NOW
    assert adviser.post(off, {"reason": "Sjukdom", "version": "1"}).status_code == 409
    assert adviser.post(off, {"reason": "Sjukdom", "version": "2"}).status_code == 302
    shown = adviser.get(reverse("consultation", args=[slot.public_id])).content.decode()
    assert "Inställd" in shown


def test_who_serves_several_schools_says_which(care: Care) -> None:
    slot = care.offer()
    browser = care.town.browser(Role.SCHOOL_PSYCHOLOGIST, "norra")
    url = reverse("book_consultation", args=[slot.public_id])
    school = care.town.unit("cederskolan", UnitKind.SCHOOL, under="norra")
    assert Placement.objects.filter(unit=school).exists()

    chosen = browser.get(url).content.decode()
    assert {"almskolan", "bjorkskolan", "cederskolan"} <= set(chosen.replace("<", ">").split(">"))
    form = browser.get(f"{url}?skola={care.town.units['almskolan'].public_id}")
    assert care.account(NURSE).name in form.content.decode()
    elsewhere = browser.get(f"{url}?skola={care.town.units['kliniken'].public_id}").content.decode()
    assert "Vilken skola gäller det?" in elsewhere
