"""Every SQL file gives on Spark what it gives on DuckDB, all its cases in one query."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from tests.spark.asking import (
    PACKAGE,
    Answer,
    Case,
    by_file,
    heard_of,
    heard_of_the_spec_cases,
    some_of,
    sql_files,
    stacked,
)
from tests.spark.two_ledgers import Asked, history, town

from narvaro.cli import main
from narvaro.engine import Engine, open_engine
from narvaro.flags import flag
from narvaro.measurement import measure
from narvaro.programmes import load
from narvaro.timetable import parse_at

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.xdist_group("spark"),
    pytest.mark.spark,
    pytest.mark.skipif(
        not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="Spark needs Java 17"
    ),
]
GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "run-on-spark.md"
MOST = 4
OWN = Path(__file__).parents[1] / "contracts" / "own-programme.toml"
SCOPE = load(PACKAGE / "demo" / "linnasa.toml")


@pytest.fixture(scope="module")
def small_town(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def cases(small_town: Asked, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Case]]:
    """Some questions about two small ledgers, and every spec case."""
    both = (small_town, history(tmp_path_factory.mktemp("history")))
    some = by_file(case for asked in both for case in heard_of(asked, SCOPE))
    spec = by_file(heard_of_the_spec_cases(tmp_path_factory.mktemp("cases")))
    return {
        name: [*some_of(some.get(name) or spec[name], MOST), *spec.get(name, [])]
        for name in sorted({*some, *spec})
    }


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    """An engine on a Spark that starts quickly and dies with the tests."""
    session = _quick_session()
    yield open_engine("spark")
    session.stop()


def _quick_session() -> SparkSession:
    from pyspark.sql import SparkSession

    from narvaro.engine.spark import LOCAL

    logging.getLogger("py4j").setLevel(logging.WARNING)  # it speaks after the tests are over
    builder = SparkSession.builder
    quick = {
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.sql.codegen.wholeStage": "false",
    }
    for name, value in {**LOCAL, **quick}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def test_every_sql_file_has_cases_and_answers(cases: Mapping[str, list[Case]]) -> None:
    unasked = set(sql_files().values()) - set(cases)
    unanswered = {name for name, found in cases.items() if not found[0].answer}

    assert unasked == set(), "ask it in tests/spark/asking.py, so that Spark runs it too"
    assert unanswered == set(), "let one of the two ledgers hold something that it finds"


@pytest.mark.parametrize("name", sorted(sql_files().values()))
def test_spark_answers_as_duckdb_does(
    name: str, cases: Mapping[str, list[Case]], spark: Engine
) -> None:
    stack = stacked(cases[name])

    answer = spark.query(
        stack.sql, tables=stack.tables, rows=stack.rows, parameters=stack.parameters
    )

    assert in_order(answer) == in_order(stack.answer)


def test_the_guides_example_measures_on_spark_what_duckdb_does(
    small_town: Asked, spark: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = re.findall(r"```python\n(.+?)```", GUIDE.read_text("utf-8"), re.DOTALL)[0]
    names: dict[str, Any] = {}
    monkeypatch.chdir(small_town.snapshot.folder.parent)

    exec(compile(example, GUIDE.name, "exec"), names)  # noqa: S102

    here = measure(names["snapshot"], window="rolling-months:3", at=parse_at("2017-12"))
    assert isinstance(names["on_spark"].engine, type(spark))
    assert names["rows"] == here
    assert [row.absent_minutes for row in here] == [450, 0, 300, 420, 100]


@pytest.mark.parametrize("command", ["measure", "flag"])
def test_the_command_line_answers_the_same_with_either_engine(
    command: str, small_town: Asked, spark: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    known_at = f"{small_town.moments[0]:%FT%TZ}"
    asked = ["--at", "2017-12", "--as-known-at", known_at, "--json"]
    asked += ["--ledger", str(small_town.snapshot.folder)]
    asked += ["--window", "month"] if command == "measure" else ["--programme", str(OWN)]
    answers = []
    for engine in ("duckdb", "spark"):
        with patch("narvaro.engine.spark.SparkEngine", return_value=spark) as opened:
            assert main([command, *asked, "--engine", engine]) == 0
        assert opened.called == (engine == "spark")
        answers.append(capsys.readouterr().out)

    assert answers[0] == answers[1]
    assert json.loads(answers[0])["rows"]


def test_flags_on_spark_are_those_of_duckdb(small_town: Asked, spark: Engine) -> None:
    here, at, known_at = small_town.snapshot, parse_at("2017-12"), small_town.moments[0]

    there = flag(replace(here, engine=spark), SCOPE, at=at, known_at=known_at, outside_dates=True)

    assert there == flag(here, SCOPE, at=at, known_at=known_at, outside_dates=True)
    assert {one.outcome for one in there} == {"flagged", "not_flagged", "cannot_tell"}


def test_times_and_large_numbers_come_back_whole(spark: Engine) -> None:
    sql = "SELECT TIMESTAMP '2017-10-29 00:30:00.000001 UTC', DATE '9999-12-31', 9007199254740993"

    (row,) = spark.query(sql, tables={})

    assert row[0].isoformat() == "2017-10-29T00:30:00.000001+00:00"
    assert (row[1].isoformat(), row[2]) == ("9999-12-31", 2**53 + 1)


def in_order(answer: Answer) -> list[tuple[Any, ...]]:
    """Rows in an order that no engine gives: by their texts; whole numbers are of one kind."""
    return sorted(answer, key=lambda row: [str(value) for value in row])
