"""The pages: choosing, the preview, sending, the reading page of the other side, the end."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.disclosures.conftest import ASKED, DAY, NOON, Meeting

from narvaro.web.accounts import doors
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.consent.items import Item, State
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.models import Disclosed, Disclosure, Looked
from narvaro.web.pupils.models import Protection
from narvaro.web.ui.registry import queue_of


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request comes at noon of the day."""
    monkeypatch.setattr(doors, "now_of", lambda _request: NOON)
    monkeypatch.setattr(doors, "today_of", lambda _request: DAY)


def page(meeting: Meeting, name: str, *given: str) -> str:
    return reverse(name, args=[meeting.pupil.public_id, *given])


def hidden(html: str) -> dict[str, list[str]]:
    """The hidden fields of a preview, as a browser sends them again."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html):
        found.setdefault(name, []).append(value)
    return found


def previewed(school: Client, meeting: Meeting, consent: Consent, *items: Item) -> str:
    url = page(meeting, "disclose_by_consent", consent.public_id)
    data = {
        "items": [str(one) for one in items or ASKED],
        "until_on": str(DAY + timedelta(days=20)),
        "key": "a-key",
        "step": "preview",
    }
    answer = school.post(url, data)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_previewed_is_what_the_agency_reads_and_nothing_more(meeting: Meeting) -> None:
    consent = meeting.given()
    school = meeting.town.signed_in(meeting.principal)
    agency = meeting.town.signed_in(meeting.social_worker)

    html = previewed(school, meeting, consent, Item.STEPS)
    assert "Rad om steps" in html
    assert not Disclosure.objects.exists()
    url = page(meeting, "disclose_by_consent", consent.public_id)
    sent = school.post(url, hidden(html) | {"step": "send"}, follow=True)

    made = Disclosure.objects.get()
    assert sent.redirect_chain == [(reverse("disclosure", args=[made.public_id]), 302)]
    assert made.public_id in agency.get(reverse("disclosures_received")).content.decode()
    read = agency.get(reverse("read_disclosure", args=[made.public_id]))
    assert "no-store" in read["Cache-Control"]
    text = read.content.decode()
    assert "Rad om steps" in text
    assert "Elev Provsson" in text
    for kept in ("Rad om attendance", "almskolan", "Robin Provgren", "Mira", "Fredrik"):
        assert kept not in text
    # Two letters stand in tokens by chance: only what is read is asked for them
    assert "7B" not in re.sub(r"<[^>]*>", " ", text)


def test_withdrawn_it_is_gone_on_refresh_and_the_link_is_dead(meeting: Meeting) -> None:
    consent = meeting.given()
    made = meeting.told(meeting.wish(consent))
    agency = meeting.town.signed_in(meeting.social_worker)
    url = reverse("read_disclosure", args=[made.public_id])
    assert agency.get(url).status_code == 200

    meeting.answer(consent, meeting.father, State.WITHDRAWN, at=NOON)

    assert agency.get(url).status_code == 404
    assert made.public_id not in agency.get(reverse("disclosures_received")).content.decode()
    assert Entry.objects.filter(kind=Kind.REFUSED, action="disclosures.read").exists()


def test_a_consent_withdrawn_between_preview_and_send_is_said_and_nothing_is_sent(
    meeting: Meeting,
) -> None:
    consent = meeting.given()
    school = meeting.town.signed_in(meeting.principal)
    html = previewed(school, meeting, consent)
    meeting.answer(consent, meeting.mother, State.WITHDRAWN, at=NOON)

    url = page(meeting, "disclose_by_consent", consent.public_id)
    answer = school.post(url, hidden(html) | {"step": "send"})

    assert answer.status_code == 409
    assert "Inget är delat" in answer.content.decode()
    assert not Disclosure.objects.exists()
    assert school.get(url).status_code == 409


def test_what_changed_meanwhile_is_shown_again_before_it_is_sent(
    meeting: Meeting, lines: dict[Item, str]
) -> None:
    consent = meeting.given()
    school = meeting.town.signed_in(meeting.principal)
    html = previewed(school, meeting, consent, Item.STEPS)
    lines[Item.STEPS] = "En rad till"
    url = page(meeting, "disclose_by_consent", consent.public_id)

    again = school.post(url, hidden(html) | {"step": "send"})

    assert again.status_code == 409
    assert "En rad till" in again.content.decode()
    assert not Disclosure.objects.exists()
    school.post(url, hidden(again.content.decode()) | {"step": "send"})
    assert "En rad till" in str(Disclosed.objects.get().content)


def test_sent_twice_it_is_sent_once(meeting: Meeting) -> None:
    consent = meeting.given()
    school = meeting.town.signed_in(meeting.principal)
    data = hidden(previewed(school, meeting, consent)) | {"step": "send"}
    url = page(meeting, "disclose_by_consent", consent.public_id)

    assert [school.post(url, data).status_code for _ in range(2)] == [302, 302]

    assert Disclosure.objects.count() == 1


def test_only_what_is_consented_now_can_be_chosen(meeting: Meeting) -> None:
    consent = meeting.given()
    meeting.answer(consent, meeting.father, State.PARTLY, items=[Item.STEPS], at=NOON)
    school = meeting.town.signed_in(meeting.principal)

    html = school.get(page(meeting, "disclose_by_consent", consent.public_id)).content.decode()

    assert 'value="steps"' in html
    assert 'value="attendance"' not in html
    listed = school.get(page(meeting, "disclosures")).content.decode()
    assert "vad som har gjorts och beslutats" in listed
    assert "frånvarons siffror" not in listed


def test_without_consent_the_ground_is_asked_for_in_words(meeting: Meeting) -> None:
    school = meeting.town.signed_in(meeting.principal)
    url = page(meeting, "disclose_otherwise")
    data = {
        "receiver": meeting.office.public_id,
        "items": ["attendance"],
        "purpose": "Utreda",
        "until_on": str(DAY + timedelta(days=20)),
        "key": "a-key",
        "step": "preview",
    }

    for ground, said in (("duty", "Ange lagrummet"), ("harm_test", "lider men")):
        answer = school.post(url, data | {"ground": ground})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    whole = data | {"ground": "harm_test", "reasoning": "Ingen lider men av siffrorna"}
    html = school.post(url, whole).content.decode()
    school.post(url, hidden(html) | {"step": "send"})

    made = Disclosure.objects.get()
    assert (made.ground, made.reasoning) == ("harm_test", "Ingen lider men av siffrorna")


def test_the_draft_is_kept_when_something_is_to_be_changed(meeting: Meeting) -> None:
    consent = meeting.given()
    school = meeting.town.signed_in(meeting.principal)
    html = previewed(school, meeting, consent, Item.STEPS)

    url = page(meeting, "disclose_by_consent", consent.public_id)
    again = school.post(url, hidden(html) | {"step": "change"}).content.decode()

    assert re.search(r'value="steps"[^>]*checked', again)
    assert str(DAY + timedelta(days=20)) in again


def test_it_is_ended_from_its_page_and_the_reader_is_named_there(meeting: Meeting) -> None:
    made = meeting.told(meeting.wish())
    agency = meeting.town.signed_in(meeting.social_worker)
    agency.get(reverse("read_disclosure", args=[made.public_id]))
    school = meeting.town.signed_in(meeting.principal)
    url = reverse("disclosure", args=[made.public_id])
    assert meeting.agency.account.name in school.get(url).content.decode()

    end = reverse("end_disclosure", args=[made.public_id])
    assert school.post(end, {}).status_code == 422
    school.post(end, {"because": "mistake"})
    school.post(end, {"because": "done"})

    made.refresh_from_db()
    assert made.ended_because == "mistake"
    assert agency.get(reverse("read_disclosure", args=[made.public_id])).status_code == 404


def test_a_reading_is_written_down_with_the_items_that_were_shown(meeting: Meeting) -> None:
    consent = meeting.given()
    made = meeting.told(meeting.wish(consent, items=frozenset(ASKED)))
    meeting.answer(consent, meeting.mother, State.PARTLY, items=[Item.STEPS], at=NOON)

    meeting.town.signed_in(meeting.social_worker).get(
        reverse("read_disclosure", args=[made.public_id])
    )

    look = Looked.objects.get()
    assert (look.items, look.account, look.unit) == (
        ["steps"],
        meeting.agency.account,
        meeting.office,
    )
    entry = Entry.objects.get(action="disclosures.read")
    assert f"disclosure:{made.public_id}" in entry.subjects
    assert "item:steps" in entry.subjects


def test_what_is_unread_waits_in_the_queue_and_names_nobody(meeting: Meeting) -> None:
    made = meeting.told(meeting.wish())

    rows = [one for one in queue_of(meeting.agency) if one.key.startswith("disclosure")]
    assert [one.url for one in rows] == [reverse("read_disclosure", args=[made.public_id])]
    assert "Provsson" not in f"{rows[0].title} {rows[0].why}"
    assert "almskolan" not in f"{rows[0].title} {rows[0].why}"

    meeting.town.signed_in(meeting.social_worker).get(rows[0].url)
    assert not [one for one in queue_of(meeting.agency) if one.key.startswith("disclosure")]


def test_who_has_read_it_is_told_that_it_holds_no_more_and_nobody_is_named(
    meeting: Meeting,
) -> None:
    consent = meeting.given()
    made = meeting.told(meeting.wish(consent))
    beside = meeting.contact(meeting.office)
    meeting.town.signed_in(meeting.social_worker).get(
        reverse("read_disclosure", args=[made.public_id])
    )

    meeting.answer(consent, meeting.mother, State.WITHDRAWN, at=NOON)

    def told(viewer: Viewer) -> list[str]:
        return [
            f"{one.title} {one.why} {one.url}"
            for one in queue_of(viewer)
            if one.key.startswith("disclosure")
        ]

    assert len(told(meeting.agency)) == 1
    assert "Samtycket gäller inte längre" in told(meeting.agency)[0]
    for kept in ("Provsson", "almskolan", made.public_id):
        assert kept not in told(meeting.agency)[0]
    assert told(meeting.seen_by(beside)) == []
    assert told(meeting.seen_by(meeting.social_worker, NOON + timedelta(days=8))) == []


def test_of_a_protected_pupil_the_list_names_nobody_and_the_reading_is_an_alarm(
    meeting: Meeting,
) -> None:
    type(meeting.pupil).objects.update(protection=Protection.MARKED)
    meeting.pupil.refresh_from_db()
    meeting.pupil.access_list.create(
        account=meeting.decides, decided_by=meeting.decides, from_on=DAY
    )
    made = meeting.told(meeting.wish())
    agency = meeting.town.signed_in(meeting.social_worker)

    assert "Provsson" not in agency.get(reverse("disclosures_received")).content.decode()
    assert agency.get(reverse("read_disclosure", args=[made.public_id])).status_code == 200

    assert Entry.objects.get(action="disclosures.read").reason == "protected"
    assert "disclosures.protected" in {one.key for one in queue_of(meeting.school)}


def test_a_protected_pupil_is_opened_with_a_reason_before_anything_is_shown(
    meeting: Meeting,
) -> None:
    type(meeting.pupil).objects.update(protection=Protection.MARKED)
    school = meeting.town.signed_in(meeting.principal)
    url = page(meeting, "disclosures")
    assert school.get(url).status_code == 404  # not on the list

    meeting.pupil.access_list.create(
        account=meeting.decides, decided_by=meeting.decides, from_on=DAY
    )

    asked = school.get(url)
    assert asked.status_code == 302
    assert asked["Location"] == reverse("pupils_open", args=[meeting.pupil.public_id])


def test_a_copy_that_no_longer_fits_its_hash_is_not_shown(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = meeting.told(meeting.wish())
    monkeypatch.setattr("narvaro.web.disclosures.pages.hash_of", lambda *_given: "another")

    html = (
        meeting.town.signed_in(meeting.social_worker)
        .get(reverse("read_disclosure", args=[made.public_id]))
        .content.decode()
    )

    assert "Rad om" not in html
    assert "stämmer inte" in html


def test_an_assignment_that_ended_yesterday_opens_nothing(meeting: Meeting) -> None:
    made = meeting.told(meeting.wish())
    agency = meeting.town.signed_in(meeting.social_worker)
    meeting.social_worker.to_on = DAY - timedelta(days=1)
    meeting.social_worker.save()

    assert agency.get(reverse("disclosures_received")).status_code == 404
    assert agency.get(reverse("read_disclosure", args=[made.public_id])).status_code == 404
