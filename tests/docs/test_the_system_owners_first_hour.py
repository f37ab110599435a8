"""Every step of a system owner's first hour does what the page says, through the real addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.docs.console import ROOT
from tests.web.conftest import Town, town
from tests.web.deliveries.conftest import owner, place, work
from tests.web.deliveries.test_mapping import FILE

from narvaro.ledger import open_ledger
from narvaro.web.deliveries.models import Load

__all__ = ["owner", "place", "town"]
TUTORIALS = ROOT / "docs" / "tutorials"
PAGE, TRANSLATED = "forsta-timmen-som-systemansvarig.md", "first-hour-as-a-system-owner.md"


def steps(name: str) -> list[tuple[str, str]]:
    """Each step of a page: its verb and what follows."""
    text = (TUTORIALS / name).read_text("utf-8")
    blocks = re.findall(r"```steg\n(.*?)```", text, re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines]


class Reader:
    """Somebody who does what the page says."""

    def __init__(self, client: Client) -> None:
        self.client, self.url, self.shown = client, "", ""
        self.chosen: dict[str, object] = {}

    def does(self, verb: str, rest: str) -> None:
        does: dict[str, Callable[[str], None]] = {
            "öppna": self._open,
            "följ": self._follow,
            "se": self._see,
            "fyll": self._fill,
            "ordet": self._word,
            "skicka": self._send,
            "tryck": self._press,
            "vänta": self._wait,
        }
        does[verb](rest)

    def _open(self, url: str) -> None:
        answer = self.client.get(url, follow=True)
        assert answer.status_code == 200, url
        self._shows(answer)

    def _shows(self, answer: object) -> None:
        self.shown = answer.content.decode()  # type: ignore[attr-defined]
        self.url = str(answer.request["PATH_INFO"])  # type: ignore[attr-defined]
        self.chosen = {}

    def _follow(self, words: str) -> None:
        links = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', self.shown, re.S)
        self._open(next(url for url, text in links if _plain(text).startswith(words)))

    def _see(self, words: str) -> None:
        assert words in _plain(self.shown), words

    def _fill(self, rest: str) -> None:
        name, _, value = rest.partition(" ")
        assert f'name="{name}"' in self.shown, name
        self.chosen[name] = value

    def _word(self, rest: str) -> None:
        word, _, bucket = rest.partition(" ")
        name = re.search(rf'name="(bucket-\d+)" aria-label="{word}"', self.shown)
        assert name is not None, word
        self.chosen[name[1]] = bucket

    def _send(self, name: str) -> None:
        file = SimpleUploadedFile(name, FILE.encode("cp1252"))
        self._shows(self.client.post(self.url, {"files": [file]}, follow=True))

    def _press(self, words: str) -> None:
        forms = re.findall(r"<form([^>]*)>(.*?)</form>", self.shown, re.S)
        head, body = next(one for one in forms if f">{words}</button>" in one[1])
        action = re.search(r'action="([^"]+)"', head)
        sent = {**_filled(body), **self.chosen}
        answer = self.client.post(action[1] if action else self.url, sent, follow=True)
        assert answer.status_code == 200, words
        self._shows(answer)

    def _wait(self, _rest: str) -> None:
        work()
        load = Load.objects.latest("pk")
        self._open(f"/kallor/leverans/{load.public_id}/")


def _filled(form: str) -> dict[str, object]:
    """The fields of a form as a browser would send them."""
    sent: dict[str, object] = dict(
        re.findall(r'<input[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', form)
    )
    for name, options in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        sent[name] = unescape(chosen[1] if chosen[1] is not None else chosen[2]) if chosen else ""
    return sent


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_page_can_be_followed_to_its_end(town: Town, owner: Client, place: Path) -> None:
    del town
    reader = Reader(owner)

    for step in steps(PAGE):
        reader.does(*step)

    assert len(steps(PAGE)) > 25
    load = Load.objects.get()
    assert load.taken_back_at is not None
    kinds = [one.kind for one in open_ledger(place / "ledger").batches()]
    assert kinds.count("delivery") == 2


def test_the_translated_page_has_the_same_steps() -> None:
    assert steps(TRANSLATED) == steps(PAGE)
