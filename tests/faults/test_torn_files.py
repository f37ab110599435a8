"""Torn, missing or foreign files: one clear message each, which says where and what next."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from tests.contracts import small_town
from tests.contracts.cli_contract import answer, refusal

from narvaro.cli import main
from narvaro.ledger.tables import PUPIL_MINUTES

Read = pytest.CaptureFixture[str]
DAMAGED, WRONG_KEY = 10, 7
MEASURE = ("measure", "--window", "month", "--at", "2017-12")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return small_town.settle(tmp_path)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def overwritten(file: Path) -> None:
    """The frame still stands; what it holds does not."""
    whole = bytearray(file.read_bytes())
    whole[4 : len(whole) // 2] = b"\xff" * (len(whole) // 2 - 4)
    file.write_bytes(bytes(whole))


@pytest.mark.parametrize(
    ("table", "tear"),
    [("rows", cut_short), ("marks", emptied), ("aliases", Path.unlink), ("rows", overwritten)],
)
def test_verify_names_the_table_of_a_torn_file(
    ledger: Path, capsys: Read, table: str, tear: Callable[[Path], None]
) -> None:
    file = next((ledger / "tables" / table).rglob("*[0-9a-f].parquet"))
    tear(file)

    error = refusal(capsys, "ledger", "verify", "--ledger", ledger)

    assert (error["exit_code"], error["kind"]) == (DAMAGED, "ledger_damaged")
    assert f"{table}/" in error["message"]
    assert file.name in error["message"]
    assert "1 of the ledger's files" in error["message"]
    assert "backup" in error["remedy"]


def test_a_question_that_meets_a_torn_file_says_so(ledger: Path, capsys: Read) -> None:
    for table in ("pupil_day", "pupil_month"):
        for file in (ledger / "tables" / table).rglob("*[0-9a-f].parquet"):
            cut_short(file)

    error = refusal(capsys, *MEASURE, "--ledger", ledger)

    assert error["exit_code"] == DAMAGED
    assert re.search("table pupil_(day|month) cannot be read", error["message"])
    assert str(ledger) not in error["message"]


def test_a_torn_file_is_named_in_a_ledger_beside_where_one_stands(
    ledger: Path, capsys: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_short(next((ledger / "tables" / "rows").rglob("*[0-9a-f].parquet")))
    monkeypatch.chdir(ledger.parent)

    error = refusal(capsys, "ledger", "verify", "--ledger", ledger.name)

    assert error["exit_code"] == DAMAGED
    assert "rows/authority=" in error["message"]


def counted_twice(file: Path) -> None:
    """Every sum in it doubled: a file that can be read, and is wrong."""
    sums = ", ".join(f"2 * {name} AS {name}" for name in PUPIL_MINUTES)
    wrong = file.with_suffix(".wrong")
    duckdb.execute(
        f"COPY (SELECT * REPLACE ({sums}) FROM read_parquet('{file}', hive_partitioning = false)) "
        f"TO '{wrong}' (FORMAT parquet)"
    )
    wrong.replace(file)


@pytest.mark.parametrize("spoil", [counted_twice, cut_short, Path.unlink])
def test_sums_that_are_wrong_torn_or_gone_are_counted_again(
    ledger: Path, capsys: Read, spoil: Callable[[Path], None]
) -> None:
    asked = (*MEASURE, "--as-known-at", "2018-01-20", "--ledger", ledger)
    before = answer(capsys, "measure", *asked)["rows"]
    spoil(next((ledger / "tables" / "pupil_month").rglob("*[0-9a-f].parquet")))
    assert main(["ledger", "verify", "--ledger", str(ledger)]) != 0
    capsys.readouterr()

    rows = answer(capsys, "ledger-rebuild", "ledger", "rebuild", "--ledger", ledger)["rows"]

    assert {row["table"]: row["files"] for row in rows}["pupil_month"] > 0
    assert answer(capsys, "ledger-verify", "ledger", "verify", "--ledger", ledger)["is_whole"]
    after = answer(capsys, "measure", *asked)["rows"]
    assert after == before


def test_what_was_told_cannot_be_counted_again_when_it_is_torn(ledger: Path, capsys: Read) -> None:
    cut_short(next((ledger / "tables" / "marks").rglob("*[0-9a-f].parquet")))

    error = refusal(capsys, "ledger", "rebuild", "--ledger", ledger)

    assert error["exit_code"] == DAMAGED
    assert "marks/" in error["message"]


def test_a_whole_ledger_verifies(ledger: Path, capsys: Read) -> None:
    assert answer(capsys, "ledger-verify", "ledger", "verify", "--ledger", ledger)["is_whole"]


@pytest.mark.parametrize(
    "written", ["", "{", "[]", "{}", '{"format": 7, "fingerprint": "x"}', '"text"', "\udcff"]
)
def test_a_ledger_that_does_not_say_what_it_is_is_refused(
    ledger: Path, capsys: Read, written: str
) -> None:
    (ledger / "ledger.json").write_bytes(written.encode("utf-8", "surrogateescape"))

    for words in (MEASURE, ("ledger", "verify"), ("ledger", "compact")):
        error = refusal(capsys, *words, "--ledger", ledger)
        assert error["exit_code"] == DAMAGED
        assert "ledger.json" in error["message"]


@pytest.mark.parametrize(
    "secret", [None, b"", b"short", bytes(range(32))], ids=["gone", "empty", "short", "another"]
)
def test_another_key_file_is_refused_before_anything_is_written(
    ledger: Path, tmp_path: Path, capsys: Read, secret: bytes | None
) -> None:
    key = ledger.with_name("ledger.key")
    kept = key.read_bytes()
    key.unlink() if secret is None else key.write_bytes(secret)
    delivery = str(small_town.deliver(tmp_path / "again"))
    before = answer(capsys, "ledger-batches", "ledger", "batches", "--ledger", ledger)

    error = refusal(capsys, "import", delivery, "--source", "other", "--ledger", ledger)

    assert (error["exit_code"], error["kind"]) == (WRONG_KEY, "wrong_key_file")
    assert error["remedy"]
    assert answer(capsys, "ledger-batches", "ledger", "batches", "--ledger", ledger) == before
    key.write_bytes(kept)
    assert main(["import", delivery, "--source", "other", "--ledger", str(ledger)]) == 0
