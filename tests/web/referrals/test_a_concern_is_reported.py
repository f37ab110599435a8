"""A concern report stands beside everything: two clicks from the case, no consent, nobody asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.web.referrals.conftest import Around

from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions as cases
from narvaro.web.cases.models import LegalEvent
from narvaro.web.consent.items import State as Said


def of_case(around: Around, name: str = "referral_concern") -> str:
    return reverse(name, args=[around.case.public_id])


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.SCHOOL_COUNSELLOR, Role.MENTOR])
def test_it_is_one_click_from_the_case_and_one_to_note_it(around: Around, role: Role) -> None:
    browser = around.browser(around.school.posts[role])

    assert of_case(around) in browser.get(of_case(around, "case")).content.decode()
    assert browser.get(of_case(around)).status_code == 200
    browser.post(of_case(around), {"on": around.school.day.isoformat()})

    noted = LegalEvent.objects.get()
    assert (noted.duty, noted.by) == ("concern-report", around.school.account(role))


def test_a_refused_and_a_withdrawn_consent_stop_nothing(around: Around) -> None:
    consent = around.consented()
    around.says(consent, around.case.pupil.guardians.get(), Said.WITHDRAWN)
    browser = around.browser(around.school.posts[Role.MENTOR])

    page = browser.get(of_case(around))
    done = browser.post(of_case(around), {"on": around.school.day.isoformat()})

    assert "Inget samtycke behövs" in page.content.decode()
    assert done.status_code == 302
    assert LegalEvent.objects.count() == 1


def test_a_closed_case_stops_nothing(around: Around) -> None:
    by = around.principal
    cases.close_for_move(around.case, why="Eleven har flyttat.", by=by, at=by.now)
    browser = around.browser(around.school.posts[Role.PRINCIPAL])

    browser.post(of_case(around), {"on": around.school.day.isoformat()})

    assert LegalEvent.objects.count() == 1


def test_nothing_of_what_was_reported_can_be_written_here(around: Around) -> None:
    browser = around.browser(around.school.posts[Role.PRINCIPAL])
    day = around.school.day.isoformat()

    said = browser.get(of_case(around)).content.decode()
    browser.post(of_case(around), {"on": day, "text": "Något"})

    assert "<textarea" not in said
    assert {one.name for one in LegalEvent._meta.get_fields()} == {
        "id", "public_id", "case", "duty", "on", "by", "noted_at"
    }  # fmt: skip


def test_a_day_that_has_not_come_is_refused(around: Around) -> None:
    browser = around.browser(around.school.posts[Role.PRINCIPAL])
    tomorrow = (around.school.day + timedelta(days=1)).isoformat()

    assert browser.post(of_case(around), {"on": tomorrow}).status_code == 422
    assert not LegalEvent.objects.exists()
