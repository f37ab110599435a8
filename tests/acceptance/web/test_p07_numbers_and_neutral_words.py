"""P7: a gut feeling differs between schools; the pages say numbers, and no judging word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.web.cases.conftest import School
from tests.web.inbox.conftest import row, run_of

from narvaro.web.accounts.roles import Role
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.taking import take_run

JUDGING = re.compile(
    r"orov|problem|alarm|risk|skolk|poäng:|dålig|allvarlig|worr|troubl|truan|concerning", re.I
)
INBOX = Path(__file__).parents[3] / "src" / "narvaro" / "web" / "inbox"


def test_a_flag_says_its_numbers_in_neutral_words(school: School, settings: Settings) -> None:
    settings.DEMO, settings.TODAY = True, school.day
    take_run(run_of([row("7B-14")]), authority=school.town.authority, now=school.now)
    client = school.town.signed_in(school.posts[Role.PRINCIPAL])

    for url in (
        reverse("flags"),
        reverse("flag", args=[Flag.objects.get().public_id]),
        reverse("handling"),
    ):
        main = client.get(url).content.decode().partition("<main")[2].partition("</main>")[0]
        assert JUDGING.search(main) is None
        assert "7B-14" in main
    assert "1 flagga i år" in client.get(reverse("flags")).content.decode()


@pytest.mark.parametrize(
    "path", sorted([*INBOX.rglob("*.po"), *INBOX.rglob("*.html")]), ids=lambda path: path.name
)
def test_no_text_of_these_pages_judges(path: Path) -> None:
    assert JUDGING.search(path.read_text("utf-8")) is None
