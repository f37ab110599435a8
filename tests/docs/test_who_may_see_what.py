"""The page on who may see what says what the table says."""

from __future__ import annotations

from tests.house.tree import ROOT

from narvaro.web.accounts.permissions import ACTIONS
from narvaro.web.accounts.reference import page


def test_the_page_is_written_from_the_table() -> None:
    written = (ROOT / "docs/explanation/who-may-see-what.md").read_text("utf-8")

    assert written == page(), "run python -m narvaro.web.accounts.reference"


def test_every_action_stands_on_the_page_once() -> None:
    text = page()

    assert [name for name in ACTIONS if text.count(f"| `{name}` |") != 1] == []
