"""Every step of a teacher's first hour does what the page says, through the real addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from tests.docs.console import ROOT
from tests.web.conftest import Town, town
from tests.web.registration.conftest import noon, teacher, told
from tests.web.registration.school_weeks import NIGHT, Told, usual

from narvaro.web.accounts.models import Assignment

__all__ = ["noon", "teacher", "told", "town"]
TUTORIALS = ROOT / "docs" / "tutorials"
PAGE, TRANSLATED = "forsta-timmen-som-larare.md", "first-hour-as-a-teacher.md"


def steps(name: str) -> list[tuple[str, str]]:
    """Each step of a page: its verb and what follows."""
    text = (TUTORIALS / name).read_text("utf-8")
    lines = [
        line
        for block in re.findall(r"```steg\n(.*?)```", text, re.S)
        for line in block.splitlines()
    ]
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines]


class Reader:
    """Somebody who does what the page says."""

    def __init__(self, client: Client, deliver: Callable[[], None]) -> None:
        self.client, self.deliver = client, deliver
        self.shown, self.chosen = "", dict[str, str]()

    def does(self, verb: str, rest: str) -> None:
        does: dict[str, Callable[[str], None]] = {
            "öppna": self._open,
            "följ": self._follow,
            "se": self._see,
            "markera": self._mark,
            "välj": self._choose,
            "tryck": self._press,
            "vänta": self._wait,
        }
        does[verb](rest)

    def _wait(self, _rest: str) -> None:
        self.deliver()

    def _open(self, url: str) -> None:
        answer = self.client.get(url, follow=True)
        assert answer.status_code == 200, url
        self.shown, self.chosen = answer.content.decode(), {}

    def _follow(self, words: str) -> None:
        links = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', self.shown, re.S)
        self._open(next(url for url, text in links if _plain(text).startswith(words)))

    def _see(self, words: str) -> None:
        assert words in _plain(self.shown), words

    def _mark(self, _rest: str) -> None:
        self.chosen["lessons"] = re.findall(r'name="lessons" value="(\d+)"', self.shown)[0]

    def _choose(self, words: str) -> None:
        options = re.findall(r'name="reason" value="(\w+)"[^>]*><span>(.*?)</span>', self.shown)
        self.chosen["reason"] = next(value for value, text in options if unescape(text) == words)

    def _press(self, words: str) -> None:
        forms = re.findall(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', self.shown, re.S)
        url, form = next(one for one in forms if f">{words}</button>" in one[1])
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        answer = self.client.post(url, {**hidden, **self.chosen}, follow=True)
        assert answer.status_code == 200
        self.shown, self.chosen = answer.content.decode(), {}


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.usefixtures("noon")
def test_the_page_can_be_followed_to_its_end(told: Told, town: Town, teacher: Assignment) -> None:
    told.deliver(usual(missing=["ma-11-26", "ma-11-27"]))
    reader = Reader(
        town.signed_in(teacher), lambda: told.deliver(usual(), arrived_at=NIGHT.replace(hour=5))
    )

    for step in steps(PAGE):
        reader.does(*step)

    assert len(steps(PAGE)) > 20


def test_the_translated_page_has_the_same_steps() -> None:
    assert steps(TRANSLATED) == steps(PAGE)


def test_a_step_that_does_not_hold_is_seen(town: Town, teacher: Assignment) -> None:
    reader = Reader(town.signed_in(teacher), lambda: None)
    reader.does("öppna", "/att-gora/")

    with pytest.raises(AssertionError):
        reader.does("se", "Det här står inte på sidan")
