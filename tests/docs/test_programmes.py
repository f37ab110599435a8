from __future__ import annotations

import re
from pathlib import Path

import pytest

from narvaro.programmes import (
    ROLES,
    adapt,
    check_text,
    differences,
    load,
    load_text,
    programme_ids,
    read_adaptation,
)
from narvaro.programmes.reading_adaptations import ADAPTATION_TABLES, ADAPTATION_TOP
from narvaro.programmes.reference import MINIMUM, SMALLEST, write_reference
from narvaro.programmes.schema import TABLES, TOP

EVERY_TABLE = (TOP, *TABLES, ADAPTATION_TOP, *ADAPTATION_TABLES)

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "programmes.md"


def test_the_page_is_fresh() -> None:
    wanted = "python -m narvaro.programmes.reference > docs/reference/programmes.md"
    assert PAGE.read_text() == write_reference(), f"Run: {wanted}"


@pytest.mark.parametrize("key", sorted({key.name for table in EVERY_TABLE for key in table.keys}))
def test_every_key_is_documented(key: str) -> None:
    assert f"| `{key}` |" in PAGE.read_text()


def test_every_table_role_and_programme_is_documented() -> None:
    page = PAGE.read_text()
    for name in (*(table.header for table in TABLES), *ROLES):
        assert f"`{name}`" in page
    for programme in map(load, programme_ids()):
        assert f"### `{programme.id}`" in page
        assert all(assumption.text.en in page for assumption in programme.assumptions)


def test_the_examples_of_the_page_are_good_programmes() -> None:
    assert check_text(SMALLEST) == ()
    assert check_text(f"{SMALLEST}\n{MINIMUM}") == ()
    assert SMALLEST in PAGE.read_text()
    assert MINIMUM in PAGE.read_text()


def test_the_routine_and_the_adaptation_of_the_how_to_fit_its_programme() -> None:
    page = (PAGE.parents[1] / "how-to" / "write-your-own-programme.md").read_text("utf-8")
    town = (PAGE.parents[1] / "tutorials" / "data" / "ekbacka.toml").read_text("utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```", page, re.M | re.S)
    (steps,) = [block for block in blocks if block.startswith("[[steps]]")]
    (local,) = [block for block in blocks if block.startswith("schema = 1")]
    programme = load_text(f"{town}\n{steps}")
    here = adapt(programme, read_adaptation(local.encode()))
    assert [d.what.en for d in differences(programme, here)] == ["Conversation with the home: time"]
