"""A question is without names: numbers are refused, names are warned of, and nothing is given away."""

from __future__ import annotations

import pytest
from tests.web.consultations.conftest import Care
from tests.web.meetings.conftest import made_pupil

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.anonymous import Found, capitals_inside, found_in
from narvaro.web.consultations.models import Booking
from narvaro.web.pupils.models import Protection


@pytest.fixture
def viewer(care: Care) -> Viewer:
    return care.viewer(Role.SCHOOL_COUNSELLOR)


@pytest.mark.parametrize(
    "written",
    [
        "Hon är född 20140305-0000 och går här.",
        "140305-0000",
        "201403050000",
        "140365 0000",
        "2014-03-05-0000",
        "140305+TF01",
    ],
)
def test_a_personal_number_is_found_however_it_is_written(viewer: Viewer, written: str) -> None:
    assert Found.NUMBER in found_in(viewer, written)


@pytest.mark.parametrize("written", ["Född 2014-03-05.", "f. 140305", "född 2014.03.05"])
def test_a_date_that_may_be_a_birthday_is_warned_of(viewer: Viewer, written: str) -> None:
    assert found_in(viewer, written) == {Found.DATE}


@pytest.mark.parametrize(
    "written",
    [
        "Hur börjar vi när en elev är hemma varje måndag?",
        "Vi har sett 15 000 minuter och 12,5 procent under tre månader 2026.",
        "EHT undrar. Vi har frågat BUP. Skolan vill veta mer!",
        "Frågor:\n- Hur länge?\n- Med vem?",
        "Sal 118, kl. 13.00, läsåret 2025/26.",
        "",
    ],
)
def test_an_ordinary_question_is_let_through(viewer: Viewer, written: str) -> None:
    assert found_in(viewer, written) == set()


def test_a_capital_inside_a_sentence_may_be_anybodys_name() -> None:
    assert capitals_inside("Vi undrar över Q från en annan skola där Kim går.")
    assert capitals_inside("Mamman Eva-Lena ringde.")
    assert not capitals_inside("Vi frågade BUP. Sedan ringde vi hem.")


def test_a_pupils_name_is_found_first_in_a_sentence_and_without_a_capital(
    care: Care, viewer: Viewer
) -> None:
    made_pupil(care.town, "alva", "Alva")

    assert found_in(viewer, "Alva är hemma varje måndag.") == {Found.NAME}
    assert found_in(viewer, "vi undrar över alvas måndagar") == {Found.NAME}
    assert found_in(viewer, "vi undrar över hennes måndagar") == set()


def test_nobody_finds_out_by_trying_names_who_goes_to_another_school_or_is_protected(
    care: Care, viewer: Viewer
) -> None:
    made_pupil(care.town, "disa", "Disa", protection=Protection.MARKED)
    elsewhere = care.viewer(Role.SCHOOL_COUNSELLOR, where="bjorkskolan")
    made_pupil(care.town, "alva", "Alva")

    assert found_in(viewer, "disa är hemma varje måndag.") == set()
    assert found_in(elsewhere, "alva är hemma varje måndag.") == set()
    assert found_in(viewer, "Hemma är Disa varje måndag.") == {Found.NAME}


def test_a_colleagues_whole_name_is_found(care: Care, viewer: Viewer) -> None:
    care.town.somebody(Role.TEACHER, "almskolan/7B", name="Berg Strandson")

    assert found_in(viewer, "berg strandson har mött klassen.") == {Found.NAME}
    assert found_in(viewer, "vi var vid ett berg.") == set()


def test_a_phone_number_and_a_mail_address_are_found(viewer: Viewer) -> None:
    assert found_in(viewer, "ring 070-000 00 00") == {Found.CONTACT}
    assert found_in(viewer, "skriv till q@linnasa.invalid") == {Found.CONTACT}


def test_a_number_is_refused_even_of_who_is_sure_and_a_name_is_not(care: Care) -> None:
    slot = care.offer()
    with pytest.raises(Refused, match="personnummer"):
        care.book(slot, question="140305-0000", is_sure=True)
    with pytest.raises(Refused, match="vem den gäller"):
        care.book(slot, question="Hemma är Kim.")
    assert not Booking.objects.exists()

    assert care.book(slot, question="Hemma är Kim.", is_sure=True).pk


def test_the_question_lies_encrypted_in_the_database(care: Care) -> None:
    from django.db import connection

    made = care.book(care.offer())
    with connection.cursor() as cursor:
        cursor.execute("select question from consultations_booking where id = %s", [made.pk])
        (kept,) = cursor.fetchone()

    assert "måndag" not in kept
    made.refresh_from_db()
    assert "måndag" in made.question
