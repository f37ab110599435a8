"""The receiver's list names pupils: the log knows which, as for any list of pupils."""

from __future__ import annotations

from unittest.mock import patch

from django.urls import reverse
from tests.web.disclosures.conftest import DAY, NOON, Meeting

from narvaro.web.audit.models import Entry


def test_the_log_knows_whose_names_the_receivers_list_showed(meeting: Meeting) -> None:
    made = meeting.told(meeting.wish())
    browser = meeting.town.signed_in(meeting.social_worker)

    with (
        patch("narvaro.web.accounts.doors.now_of", return_value=NOON),
        patch("narvaro.web.accounts.doors.today_of", return_value=DAY),
    ):
        page = browser.get(reverse("disclosures_received"))

    assert "Provsson" in page.content.decode()
    assert Entry.objects.get(action="disclosures.received").subjects == [
        f"disclosure:{made.public_id}",
        f"pupil:{meeting.pupil.public_id}",
    ]
