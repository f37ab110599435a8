"""Swedish until English is chosen; light or dark as the computer has it until something is chosen."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.web.conftest import Town
from tests.web.ui.conftest import FOR_EVERYONE

from narvaro.web.accounts.roles import Role

SWEDISH = re.compile(
    r"\b(och|är|inte|att|för|som|till|från|med|det|den|ett|eller|inget|lektion\w*|elev\w*|"
    r"frånvaro|närvaro|skol\w*|siffror\w*|logga|sidan|göra|kvitter\w*)\b",
    re.I,
)
NAMES = re.compile(r"Närvaro|Svenska|Linnåsa kommun|almskolan|Almskolan")


def words_of(page: str) -> str:
    """What is read on a page: no addresses, no marks, no names."""
    body = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.S)
    return NAMES.sub(" ", re.sub(r"<[^>]*>", " ", body))


@pytest.mark.django_db
def test_the_browsers_own_wish_does_not_change_the_language() -> None:
    answer = Client(headers={"accept-language": "en-GB,en;q=0.9"}).get("/")

    assert '<html lang="sv"' in answer.content.decode()


@pytest.mark.django_db
def test_a_chosen_language_stays_and_leads_back_to_the_page() -> None:
    client = Client()

    answer = client.post("/sprak/", {"language": "en", "next": "/tillganglighet/"})

    assert answer["Location"] == "/tillganglighet/"
    assert "Accessibility" in client.get("/tillganglighet/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["https://annan.invalid/", "//annan.invalid", "javascript:x"])
def test_nobody_is_led_elsewhere(where: str) -> None:
    for path in ("/sprak/", "/utseende/"):
        answer = Client().post(path, {"language": "en", "look": "dark", "next": where})

        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith("//")


@pytest.mark.django_db
def test_a_chosen_look_stays_and_an_unknown_one_is_forgotten() -> None:
    client = Client()

    client.post("/utseende/", {"look": "dark"})
    assert 'data-color-scheme="dark"' in client.get("/").content.decode()
    client.post("/utseende/", {"look": '"><script>'})
    assert 'data-color-scheme="auto"' in client.get("/").content.decode()


def test_no_english_page_says_anything_in_swedish(town: Town) -> None:
    browser = town.browser(Role.PRINCIPAL, "almskolan")
    browser.cookies["narvaro_language"] = "en"
    client = Client()
    client.cookies["narvaro_language"] = "en"
    pages = {path: client.get(path) for path in FOR_EVERYONE}
    pages |= {path: browser.get(path) for path in ("/att-gora/", "/konto/2fa/")}

    left = {
        path: sorted({hit[0].lower() for hit in SWEDISH.finditer(words_of(page.content.decode()))})
        for path, page in pages.items()
    }

    assert {path: words for path, words in left.items() if words} == {}


def test_swedish_on_an_english_page_is_seen() -> None:
    assert SWEDISH.search(words_of("<p>This is och remains</p>"))
    assert not SWEDISH.search(words_of('<a href="/att-gora/">To do</a>'))
