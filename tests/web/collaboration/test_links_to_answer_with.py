"""A link answers one call for one unit, once, until a moment; it tells nothing of a pupil."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.signing import Signer
from django.test import Client, override_settings
from django.urls import reverse
from tests.web.collaboration.conftest import NOW, Agencies

from narvaro.web.accounts.models import Assignment
from narvaro.web.audit.models import Entry
from narvaro.web.collaboration import actions
from narvaro.web.collaboration.links import LinkState, opened, token_of
from narvaro.web.collaboration.models import Answer, AnswerLink, Call, Cancelled, How

SECRETS = ("Alva", "Provsson", "skolan/7B", "almskolan", "Hemlig", "insatser")


class Clock:
    """The moment at which pages without an account are asked for."""

    def __init__(self) -> None:
        self.now: datetime = NOW


@pytest.fixture
def clock() -> Iterator[Clock]:
    made = Clock()
    with (
        patch("narvaro.web.collaboration.views.by_link.now_of", lambda _request: made.now),
        patch("narvaro.web.messages.actions.installation_now", return_value=NOW),
    ):
        yield made


@pytest.fixture
def call(agencies: Agencies, clock: Clock) -> Call:  # noqa: ARG001
    """Sent to a clinic without an account here."""
    made = agencies.call(reason="Hemlig", question="Vilka insatser?")
    agencies.called(made, agencies.clinic, contact=None, mail="bup@region.invalid")
    agencies.proposed(made, NOW.date() + timedelta(days=7))
    actions.send(call=made, version=1, by=agencies.viewer(), at=NOW)
    made.refresh_from_db()
    return made


def link_of(call: Call) -> AnswerLink:
    return AnswerLink.objects.filter(called__call=call).latest("pk")


def address(call: Call) -> str:
    return reverse("answer_call_by_link", args=[token_of(link_of(call))])


def yes(call: Call) -> dict[str, object]:
    times = [one.public_id for one in call.proposed.all()]
    return {"answer": "yes", "times": times, "person": "Psykolog, teamet"}


def test_an_answer_without_an_account_is_kept_once(call: Call) -> None:
    anybody = Client()

    answer = anybody.post(address(call), yes(call), follow=True)

    called = call.called.get()
    assert (called.answer, called.how, called.answered_by) == (Answer.YES, How.LINK, None)
    assert called.person == "Psykolog, teamet"
    assert list(called.times.all()) == list(call.proposed.all())
    assert "Svaret är lämnat" in answer.content.decode()


def test_a_second_answer_by_the_same_link_changes_nothing(call: Call) -> None:
    Client().post(address(call), yes(call))

    answer = Client().post(address(call), {"answer": "no"})

    assert call.called.get().answer == Answer.YES
    assert "en gång" in answer.content.decode()


def test_looking_does_not_use_the_link_up(call: Call) -> None:
    for _time in range(3):
        Client().get(address(call))
        Client().head(address(call))

    assert link_of(call).used_at is None
    assert call.called.get().answer == Answer.NONE


def test_the_page_tells_nothing_of_the_pupil_and_is_not_kept(call: Call) -> None:
    answer = Client().get(address(call))

    page = answer.content.decode()
    assert "Linnåsa kommun" in page
    assert not [one for one in SECRETS if one.casefold() in page.casefold()]
    assert "no-store" in answer["Cache-Control"]


def test_a_used_link_does_not_say_what_was_answered_nor_to_whom(call: Call) -> None:
    Client().post(address(call), yes(call))

    page = Client().get(address(call)).content.decode()

    assert "Psykolog" not in page
    assert "Linnåsa kommun" not in page
    assert "samverkansmöte" not in page.casefold()


def test_after_it_has_expired_it_opens_nothing(call: Call, clock: Clock) -> None:
    clock.now = link_of(call).expires_at
    answer = Client().post(address(call), yes(call))

    assert answer.status_code == 410
    assert "Linnåsa kommun" not in answer.content.decode()
    assert call.called.get().answer == Answer.NONE


def test_the_moment_before_it_expires_it_answers(call: Call, clock: Clock) -> None:
    clock.now = link_of(call).expires_at - timedelta(seconds=1)

    Client().post(address(call), {"answer": "no"})

    assert call.called.get().answer == Answer.NO


def test_from_elsewhere_it_is_the_same_page_and_gives_no_more(
    call: Call, agencies: Agencies
) -> None:
    """Forwarded to somebody else, signed in or not: nothing but the invitation itself."""
    stranger = agencies.browser(agencies.contact)

    page = stranger.get(address(call)).content.decode()

    assert not [one for one in SECRETS[2:] if one.casefold() in page.casefold()]
    assert "Alva" not in page


def test_a_page_elsewhere_cannot_answer_for_who_has_the_link(call: Call) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(address(call), yes(call), headers={"origin": "https://elsewhere.invalid"})

    assert answer.status_code == 403
    assert call.called.get().answer == Answer.NONE


@override_settings(SECRET_KEY="another installation's")  # noqa: S106
def test_a_link_of_another_installation_opens_nothing(call: Call) -> None:
    elsewhere = token_of(link_of(call))
    with override_settings(SECRET_KEY="this installation's"):  # noqa: S106
        assert opened(elsewhere, NOW) is None


@pytest.mark.parametrize("salt", ["narvaro.messages.calendar", "narvaro.collaboration.answers", ""])
def test_what_is_signed_for_another_purpose_opens_nothing(call: Call, salt: str) -> None:
    token = Signer(salt=salt, sep="~").sign(link_of(call).public_id)

    answer = Client().get(reverse("answer_call_by_link", args=[token]))

    assert answer.status_code == 404


@pytest.mark.parametrize("token", ["x", "~", "a~b", "%F0%9F%98%80", "æ~ø", "." * 300])
def test_a_guessed_address_opens_nothing(agencies: Agencies, clock: Clock, token: str) -> None:  # noqa: ARG001
    assert Client().get(f"/kallelser/svara/{token}/").status_code == 404


def test_a_call_taken_back_closes_its_links(call: Call, agencies: Agencies) -> None:
    where = address(call)
    actions.cancel(call=call, because=Cancelled.NOT_NEEDED, by=agencies.viewer(), at=NOW)

    assert Client().post(where, yes(call)).status_code == 410


def test_a_link_sent_to_a_contact_who_has_changed_employer_is_closed(
    agencies: Agencies, clock: Clock
) -> None:
    made = agencies.call()
    agencies.called(made)
    agencies.proposed(made, NOW.date() + timedelta(days=7))
    actions.send(call=made, version=1, by=agencies.viewer(), at=NOW)
    link = link_of(made)
    assert opened(token_of(link), NOW).state == LinkState.OPEN  # type: ignore[union-attr]

    yesterday = NOW.date() - timedelta(days=1)
    Assignment.objects.filter(pk=agencies.contact.pk).update(to_on=yesterday)

    clock.now = NOW
    assert Client().get(address(made)).status_code == 410


def test_of_a_protected_pupil_no_place_is_shown(call: Call, agencies: Agencies) -> None:
    assert "rum 118" in Client().get(address(call)).content.decode()

    agencies.pupil.protection = "protected_registration"
    agencies.pupil.save()

    assert "rum 118" not in Client().get(address(call)).content.decode()


def test_garbage_in_the_form_is_refused_and_the_link_still_answers(call: Call) -> None:
    for said in ({}, {"answer": "maybe"}, {"answer": "yes"}, {"answer": "yes", "times": "x"}):
        assert Client().post(address(call), said).status_code == 200
    assert call.called.get().answer == Answer.NONE

    Client().post(address(call), yes(call))
    assert call.called.get().answer == Answer.YES


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_do_nothing(call: Call, method: str) -> None:
    assert getattr(Client(), method)(address(call)).status_code == 405
    assert call.called.get().answer == Answer.NONE


def test_the_log_knows_which_link_answered(call: Call) -> None:
    Client().post(address(call), yes(call))

    entry = Entry.objects.get(action="collaboration.answer_by_link")
    assert f"link:{link_of(call).public_id}" in entry.subjects
    assert token_of(link_of(call)) not in str(entry.subjects)


def test_an_answer_signed_in_closes_the_link(agencies: Agencies, clock: Clock) -> None:  # noqa: ARG001
    made = agencies.call()
    called = agencies.called(made)
    agencies.proposed(made, NOW.date() + timedelta(days=7))
    actions.send(call=made, version=1, by=agencies.viewer(), at=NOW)
    contact = agencies.viewer(agencies.contact, at=NOW + timedelta(hours=1))
    actions.answer(called=called, said=actions.Said(Answer.NO), by=contact, at=contact.now)

    assert Client().get(address(made)).status_code == 410
