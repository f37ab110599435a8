"""No way out of the application shows another agency anything of a pupil without a disclosure.

The ways and their lines stand in `tests/web/matrix/around.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from unittest.mock import patch

import pytest
from django.core.management import get_commands
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from tests.house.tree import PACKAGE
from tests.web.matrix import around
from tests.web.matrix.disclosures import told
from tests.web.matrix_town import CLASS, SCHOOL, STANDINGS, Call, MatrixTown
from tests.web.matrix_walk import ADDRESSES, PERSONAL, actions_by_address, asked, called

from narvaro.cli.command import Group
from narvaro.cli.commands import COMMANDS
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.permissions import ACTIONS
from narvaro.web.accounts.roles import Role
from narvaro.web.api.openapi import document
from narvaro.web.pupils.numbers import encrypt, index_of

pytestmark = pytest.mark.django_db

AGENCY = next(one for one in STANDINGS if one.name == "another agency")
CLOSED = [name for names in around.CLOSED.values() for name in names.split()]
SCHOOLS_NAME = "Markerskolan"
PUPILS_NAME = ("Xylandra", "Zetterprov")
MARKERS = (
    *PUPILS_NAME,
    "Vigdisprov",
    "vigdis@hem.invalid",
    "070-000 00 17",
    SCHOOLS_NAME,
    "7Marker",
    "1912-marker",
)


@pytest.fixture(scope="module")
def marked_town(matrix_town: MatrixTown) -> MatrixTown:
    """The town, with a word in everything of its pupil that occurs nowhere else."""
    pupil = matrix_town.pupil
    pupil.given_name, pupil.family_name = "Xylandra", "Zetterprov"
    pupil.sort_name = "zetterprov xylandra"
    pupil.number_encrypted, pupil.number_index = encrypt("1912-marker"), index_of("1912-marker")
    pupil.save()
    for contact in ("vigdis@hem.invalid", "070-000 00 17"):
        pupil.guardians.create(
            key=contact, given_name="Vigdisprov", family_name="Zetterprov", contact=contact
        )
    for key, name in ((SCHOOL, SCHOOLS_NAME), (CLASS, "7Marker")):
        matrix_town.units[key].name = name
        matrix_town.units[key].save()
    return matrix_town


@pytest.fixture(scope="module", autouse=True)
def _short_refusals() -> Iterator[None]:
    """The page that says "not found" is drawn in its own tests."""

    def not_found(code: int) -> Callable[..., HttpResponse]:
        return lambda *_given, **_named: HttpResponse(status=code)

    with patch.object(get_resolver(), "resolve_error_handler", not_found):
        yield


def test_every_page_has_a_line() -> None:
    lines = [*CLOSED, *around.OPEN, *around.DISCLOSED]

    assert set(actions_by_address()) - set(lines) == set(), "see tests/web/matrix/around.py"
    assert set(lines) - set(actions_by_address()) == set()
    assert len(lines) == len(set(lines)), "a page has one line"


@pytest.mark.parametrize("name", CLOSED)
def test_what_is_closed_has_no_row_for_an_agency(name: str) -> None:
    action = ACTIONS[actions_by_address()[name]]

    assert not action.is_public
    assert Role.AGENCY_CONTACT not in action.may


def test_every_address_of_the_api_has_a_line() -> None:
    described = {
        one["operationId"] for ways in document()["paths"].values() for one in ways.values()
    }

    assert described == set(around.OF_API)
    assert set(around.OF_API.values()) <= {*CLOSED, *around.DISCLOSED}


def test_the_api_has_no_field_for_a_name_or_a_text() -> None:
    fields = {
        name
        for schema in document()["components"]["schemas"].values()
        for name in schema["properties"]
    }

    assert not {one for one in fields if re.search(r"name|words|text|contact|number", one)}


def test_every_command_has_a_line() -> None:
    own = {
        f"narvaro {one.name}" if one is group else f"narvaro {group.name} {one.name}"
        for group in COMMANDS
        for one in (group.commands if isinstance(group, Group) else (group,))
    }
    web = {
        f"narvaro-web {name.replace('_', '-')}"
        for name, app in get_commands().items()
        if str(app).startswith("narvaro.")
    }

    assert own | web == set(around.AT_THE_MACHINE)


def test_no_page_starts_a_command() -> None:
    starters = {
        str(path.relative_to(PACKAGE))
        for path in (PACKAGE / "web").rglob("*.py")
        if re.search(r"call_command|execute_from_command_line|subprocess", path.read_text("utf-8"))
    }

    assert {one for one in starters if "/views" in one or "_views" in one} == set()


def templates_of_mail() -> dict[str, str]:
    found = (PACKAGE / "web").glob("*/templates/**/*.txt")
    return {str(one).split("/templates/")[1]: one.read_text("utf-8") for one in found}


def test_every_template_of_mail_has_a_line() -> None:
    assert set(templates_of_mail()) == set(around.MAIL)


@pytest.mark.parametrize("name", sorted(around.MAIL))
def test_no_template_of_mail_fills_in_a_name(name: str) -> None:
    filled = " ".join(re.findall(r"\{[{%](.*?)[}%]\}", templates_of_mail()[name]))
    written = re.sub(r'"[^"]*"', "", filled)

    assert [one for one in around.NAMES if re.search(rf"\b{one}", written)] == []


def test_every_place_that_queues_mail_has_a_line() -> None:
    calls = {
        str(path.relative_to(PACKAGE / "web"))
        for path in (PACKAGE / "web").rglob("*.py")
        if re.search(r"(?<!def )queue_mail\(", path.read_text("utf-8"))
    }

    assert calls == set(around.MAIL_BY_HAND)


def test_every_line_says_why() -> None:
    told = (around.OPEN, around.DISCLOSED, around.AT_THE_MACHINE, around.MAIL, around.MAIL_BY_HAND)

    assert [name for lines in told for name, why in lines.items() if len(why) < 5] == []


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_another_agency_and_strangers_get_nothing_of_a_pupil(
    marked_town: MatrixTown, name: str
) -> None:
    wrong = [said for who in viewers(marked_town) for said in leaks(marked_town, name, *who)]

    assert wrong == []


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_one_item_that_was_disclosed_opens_nothing_else(marked_town: MatrixTown, name: str) -> None:
    _, client = marked_town.viewer(Role.AGENCY_CONTACT, AGENCY)
    with transaction.atomic():
        told(marked_town, marked_town.pupil, marked_town.units[AGENCY.unit])
        wrong = [
            said
            for call in called(ADDRESSES[name], marked_town, marked_town.colleague)
            for said in wrong_with(asked(client, call), call, name)
            if not _may_name_a_school(name, said)
            and not (name in around.MAY_NAME_THE_PUPIL and said.endswith(PUPILS_NAME))
        ]
        transaction.set_rollback(True)

    assert wrong == []


def test_the_item_that_was_disclosed_is_there_to_be_read(marked_town: MatrixTown) -> None:
    _, client = marked_town.viewer(Role.AGENCY_CONTACT, AGENCY)
    with transaction.atomic():
        made = told(marked_town, marked_town.pupil, marked_town.units[AGENCY.unit])
        page = client.get(f"/utlamnande/las/{made.public_id}/").content.decode()
        listed = client.get("/utlamnande/").content.decode()
        transaction.set_rollback(True)

    assert [one for one in PUPILS_NAME if one not in page + listed] == []
    assert "17 % frånvaro" in page


Who = tuple[str, Assignment | None, Client]


def viewers(town: MatrixTown) -> list[Who]:
    """An agency's contact, somebody of another agency who leads a project, and two outsiders."""
    inside = [(role, *town.viewer(role, AGENCY)) for role in AGENCIES]
    outside = [(name, *town.browsers["", name]) for name in ("a stranger", "nobody signed in")]
    return [*inside, *outside]


AGENCIES = (Role.AGENCY_CONTACT, Role.PROJECT_LEADER, Role.RESEARCHER)


def leaks(
    town: MatrixTown, name: str, who: str, mine: Assignment | None, client: Client
) -> Iterator[str]:
    """What is wrong with what somebody gets, of a colleague's things and of their own."""
    for owner in (town.colleague, *_own(name, mine)):
        with transaction.atomic():
            for call in called(ADDRESSES[name], town, owner):
                found = wrong_with(asked(client, call), call, f"{who} at {name}")
                yield from (one for one in found if not _may_name_a_school(name, one))
                if name in CLOSED and mine is not None:
                    yield from _is_open(asked(client, call), call, who)
            transaction.set_rollback(True)


def _may_name_a_school(name: str, complaint: str) -> bool:
    return name in around.NAMES_A_SCHOOL and complaint.endswith(SCHOOLS_NAME)


def _own(name: str, mine: Assignment | None) -> Sequence[Assignment]:
    """What is made for somebody of another agency on a page of disclosures is theirs to read."""
    if mine is None or name in around.DISCLOSED:
        return ()
    relation = ACTIONS[actions_by_address()[name]].may.get(Role(mine.role))
    return (mine,) if relation in PERSONAL else ()


def wrong_with(answer: HttpResponse, call: Call, who: str) -> Iterator[str]:
    """The markers in a body, a header, or an address that is sent on to."""
    body = b"" if answer.streaming else answer.content
    text = body.decode("utf-8", "replace")
    sent = " ".join(str(value) for key, value in answer.items() if key != "Location")
    where = answer.get("Location", "").replace(call.url, "")
    yield from (f"{who}: {one}" for one in MARKERS if one in text + sent + where)
    if answer.streaming:
        yield f"{who}: an answer that cannot be read here"


def _is_open(answer: HttpResponse, call: Call, who: str) -> Iterator[str]:
    closed = {404, 401} if call.by_key else {404}
    if who == Role.AGENCY_CONTACT and answer.status_code not in closed:
        yield f"{who}: {call.url} answered {answer.status_code}"


def test_the_markers_are_there_for_those_who_may_see_them(marked_town: MatrixTown) -> None:
    standing = next(one for one in STANDINGS if one.name == "own school")
    _, client = marked_town.viewer(Role.PRINCIPAL, standing)
    page = client.get(f"/elever/{marked_town.pupil.public_id}/")
    contacts = client.get(f"/elever/{marked_town.pupil.public_id}/kontakt/")
    number = client.post(f"/elever/{marked_town.pupil.public_id}/nummer/")
    shown = "".join(one.content.decode() for one in (page, contacts, number))

    assert [one for one in MARKERS if one not in shown] == []


def test_a_marker_is_seen_wherever_it_stands() -> None:
    call = Call("/elever/x/")
    body, header = HttpResponse("<p>Xylandra</p>"), HttpResponse(headers={"X-Who": "Zetterprov"})
    sent = HttpResponse(status=302, headers={"Location": "/sok/?text=Xylandra"})
    asked_back = HttpResponse(status=302, headers={"Location": "/konto/login/?next=/elever/x/"})

    assert [len(list(wrong_with(one, call, "who"))) for one in (body, header, sent)] == [1, 1, 1]
    assert list(wrong_with(asked_back, call, "who")) == []
