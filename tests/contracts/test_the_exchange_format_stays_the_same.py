"""Version 1 of the format: a column may be added as optional, nothing may go or change meaning."""

from __future__ import annotations

import json
from pathlib import Path

from narvaro.exchange import TABLES

AGREED = Path(__file__).parent / "exchange-format-1.json"


def described() -> dict[str, object]:
    return {
        table.name: {
            "key": list(table.key),
            "people": table.people,
            "columns": {
                column.name: " ".join(
                    (column.kind.value, "required" if column.required else "optional",
                     column.sql_type, *column.words)
                )
                for column in table.all_columns
            },
        }
        for table in TABLES.values()
    }  # fmt: skip


def test_every_table_column_type_key_and_word_is_as_agreed() -> None:
    assert described() == json.loads(AGREED.read_text(encoding="utf-8"))
