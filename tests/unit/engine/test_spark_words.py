"""A query is put into Spark's words without touching what stands in texts and comments."""

from __future__ import annotations

import pytest

from narvaro.engine import open_engine
from narvaro.engine.spark import spark_sql, used
from narvaro.errors import BadRequest


@pytest.mark.parametrize(
    ("ours", "sparks"),
    [
        ("WHERE month = $from_month", "WHERE month = :from_month"),
        ('SELECT "class" FROM "rows"', "SELECT `class` FROM `rows`"),
        ('"a ""b"" `c`"', '`a "b" ``c```'),
        ("'a $name and \"this\"'", "'a $name and \"this\"'"),
        ("'it''s $name' || $name", "'it''s $name' || :name"),
        ('-- a pupil\'s "key" is $name\n$name', '-- a pupil\'s "key" is $name\n:name'),
        ("/* $one\n'*/ $two", "/* $one\n'*/ :two"),
    ],
)
def test_parameters_and_names_are_respelt(ours: str, sparks: str) -> None:
    assert spark_sql(ours) == sparks


def test_only_parameters_that_the_query_names_are_bound() -> None:
    sql = "SELECT $month -- not $known_at\n"

    assert used(sql, {"month": 201712, "known_at": 1, "by": "week"}) == {"month": 201712}


def test_an_unknown_engine_is_named_with_those_there_are() -> None:
    with pytest.raises(BadRequest, match="no engine called 'oracle'") as refused:
        open_engine("oracle")

    assert refused.value.remedy == "Use duckdb or spark."
