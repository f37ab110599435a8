"""What a guardian is shown on one page; and what the page never says."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.web.disclosures.conftest import DAY, NOON, Meeting

from narvaro.web.accounts import doors
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.disclosures.actions import note_look
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.disclosures.told import THE_PUPIL, readers_of
from narvaro.web.pupils.models import Guardian, HeldBack, Protection
from narvaro.web.pupils.numbers import encrypt


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "now_of", lambda _request: NOON)
    monkeypatch.setattr(doors, "today_of", lambda _request: DAY)


def sheet(meeting: Meeting, whose: str) -> tuple[int, str]:
    url = reverse("disclosures_sheet", args=[meeting.pupil.public_id, whose])
    answer = meeting.town.signed_in(meeting.principal).get(url)
    return answer.status_code, answer.content.decode()


def told_and_read(meeting: Meeting) -> None:
    made = meeting.told(meeting.wish(meeting.given()))
    note_look(made, ["attendance"], by=meeting.agency, at=NOON)
    meeting.told(meeting.wish(ground=Ground.HARM_TEST, paragraph="", reasoning="Om någon annan"))


def test_one_page_says_what_to_whom_on_what_ground_and_who_looked(meeting: Meeting) -> None:
    told_and_read(meeting)

    status, html = sheet(meeting, meeting.mother.public_id)

    assert status == 200
    for said in (
        "Linnåsa socialtjänst, Barn och unga",
        "Frånvarons siffror",
        "Samtycke som häver sekretessen",
        "Menprövning",
        meeting.agency.account.name,
        "Samordna stödet",
    ):
        assert said in html
    for kept in ("Om någon annan", "Rad om", "Fredrik"):
        assert kept not in html
    assert Entry.objects.filter(action="disclosures.told", kind=Kind.PRINT).count() == 1


def test_who_is_noted_as_a_threat_is_given_no_sheet(meeting: Meeting) -> None:
    told_and_read(meeting)
    Guardian.objects.filter(pk=meeting.father.pk).update(held_back=HeldBack.THREAT)

    assert sheet(meeting, meeting.father.public_id)[0] == 404
    choose = reverse("disclosures_told", args=[meeting.pupil.public_id])
    html = meeting.town.signed_in(meeting.principal).get(choose).content.decode()
    assert "Fredrik" not in html
    assert "Mira" in html


@pytest.mark.parametrize(
    "shielded", [{"held_back": HeldBack.SHIELDED}, {"protection": Protection.MARKED}]
)
def test_the_page_does_not_lead_one_guardian_to_another_who_is_shielded(
    meeting: Meeting, shielded: dict[str, str]
) -> None:
    told_and_read(meeting)
    Guardian.objects.filter(pk=meeting.mother.pk).update(**shielded)

    html = sheet(meeting, meeting.father.public_id)[1]

    assert "Socialtjänst" in html
    for kept in ("Barn och unga", meeting.agency.account.name, "Samordna stödet"):
        assert kept not in html
    on_paper = re.search(r'class="print-head">.*?</div>', html, re.S)
    assert on_paper is not None
    assert "almskolan" not in on_paper[0]
    assert "Barn och unga" in sheet(meeting, meeting.mother.public_id)[1]


def test_from_18_the_sheet_is_for_the_pupil_alone(meeting: Meeting) -> None:
    told_and_read(meeting)
    assert len(readers_of(meeting.pupil, meeting.school)) == 3

    meeting.pupil.number_encrypted = encrypt("20081202-TF01")
    meeting.pupil.save()

    assert [one.key for one in readers_of(meeting.pupil, meeting.school)] == [THE_PUPIL]
    assert sheet(meeting, meeting.mother.public_id)[0] == 404
    assert sheet(meeting, THE_PUPIL)[0] == 200


def test_a_guardian_of_another_pupil_opens_nothing(meeting: Meeting) -> None:
    assert sheet(meeting, "somebody-else")[0] == 404
