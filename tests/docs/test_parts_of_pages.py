"""Every shared part of a page is told of in the developers' page about them."""

from __future__ import annotations

import re
from pathlib import Path

from narvaro.web.ui.templatetags import blocks, parts, ui

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "how-pages-are-made.md"


def test_every_part_and_filter_is_told_of() -> None:
    text = PAGE.read_text("utf-8")
    tags = {name for module in (blocks, parts, ui) for name in module.register.tags}
    filters = {name for module in (blocks, parts, ui) for name in module.register.filters}

    assert {name for name in tags if not re.search(rf"{{% {name}\b", text)} == set()
    assert {name for name in filters if f"`{name}`" not in text} == set()


def test_no_part_is_told_of_that_is_not_there() -> None:
    told = set(re.findall(r"{% (\w+)", PAGE.read_text("utf-8")))
    tags = {name for module in (blocks, parts, ui) for name in module.register.tags}

    assert {name for name in told if not name.startswith("end")} - tags - {"translate"} == set()
