"""A unit that is called sees the invitation; of the pupil what lives, and nothing after a withdrawal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse
from tests.web.collaboration.conftest import NOW, Agencies

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.collaboration import actions
from narvaro.web.collaboration.links import make_link, token_of
from narvaro.web.collaboration.models import Answer, Call, Called, How, Stopped
from narvaro.web.collaboration.offers import _of_called, _of_callers, _reminders
from narvaro.web.consent import actions as consents
from narvaro.web.consent.items import How as Way
from narvaro.web.consent.items import Item, State
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.actions import disclose, preview
from narvaro.web.disclosures.content import PROVIDERS, Part, Shown
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.disclosures.wishes import Wish
from narvaro.web.messages.models import Mail
from narvaro.web.pupils.models import Guardian
from narvaro.web.pupils.numbers import encrypt

LATER = NOW + timedelta(hours=1)
TODAY = NOW.date()


class Clock:
    now: datetime = LATER


@pytest.fixture(autouse=True)
def clock() -> Iterator[Clock]:
    """Pages are asked for an hour after the call."""
    made = Clock()
    with (
        patch("narvaro.web.accounts.doors.now_of", lambda _request: made.now),
        patch("narvaro.web.accounts.doors.today_of", lambda _request: made.now.date()),
        patch("narvaro.web.messages.actions.installation_now", return_value=NOW),
    ):
        yield made


@pytest.fixture
def call(agencies: Agencies) -> Call:
    """Sent to the social services and to a clinic."""
    made = agencies.call()
    agencies.called(made)
    agencies.called(made, agencies.clinic, contact=None, mail="bup@region.invalid")
    agencies.proposed(made, TODAY + timedelta(days=7))
    actions.send(call=made, version=1, by=agencies.viewer(), at=NOW)
    made.refresh_from_db()
    return made


def social(call: Call, agencies: Agencies) -> Called:
    return call.called.get(unit=agencies.social)


def page(agencies: Agencies, call: Call, whose: Assignment | None = None) -> tuple[int, str]:
    url = reverse("called", args=[social(call, agencies).public_id])
    answer = agencies.browser(whose or agencies.contact).get(url)
    return answer.status_code, answer.content.decode()


def consent(agencies: Agencies) -> Consent:
    """One item to the social services, given by the only guardian."""
    agencies.pupil.number_encrypted = encrypt("20131300-0001")
    agencies.pupil.save()
    guardian = Guardian.objects.create(
        pupil=agencies.pupil, key="g", given_name="Vera", family_name="Hemprov"
    )
    asked = consents.Question(
        agencies.social, "Mötet", [Item.ATTENDANCE], TODAY, TODAY + timedelta(days=60)
    )
    made = consents.ask(agencies.pupil, asked, by=agencies.viewer(), at=NOW)
    given = consents.Given(guardian, State.GIVEN, TODAY, Way.ORAL)
    consents.answer(made, given, version=made.version, by=agencies.viewer(), at=NOW)
    return made


def disclosed(agencies: Agencies, ground: Consent) -> None:
    shown = Shown((Part("Frånvaro", ("Hemlig siffra",)),))
    wish = Wish(
        agencies.pupil,
        agencies.social,
        Ground.CONSENT,
        frozenset({Item.ATTENDANCE}),
        "Mötet",
        TODAY + timedelta(days=30),
        consent=ground,
    )
    with patch.dict(PROVIDERS, {Item.ATTENDANCE: [lambda *_given: shown]}):
        seen = preview(wish, by=agencies.viewer(), at=NOW).seen
        disclose(wish, seen=seen, key="k", by=agencies.viewer(), at=NOW)


def test_without_a_disclosure_the_page_says_nothing_of_the_pupil(
    agencies: Agencies, call: Call
) -> None:
    status, said = page(agencies, call)

    assert status == 200
    assert "Linnåsa kommun" in said
    for secret in ("Alva", "almskolan", "tre veckor", "insatser"):
        assert secret not in said


def test_a_disclosure_is_shown_while_it_lives_and_gone_when_consent_is_withdrawn(
    agencies: Agencies, call: Call
) -> None:
    ground = consent(agencies)
    disclosed(agencies, ground)
    assert "Alva Provsson" in page(agencies, call)[1]
    assert "frånvarons siffror" in page(agencies, call)[1]
    link = make_link(social(call, agencies), NOW)

    _withdraw(agencies, ground)

    assert page(agencies, call)[0] == 404
    url = reverse("answer_call_by_link", args=[token_of(link)])
    with patch("narvaro.web.collaboration.views.by_link.now_of", return_value=LATER):
        assert agencies.browser().get(url).status_code == 410


def _withdraw(agencies: Agencies, ground: Consent) -> None:
    guardian = Guardian.objects.get()
    consents.withdraw(ground, guardian, how=Way.ORAL, by=agencies.viewer(at=LATER), at=LATER)


def test_a_withdrawal_is_told_to_all_who_take_part_without_a_word_of_the_pupil(
    agencies: Agencies, call: Call
) -> None:
    ground = consent(agencies)
    Mail.objects.update(handed_at=NOW, sent_at=NOW)
    before = Mail.objects.count()

    _withdraw(agencies, ground)

    stopped = social(call, agencies)
    assert (stopped.stopped_at, stopped.stopped_because) == (LATER, Stopped.CONSENT)
    told = list(Mail.objects.order_by("pk"))[before:]
    assert len(told) == 2
    assert told[0].to == agencies.account(agencies.contact)
    assert told[1].receiver.startswith("called:")
    assert not any("Alva" in one.body + one.subject for one in told)
    [row] = _of_callers(agencies.viewer(at=LATER))
    assert "gäller inte längre" in row.why


def test_withdrawn_before_the_invitation_has_left_it_never_leaves(
    agencies: Agencies, call: Call
) -> None:
    ground = consent(agencies)

    _withdraw(agencies, ground)

    mine = Mail.objects.filter(to=agencies.account(agencies.contact))
    assert [one.undone_at for one in mine] == [LATER]
    assert social(call, agencies).stopped_at == LATER


def test_what_was_refused_from_the_start_stops_no_anonymous_call(
    agencies: Agencies, call: Call
) -> None:
    guardian = Guardian.objects.create(pupil=agencies.pupil, key="g")
    asked = consents.Question(
        agencies.social, "Mötet", [Item.STEPS], TODAY, TODAY + timedelta(days=60)
    )
    made = consents.ask(agencies.pupil, asked, by=agencies.viewer(), at=NOW)
    no = consents.Given(guardian, State.REFUSED, TODAY, Way.ORAL)

    consents.answer(made, no, version=made.version, by=agencies.viewer(), at=LATER)

    assert social(call, agencies).stopped_at is None


def test_a_unit_is_called_again_only_once_there_is_consent(agencies: Agencies, call: Call) -> None:
    ground = consent(agencies)
    _withdraw(agencies, ground)
    by = agencies.viewer(at=LATER)
    with pytest.raises(Refused):
        actions.call_again(called=social(call, agencies), by=by, at=LATER)
    yes = consents.Given(Guardian.objects.get(), State.GIVEN, TODAY, Way.ORAL)
    ground.refresh_from_db()
    after = LATER + timedelta(minutes=1)
    consents.answer(ground, yes, version=ground.version, by=by, at=after)

    actions.call_again(called=social(call, agencies), by=by, at=after)

    assert social(call, agencies).stopped_at is None
    assert social(call, agencies).links.filter(revoked_at=None).count() == 1


def test_who_calls_sees_who_has_not_answered_and_that_the_call_is_anonymous(
    agencies: Agencies, call: Call
) -> None:
    Guardian.objects.create(pupil=agencies.pupil, key="2", given_name="Ulf", family_name="Hemprov")
    consent(agencies)

    said = agencies.browser().get(reverse("call", args=[call.public_id])).content.decode()

    assert "Har inte svarat: Ulf Hemprov" in said
    assert "kallelsen är anonym" in said
    assert "Ingen är tillfrågad" in said  # the clinic


def test_a_protected_guardian_who_has_not_answered_has_no_name(
    agencies: Agencies, call: Call
) -> None:
    consent(agencies)
    Guardian.objects.create(
        pupil=agencies.pupil, key="2", given_name="Ulf", family_name="Hemprov", protection="marked"
    )

    said = agencies.browser().get(reverse("call", args=[call.public_id])).content.decode()

    assert "Har inte svarat: en vårdnadshavare" in said
    assert "Ulf" not in said


def test_the_page_opens_once_the_call_has_left_and_not_in_the_ten_minutes_before(
    agencies: Agencies, call: Call, clock: Clock
) -> None:
    clock.now = NOW + timedelta(minutes=9)
    assert page(agencies, call)[0] == 404
    clock.now = NOW + timedelta(minutes=10)
    assert page(agencies, call)[0] == 200


def test_an_assignment_that_ended_yesterday_opens_nothing(agencies: Agencies, call: Call) -> None:
    Assignment.objects.filter(pk=agencies.contact.pk).update(to_on=TODAY - timedelta(days=1))

    assert page(agencies, call)[0] == 404


def test_the_contact_of_another_unit_sees_nothing_and_the_log_knows(
    agencies: Agencies, call: Call
) -> None:
    other = agencies.town.somebody(Role.AGENCY_CONTACT, agencies.clinic.name)

    assert page(agencies, call, other)[0] == 404
    assert Entry.objects.filter(action="collaboration.called", kind=Kind.REFUSED).exists()


def test_a_new_contact_of_the_unit_answers_in_the_place_of_who_left(
    agencies: Agencies, call: Call
) -> None:
    Assignment.objects.filter(pk=agencies.contact.pk).update(to_on=TODAY - timedelta(days=1))
    new = agencies.town.somebody(Role.AGENCY_CONTACT, agencies.social.name)
    times = [one.public_id for one in call.proposed.all()]
    said = {"answer": "substitute", "times": times, "person": "Socialsekreterare"}
    url = reverse("called", args=[social(call, agencies).public_id])

    assert agencies.browser(new).post(url, said).status_code == 302

    found = social(call, agencies)
    assert (found.answer, found.how) == (Answer.SUBSTITUTE, How.ACCOUNT)
    assert found.answered_by == new.account


def test_both_sides_have_rows_and_the_called_are_reminded(agencies: Agencies, call: Call) -> None:
    contact = agencies.viewer(agencies.contact, at=LATER)

    [row] = _of_called(contact)
    assert "Alva" not in row.title + row.why
    assert [one.text for one in _reminders(contact)] == ["1 kallelse att svara på"]
    [waiting] = _of_callers(agencies.viewer(at=LATER))
    assert "Väntar" in waiting.why
    [silent] = _of_callers(agencies.viewer(at=NOW + timedelta(days=3)))
    assert silent.why == "2 har inte svarat."
    [late] = _of_callers(agencies.viewer(at=NOW + timedelta(days=22)))
    assert "Sista dagen har varit" in late.why

    said = actions.Said(Answer.NO)
    actions.answer(called=social(call, agencies), said=said, by=contact, at=LATER)
    assert list(_of_called(contact)) == []
    assert list(_reminders(contact)) == []


def test_a_protection_that_arrives_in_the_middle_takes_the_place_away(
    agencies: Agencies, call: Call
) -> None:
    assert "rum 118" in page(agencies, call)[1]

    agencies.pupil.protection = "marked"
    agencies.pupil.save()

    assert "rum 118" not in page(agencies, call)[1]
