"""The pages of consent as the principal, a coordinator, a colleague and a stranger get them."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.web.consent.conftest import DAY, TWO, Family
from tests.web.matrix.cases import routine

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.cases.models import Case, OpenedBecause
from narvaro.web.consent.asking import live_items_of
from narvaro.web.consent.items import Item, State
from narvaro.web.consent.models import Answer, Consent, Reply, SupportOffer
from narvaro.web.consent.offers import _of_case, _of_pupil
from narvaro.web.pupils.actions import hold_letters
from narvaro.web.pupils.models import HeldBack
from narvaro.web.pupils.numbers import encrypt

SHARED_NOW = "Det som får delas nu"


@pytest.fixture(autouse=True)
def _the_day(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browsers' day is the family's."""
    for place in ("doors", "middleware"):
        monkeypatch.setattr(
            f"narvaro.web.accounts.{place}.now_of", lambda _request: family.now, raising=False
        )
        monkeypatch.setattr(
            f"narvaro.web.accounts.{place}.today_of", lambda _request: family.day, raising=False
        )


@pytest.fixture
def principal(family: Family) -> Client:
    return family.town.signed_in(family.posts["principal"])


def at(name: str, *given: str) -> str:
    return reverse(name, args=given)


def shown(client: Client, name: str, *given: str) -> str:
    answer = client.get(at(name, *given))
    assert answer.status_code == 200
    return answer.content.decode()


def question(family: Family, **more: Any) -> dict[str, Any]:
    return {
        "receiver": family.offices["social"].public_id,
        "items": ["attendance", "steps"],
        "purpose": "Planera ett möte om skolgången",
        "from_on": "2026-12-02",
        "to_on": "2027-06-10",
    } | more


def said(consent: Consent, state: str, **more: Any) -> dict[str, Any]:
    return {"state": state, "how": "oral", "on": "2026-12-02", "version": consent.version} | more


def send(client: Client, name: str, *given: str, data: dict[str, Any]) -> HttpResponse:
    answer = client.post(at(name, *given), data)
    assert isinstance(answer, HttpResponse)
    return answer


def live(family: Family, consent: Consent) -> set[Item]:
    return set(live_items_of([consent], at=family.now)[consent.pk])


def test_asked_answered_in_part_and_taken_back_page_by_page(
    family: Family, principal: Client
) -> None:
    ada, bo = (one.public_id for one in family.guardians)

    asked = send(principal, "ask_consent", family.pupil.public_id, data=question(family))
    found = Consent.objects.get()
    assert asked["Location"] == at("consent", found.public_id)
    page = shown(principal, "consent", found.public_id)
    assert "Inget får delas nu." in page
    assert "Ada Provsson: har inte svarat." in page
    assert "inte samtycke enligt dataskyddsförordningen" in page

    send(principal, "answer_consent", found.public_id, ada, data=said(found, "given"))
    found.refresh_from_db()
    part = said(found, "partly", items=["steps"], how="written")
    send(principal, "answer_consent", found.public_id, bo, data=part)
    page = shown(principal, "consent", found.public_id)
    assert "samtycker till en del" in page
    assert "Skriftligt, 2\u00a0dec. Skrivet av Robin Provgren." in page
    assert live(family, found) == {Item.STEPS}
    assert "1 av 2 uppgifter får delas nu" in shown(principal, "consents", family.pupil.public_id)

    send(principal, "withdraw_consent", found.public_id, bo, data={"how": "oral"})
    page = shown(principal, "consent", found.public_id)
    assert "har tagit tillbaka sitt samtycke" in page
    assert "Inget får delas nu." in page
    assert live(family, found) == set()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"items": Item.values}, "kan inte gälla alla uppgifter"),
        ({"items": []}, "Välj vilka uppgifter det gäller."),
        ({"purpose": ""}, "purpose"),
        ({"to_on": "2026-12-01"}, "Sista dagen kommer före den första."),
        ({"to_on": "2028-01-01"}, "gäller i högst ett år"),
        ({"receiver": "nobody"}, "receiver"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_why_and_nothing_written_is_lost(
    family: Family, principal: Client, wrong: dict[str, Any], words: str
) -> None:
    answer = send(principal, "ask_consent", family.pupil.public_id, data=question(family, **wrong))

    text = answer.content.decode()
    assert words in text
    assert "Det gick inte att spara" in text
    assert not Consent.objects.exists()
    if "purpose" not in wrong:
        assert "Planera ett möte om skolgången" in text


def test_units_of_the_own_authority_and_of_another_area_are_not_offered(
    family: Family, principal: Client
) -> None:
    page = shown(principal, "ask_consent", family.pupil.public_id)

    assert family.offices["region"].public_id in page
    assert family.town.units["bjorkskolan"].public_id not in page
    own = family.town.units["bjorkskolan"].public_id
    send(principal, "ask_consent", family.pupil.public_id, data=question(family, receiver=own))
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"how": ""}, "Välj om svaret var muntligt eller skriftligt."),
        ({"state": "partly"}, "några, inte alla"),
        ({"state": "partly", "items": ["steps", "attendance"]}, "några, inte alla"),
        ({"state": "partly", "items": ["talk"]}, "talk"),
        ({"state": "withdrawn"}, "withdrawn"),
        ({"state": "not_asked"}, "Välj varför personen inte har tillfrågats."),
        ({"state": "not_asked", "why_not_asked": "threat"}, "Notera först hotet"),
        ({"state": "not_asked", "why_not_asked": "too_young"}, "too_young"),
        ({"on": "2026-12-03"}, "Dagen ligger framåt i tiden."),
    ],
    ids=str,
)
def test_an_answer_that_says_too_little(
    family: Family, principal: Client, data: dict[str, Any], words: str
) -> None:
    found = family.asked()
    ada = family.guardians[0].public_id

    answer = send(
        principal, "answer_consent", found.public_id, ada, data=said(found, "given") | data
    )

    assert words in answer.content.decode()
    assert not Answer.objects.exists()


def test_who_was_second_is_shown_how_it_stands_now(family: Family, principal: Client) -> None:
    found = family.asked()
    ada = family.guardians[0]
    opened = said(found, "refused")
    family.says(found, ada, State.PARTLY, items=[Item.STEPS])

    answer = send(principal, "answer_consent", found.public_id, ada.public_id, data=opened)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Någon annan hann före" in text
    assert "Samtycker till en del" in text
    assert "Vad som har gjorts och beslutats, med dagar" in text
    assert [one.state for one in Answer.objects.all()] == [State.PARTLY]


def test_the_pupils_own_answer_has_a_page_of_its_own(family: Family, principal: Client) -> None:
    found = family.agreed()

    send(principal, "answer_consent", found.public_id, "eleven", data=said(found, "refused"))

    assert live(family, found) == set()
    assert "Eleven: samtycker inte." in shown(principal, "consent", found.public_id)


def test_nothing_is_said_to_be_lacking_when_the_child_was_too_young_to_be_asked(
    family: Family, principal: Client
) -> None:
    found = family.agreed()
    why = {"state": "not_asked", "why_not_asked": "too_young"}

    send(principal, "answer_consent", found.public_id, "eleven", data=said(found, "given") | why)

    page = shown(principal, "consent", found.public_id)
    assert "För ung för att ta ställning, 2\u00a0dec." in page
    assert "Resten får inte delas:" not in page


def test_a_pupil_of_age_answers_alone_and_the_page_says_so(
    family: Family, principal: Client
) -> None:
    family.pupil.number_encrypted = encrypt("20081201-TF01")
    family.pupil.save()
    found = family.asked()

    page = shown(principal, "consent", found.public_id)

    assert "Myndig: bara elevens eget svar räknas." in page
    assert "Ada" not in page


def test_of_a_pupil_of_unknown_age_everybody_is_asked_and_the_page_says_why(
    family: Family, principal: Client
) -> None:
    family.pupil.number_encrypted = b""
    family.pupil.save()
    found = family.agreed()

    page = shown(principal, "consent", found.public_id)

    assert "Här är inte känt om eleven har fyllt 18." in page
    assert "Eleven: har inte svarat." in page


def test_a_threat_is_not_asked_and_a_shielded_guardian_is_asked_apart(
    family: Family, principal: Client
) -> None:
    ada, bo = family.guardians
    hold_letters(ada, HeldBack.SHIELDED, by=family.principal, at=family.now)
    hold_letters(bo, HeldBack.THREAT, by=family.principal, at=family.now)
    found = family.asked()

    page = shown(principal, "consent", found.public_id)

    assert "Noterad som ett hot" in page
    assert at("answer_consent", found.public_id, bo.public_id) not in page
    assert "fråga för sig" in page
    assert at("answer_consent", found.public_id, ada.public_id) in page
    assert "@linnasa.invalid" not in page
    send(principal, "answer_consent", found.public_id, bo.public_id, data=said(found, "given"))
    assert not Answer.objects.filter(state=State.GIVEN).exists()


def test_a_guardian_with_a_protected_identity_is_named_nowhere(
    family: Family, principal: Client
) -> None:
    family.guardians[1].protection = "marked"
    family.guardians[1].save()
    found = family.agreed()
    pages = [
        shown(principal, "consent", found.public_id),
        shown(principal, "consents", family.pupil.public_id),
        shown(principal, "answer_consent", found.public_id, family.guardians[1].public_id),
    ]

    assert all("med skyddade uppgifter" in one for one in pages)
    assert not [one for one in pages if "Bo Provsson" in one]


def test_a_protected_pupil_is_opened_with_a_reason_first(family: Family, principal: Client) -> None:
    found = family.agreed()
    family.pupil.protection = "marked"
    family.pupil.save()
    given = [("consents", family.pupil.public_id), ("consent", found.public_id)]
    assert [principal.get(at(*one)).status_code for one in given] == [404, 404]

    account = family.principal.account
    family.pupil.access_list.create(account=account, decided_by=account, from_on=DAY)
    sent = principal.get(at("consents", family.pupil.public_id))

    assert sent["Location"] == at("pupils_open", family.pupil.public_id)
    principal.post(sent["Location"], {"reason": "case"})
    page = shown(principal, "consents", family.pupil.public_id)
    assert "Elev med skyddade uppgifter" in page
    assert "Elev Provsson" not in page


def case_of(family: Family, owner: Assignment) -> Case:
    assert owner.account is not None
    return Case.objects.create(
        pupil=family.pupil,
        authority=family.town.authority,
        school=family.town.units["almskolan"],
        owner=owner.account,
        routine=routine(),
        opened_at=family.now,
        opened_on=DAY,
        opened_by=owner.account,
        opened_because=OpenedBecause.STAFF,
    )


def test_a_coordinator_asks_about_the_pupil_of_an_own_case_and_of_no_other(
    family: Family,
) -> None:
    mine = family.town.somebody(Role.COORDINATOR, "linnasa")
    client = family.town.signed_in(mine)
    url = at("consents", family.pupil.public_id)
    assert client.get(url).status_code == 404

    case = case_of(family, mine)
    assert client.get(url).status_code == 200
    asked = send(client, "ask_consent", family.pupil.public_id, data=question(family))
    assert asked["Location"] == at("consent", Consent.objects.get().public_id)

    case.closed_at, case.closed_on, case.closed_by = family.now, DAY, mine.account
    case.closing_reason = "Klart"
    case.save()
    assert client.get(url).status_code == 404


def test_a_withdrawal_is_a_press_that_says_how_and_nothing_else(
    family: Family, principal: Client
) -> None:
    found = family.agreed()
    ada = family.guardians[0].public_id
    given = ("withdraw_consent", found.public_id, ada)

    assert principal.get(at(*given)).status_code == 405
    assert send(principal, *given, data={"how": "shouted"}).status_code == 404
    assert live(family, found) == set(TWO)
    send(principal, *given, data={"how": "written"})
    send(principal, *given, data={"how": "written"})

    assert live(family, found) == set()
    assert Answer.objects.filter(state=State.WITHDRAWN).count() == 1


def test_every_state_is_shown_in_the_same_colour(family: Family, principal: Client) -> None:
    ada, bo = family.guardians
    found = family.asked()
    family.says(found, ada, State.GIVEN)
    family.says(found, bo, State.REFUSED)

    page = shown(principal, "consent", found.public_id)

    kinds = [one.partition('"')[0] for one in page.split('class="ds-tag" data-kind="')[1:]]
    assert len(kinds) == 3
    assert set(kinds) == {""}


def test_what_is_read_is_logged_by_id(family: Family, principal: Client) -> None:
    found = family.agreed()

    shown(principal, "consent", found.public_id)

    entry = Entry.objects.filter(kind=Kind.READ, action="consent.consent").get()
    assert set(entry.subjects) == {
        f"pupil:{family.pupil.public_id}",
        f"consent:{found.public_id}",
    }


def test_support_is_offered_declined_and_lets_nothing_through(
    family: Family, principal: Client
) -> None:
    pupil, unit = family.pupil.public_id, family.offices["social"].public_id

    send(
        principal,
        "offer_support",
        pupil,
        data={"unit": unit, "what": "Stödsamtal", "on": "2026-12-01"},
    )
    made = SupportOffer.objects.get()
    answer = {"reply": "accepted", "on": "2026-12-02", "version": "1"}
    without = send(principal, "reply_to_support", made.public_id, data=answer)
    assert "Välj vem som svarade." in without.content.decode()
    send(principal, "reply_to_support", made.public_id, data=answer | {"who": "pupil"})

    made.refresh_from_db()
    assert made.reply == Reply.ACCEPTED
    page = shown(principal, "consents", pupil)
    assert "Eleven tackade ja 2\u00a0dec" in page
    assert "Inget samtycke är efterfrågat." in page
    second = send(principal, "reply_to_support", made.public_id, data=answer | {"who": "pupil"})
    assert second.status_code == 409


def test_the_panel_stands_on_the_case_and_on_the_pupils_page_once_something_is_asked(
    family: Family,
) -> None:
    case = case_of(family, family.posts["principal"])
    teacher = family.somebody(Role.TEACHER, "almskolan/7B")

    assert [one.context["rows"] for one in _of_case(family.principal, case)] == [[]]
    assert list(_of_pupil(family.principal, family.pupil)) == []
    family.agreed()
    panel = next(iter(_of_pupil(family.principal, family.pupil)))

    assert panel.context["rows"][0].live == [
        "Frånvarons siffror, med deras datum",
        "Vad som har gjorts och beslutats, med dagar",
    ]
    assert list(_of_case(teacher, case)) == []
    assert list(_of_pupil(teacher, family.pupil)) == []
