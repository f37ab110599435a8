"""Somebody from another agency, and somebody who looks after accounts, see no pupil."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page
from tests.journeys.conftest import Installation, Walker

PLACES = """
import json
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.projects.models import Project
from narvaro.web.pupils.models import Pupil
from narvaro.web.figures.registration.urls import urlpatterns
pupil = Pupil.objects.order_by("pk").first().public_id
school = Unit.objects.filter(kind=UnitKind.SCHOOL).order_by("pk").first().public_id
project = Project.objects.first().public_id
print(json.dumps([
    "/elever/", "/elever/sok/", "/elever/skyddade/", f"/elever/{pupil}/",
    f"/elever/{pupil}/kontakt/", "/registrering/", f"/registrering/{school}/",
    f"/registrering/{school}/okvitterade/", f"/registrering/{school}/motsagelser/",
    f"/registrering/{school}/larare/", "/lektioner/", "/kallor/", "/kallor/avstamningar/",
    "/projekt/", f"/projekt/{project}/", "/jobb/", "/meddelanden/ko/",
]))
"""
REFUSED = """
from narvaro.web.audit.models import Entry, Kind
print(Entry.objects.filter(kind=Kind.REFUSED).count())
"""
OF_PUPILS = ("/elever/", "/motsagelser/", "/lektioner/")


@pytest.fixture
def places(installation: Installation) -> list[str]:
    """Addresses of what there is to see in the municipality."""
    found: list[str] = json.loads(installation.python(PLACES))
    return found


def _status(walker: Walker, path: str) -> int:
    answer = walker.page.goto(walker.installation.address + path)
    assert answer is not None
    return answer.status


def _is_the_page_of_nothing(page: Page) -> bool:
    return page.get_by_role("heading", level=1).inner_text() == "Sidan finns inte här"


def test_a_stranger_finds_nothing_anywhere_and_every_try_is_in_the_log(
    walker: Walker, places: list[str]
) -> None:
    # Given somebody from social services
    walker.be("Kontaktperson")
    walker.look()
    before = int(walker.installation.python(REFUSED))

    # When they try every door
    answers = {path: _status(walker, path) for path in places}

    # Then there is nothing behind any of them, and the log knows of each
    assert set(answers.values()) == {404}, answers
    assert _is_the_page_of_nothing(walker.page)
    walker.complaints.clear()  # the browser tells of each 404
    walker.look()
    assert int(walker.installation.python(REFUSED)) == before + len(places)


def test_an_administrator_reads_no_pupil(walker: Walker, places: list[str]) -> None:
    # Given somebody who manages accounts
    walker.be("Administratör")
    walker.look()

    # When they try the doors with pupils behind them, there is nothing
    doors = [path for path in places if any(part in path for part in OF_PUPILS)]
    assert {_status(walker, path) for path in doors} == {404}
