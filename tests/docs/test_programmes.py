from __future__ import annotations

from pathlib import Path

import pytest

from narvaro.programmes import ROLES, check_text, load, programme_ids
from narvaro.programmes.reference import MINIMUM, SMALLEST, write_reference
from narvaro.programmes.schema import TABLES, TOP

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "programmes.md"


def test_the_page_is_fresh() -> None:
    wanted = "python -m narvaro.programmes.reference > docs/reference/programmes.md"
    assert PAGE.read_text() == write_reference(), f"Run: {wanted}"


@pytest.mark.parametrize("key", [key.name for table in (TOP, *TABLES) for key in table.keys])
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
