"""P5: sickness and granted leave were not treated as absence with consequences.

The kinds of absence are shown apart, and all of them count. No page, list or rule editor offers
to leave valid absence out, and no address does.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.web.conftest import Town
from tests.web.figures.conftest import page

from narvaro.web.accounts.roles import Role
from narvaro.web.figures.tried import Settings
from narvaro.web.pupils.models import Pupil

SCHOOL_PAGES = [
    ("figures_school", "elementary"),
    ("figures_list", "elementary"),
    ("figures_two_rules", "elementary"),
    ("figures_class", "elementary/7A"),
]
CHOICES = re.compile(r"<(?:option|select|input|textarea|button)\b[^>]*>[^<]*", re.S)
KINDS = re.compile(r"giltig|sjuk|ledig|valid|excused|leave|unclassified|anmäld", re.I)
ASKED = ("giltig=0", "giltig=nej", "utan=giltig", "measure=invalid", "frånvaro=ogiltig", "valid=no")


@pytest.fixture
def principal(schooled: Town, people: dict[str, Pupil]) -> Client:  # noqa: ARG001
    return schooled.browser(Role.PRINCIPAL, "elementary")


@pytest.fixture
def analyst(schooled: Town) -> Client:
    return schooled.browser(Role.ANALYST, "linnasa")


def test_no_choice_of_any_page_names_a_kind_of_absence(
    schooled: Town, principal: Client, analyst: Client
) -> None:
    texts = [principal.get(page(schooled, *one)).content.decode() for one in SCHOOL_PAGES]
    texts += [analyst.get(url).content.decode() for url in ("/prova-regel/", "/kommunen/")]

    for text in texts:
        main = text[text.index("<main") : text.index("</main>")]
        assert [found for found in CHOICES.findall(main) if KINDS.search(found)] == []
        assert [url for url in re.findall(r'href="([^"]*)"', main) if KINDS.search(url)] == []


@pytest.mark.parametrize("asked", ASKED)
def test_no_address_leaves_it_out(schooled: Town, principal: Client, asked: str) -> None:
    for one in SCHOOL_PAGES:
        url = page(schooled, *one)
        assert figures_of(principal, f"{url}?{asked}") == figures_of(principal, url)


def figures_of(client: Client, url: str) -> list[str]:
    """Every share and every minute on the page."""
    return re.findall(r"\d[\d\s,]*(?:\N{NO-BREAK SPACE}%| min)", client.get(url).content.decode())


def test_the_limit_is_reached_by_valid_absence_alone(schooled: Town, principal: Client) -> None:
    text = principal.get(page(schooled, "figures_list", "elementary")).content.decode()

    assert "Gränsberg" in text  # 400 valid and 50 invalid minutes of 3000


def test_the_page_says_so_in_words(schooled: Town, principal: Client, analyst: Client) -> None:
    for one in SCHOOL_PAGES:
        assert "giltig" in principal.get(page(schooled, *one)).content.decode()
    assert "det går inte att välja bort" in analyst.get("/prova-regel/").content.decode()


def test_what_is_tried_has_no_kind_of_absence_in_it() -> None:
    assert {name for name in Settings.__slots__ if KINDS.search(name)} == set()
