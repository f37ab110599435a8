"""The reference of the API is what the code describes."""

from __future__ import annotations

from pathlib import Path

from narvaro.web.api.reference import page

WRITTEN = Path(__file__).parents[2] / "docs/reference/api.md"


def test_the_page_is_fresh() -> None:
    wanted = "python -m narvaro.web.api.reference > docs/reference/api.md"
    assert WRITTEN.read_text("utf-8") == page(), f"Run: {wanted}"
