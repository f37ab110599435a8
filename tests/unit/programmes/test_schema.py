"""The schema and the values built from it cannot drift apart."""

from __future__ import annotations

from dataclasses import fields

import pytest

from narvaro.programmes.keys import Table
from narvaro.programmes.schema import TABLES, TOP

LIFTED = {"fingerprint", "adapted_by"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_key_builds_a_field_and_every_field_has_a_key(table: Table) -> None:
    assert {key.builds for key in table.keys} == {field.name for field in fields(table.builds)}


def test_a_programme_is_its_top_keys_its_tables_and_what_it_was_made_of() -> None:
    keys = {key.builds for key in TOP.keys if key.name != "schema"}
    tables = {table.name for table in TABLES}
    assert keys | tables | LIFTED == {field.name for field in fields(TOP.builds)}


@pytest.mark.parametrize("table", [TOP, *TABLES], ids=lambda table: table.name or "top")
def test_every_key_has_a_sentence(table: Table) -> None:
    assert all(key.help.endswith(".") or key.help.endswith("…") for key in table.keys)
