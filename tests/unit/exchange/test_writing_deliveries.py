"""What may be handed to the writer, and what it refuses."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from narvaro.errors import BadRequest
from narvaro.exchange import read_delivery, write_delivery
from narvaro.exchange.writing import Form

SELECT = """
SELECT 'l' || i AS lesson, 'p, "1"' || chr(10) AS reason, 'p' AS pupil, 5 AS valid_minutes,
    NULL AS acknowledged, i = 1 AS withdrawn, i + 2 AS line,
    TIMESTAMPTZ '2026-03-02 08:00:00.123456+01' AS recorded_at
FROM range(2) t(i)
"""
SELECT_ROWS = "lesson, pupil, valid_minutes, withdrawn, epoch_us(recorded_at)"


@pytest.mark.parametrize("form", ["csv", "parquet", "zip"])
@pytest.mark.parametrize("given", ["relation", "file"])
def test_a_relation_and_a_parquet_file_are_written_as_they_are(
    tmp_path: Path, form: Form, given: str
) -> None:
    import duckdb

    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'America/New_York'")
        relation = con.sql(SELECT)
        assert relation is not None
        relation.write_parquet(str(tmp_path / "given.parquet"))
        rows = relation if given == "relation" else tmp_path / "given.parquet"
        sent = write_delivery({"marks": rows}, tmp_path / "sent.zip", form=form)
        delivery = read_delivery(sent, into=tmp_path / "staged")
        staged = delivery.file("marks")
        found = con.execute(f"SELECT {SELECT_ROWS} FROM '{staged}' ORDER BY line").fetchall()

    assert found == [
        ("l0", "p", 5, False, 1772434800123456),
        ("l1", "p", 5, True, 1772434800123456),
    ]


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"grades": []}, "no table 'grades'"),
        ({"marks": [{"lesson": "l1", "colour": "red"}]}, "marks has no column colour"),
        ({"pupils": [{"pupil": "p1", "recorded_at": datetime(2026, 3, 2)}]}, "without offset"),  # noqa: DTZ001
    ],
)
def test_what_the_format_does_not_have_is_refused(
    tmp_path: Path, tables: dict[str, list[dict[str, object]]], message: str
) -> None:
    with pytest.raises(BadRequest, match=message):
        write_delivery(tables, tmp_path / "sent")


def test_a_relation_whose_numbers_would_be_rounded_is_refused(tmp_path: Path) -> None:
    import duckdb

    with duckdb.connect() as con:
        relation = con.sql("SELECT 'l1' AS lesson, 'p1' AS pupil, 5.6::DOUBLE AS valid_minutes")
        with pytest.raises(BadRequest, match="would be rounded"):
            write_delivery({"marks": relation}, tmp_path / "sent", form="parquet")


def test_tables_with_names_can_be_written_for_the_web(tmp_path: Path) -> None:
    person = {"pupil": "p1", "given_name": "Åsa", "family_name": "Ö"}

    sent = write_delivery({"identities": [person]}, tmp_path / "sent")

    assert "p1,Åsa,Ö" in (sent / "identities.csv").read_text(encoding="utf-8")
