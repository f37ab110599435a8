"""The link to answer with is for who was called: neither who calls nor who runs the mail reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse
from tests.web.collaboration.conftest import NOW, Agencies

from narvaro.web.accounts.roles import Role
from narvaro.web.collaboration import actions
from narvaro.web.collaboration.links import path_of
from narvaro.web.collaboration.models import AnswerLink
from narvaro.web.messages.models import Mail


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with (
        patch("narvaro.web.accounts.doors.now_of", return_value=NOW),
        patch("narvaro.web.accounts.doors.today_of", return_value=NOW.date()),
        patch("narvaro.web.messages.actions.installation_now", return_value=NOW),
    ):
        yield


@pytest.fixture
def mail(agencies: Agencies) -> Mail:
    call = agencies.call()
    agencies.called(call)
    agencies.proposed(call, NOW.date() + timedelta(days=7))
    actions.send(call=call, version=1, by=agencies.viewer(), at=NOW)
    return Mail.objects.get()


def test_the_mail_holds_the_link_and_its_page_does_not(agencies: Agencies, mail: Mail) -> None:
    path = path_of(AnswerLink.objects.get())
    assert path in mail.body
    runs_it = agencies.town.somebody(Role.SYSTEM_OWNER, "linnasa")

    for whose in (agencies.principal, runs_it):
        page = agencies.browser(whose).get(reverse("mail", args=[mail.public_id]))
        text = page.content.decode()
        assert page.status_code == 200
        assert path not in text
        assert path.rstrip("/").rpartition("/")[2] not in text
        assert "/…" in text


def test_other_links_of_the_mail_are_there_for_who_looks_at_it(
    agencies: Agencies, mail: Mail
) -> None:
    called = AnswerLink.objects.get().called
    page = agencies.browser().get(reverse("mail", args=[mail.public_id]))

    assert reverse("called", args=[called.public_id]) in page.content.decode()
