from __future__ import annotations

from pathlib import Path

import pytest

from narvaro.exchange import TABLES, Kind, read_delivery
from narvaro.exchange.findings import LISTED_PER_TABLE
from narvaro.exchange.records import LONGEST_RECORD
from narvaro.exchange.reference import EXAMPLE, write_reference
from narvaro.exchange.unpacking import LARGEST_RATIO, LARGEST_UNPACKED, RATIO_MATTERS_FROM

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "exchange-format.md"


def test_the_page_is_fresh() -> None:
    wanted = "python -m narvaro.exchange.reference > docs/reference/exchange-format.md"
    assert PAGE.read_text(encoding="utf-8") == write_reference(), f"Run: {wanted}"


@pytest.mark.parametrize("name", TABLES)
def test_every_table_and_column_is_documented(name: str) -> None:
    table = TABLES[name]
    page = PAGE.read_text(encoding="utf-8")
    section = page.partition(f"### `{name}`\n")[2].partition("\n#")[0]
    assert table.meaning in section
    for column in table.columns:
        mark = "" if column.required else "?"
        assert f"| `{column.name}`{mark} |" in section
        assert all(f"`{word}`" in section for word in column.words)


def test_every_kind_of_cell_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"| {kind.value} |" in page for kind in Kind)
    assert "<!--" not in page


def test_the_limits_on_the_page_are_those_of_the_program() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"{LONGEST_RECORD:,} bytes" in page
    assert f"at most {LISTED_PER_TABLE:,} are listed" in page
    assert f"{LARGEST_UNPACKED >> 30} GiB" in page
    assert f"above {RATIO_MATTERS_FROM >> 20} MiB, to more than {LARGEST_RATIO} times" in page


def test_the_example_of_the_page_is_a_good_delivery(tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    for name, text in EXAMPLE.items():
        (sent / name).write_text(text, encoding="utf-8")

    delivery = read_delivery(sent, into=tmp_path / "staged")

    assert delivery.notices == ()
    assert delivery.counts == {"organisations": 2, "enrolments": 1, "lessons": 2, "marks": 1}
