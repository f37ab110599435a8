"""Deliveries through the door of the command line: whole, again, faulty, and unlike the last."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contracts import small_town
from tests.contracts.cli_contract import answer, refusal

from narvaro.cli import main
from narvaro.exchange import write_delivery

Read = pytest.CaptureFixture[str]
AS_GIVEN = ("--pupil-keys", "as-given")


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    return small_town.deliver(tmp_path / "delivery")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


def test_a_delivery_becomes_a_batch(delivery: Path, ledger: Path, capsys: Read) -> None:
    found = answer(capsys, "import", "import", delivery, "--ledger", ledger, *AS_GIVEN)

    counts = {row["table"]: (row["delivered"], row["new"]) for row in found["rows"]}
    assert (found["batch"], found["kind"], found["source"]) == (1, "delivery", "files")
    assert counts["lessons"] == (40, 40)
    assert counts["pupils"] == (5, 5)


def test_the_same_delivery_again_changes_nothing(
    delivery: Path, ledger: Path, capsys: Read
) -> None:
    answer(capsys, "import", "import", delivery, "--ledger", ledger)

    again = answer(capsys, "import", "import", delivery, "--ledger", ledger)

    assert again["is_unchanged"]
    assert {row["new"] for row in again["rows"]} == {0}


def test_pupils_keys_are_hashed_unless_they_are_pseudonymous_already(
    delivery: Path, tmp_path: Path, capsys: Read
) -> None:
    for words in (AS_GIVEN, ()):
        place = ("--ledger", tmp_path / f"ledger-{len(words)}")
        answer(capsys, "import", "import", delivery, *place, *words)
        window = ("--window", "month", "--at", "2017-12")
        rows = answer(capsys, "measure", "measure", *window, *place)["rows"]
        pupils = {row["pupil"] for row in rows}

        assert len(pupils) == 5
        assert (pupils == set(small_town.PUPILS)) == bool(words)


def test_a_faulty_delivery_is_refused_whole_with_its_line(
    delivery: Path, ledger: Path, capsys: Read
) -> None:
    answer(capsys, "import", "import", delivery, "--ledger", ledger)
    faulty = small_town.deliver_correction(delivery.with_name("faulty"))
    text = (faulty / "marks.csv").read_text(encoding="utf-8").replace(",100,", ",-7,")
    (faulty / "marks.csv").write_text(text, encoding="utf-8")

    error = refusal(capsys, "import", faulty, "--ledger", ledger)
    batches = answer(capsys, "ledger-batches", "ledger", "batches", "--ledger", ledger)["rows"]

    assert (error["kind"], error["exit_code"], error["fault_count"]) == ("input_refused", 3, 1)
    place = {name: error["faults"][0][name] for name in ("table", "line", "column")}
    assert place == {"table": "marks", "line": 2, "column": "present_minutes"}
    assert error["faults"][0]["remedy"]
    assert [batch["batch"] for batch in batches] == [0, 1]


def test_a_load_unlike_the_last_is_held_until_confirmed(
    tmp_path: Path, ledger: Path, capsys: Read
) -> None:
    whole, fewer = (enrolled(tmp_path / str(count), count) for count in (100, 80))
    answer(capsys, "import", "import", whole, "--ledger", ledger)

    held = refusal(capsys, "import", fewer, "--ledger", ledger)
    found = answer(capsys, "import", "import", fewer, "--ledger", ledger, "--confirm")

    assert (held["kind"], held["exit_code"]) == ("held_for_confirmation", 4)
    assert "80 pupils against 100" in held["message"]
    assert found["unlike_the_last"]


def enrolled(folder: Path, count: int) -> Path:
    """A delivery of a school with so many pupils."""
    return write_delivery(
        {
            "organisations": [{"organisation": "s", "name": "S", "kind": "school_unit"}],
            "enrolments": [
                {"pupil": f"p{n}", "school": "s", "starts_on": f"2017-08-{1 + count % 20:02}"}
                for n in range(count)
            ],
        },
        folder,
    )


def test_nothing_is_there_to_import(tmp_path: Path, capsys: Read) -> None:
    error = refusal(capsys, "import", tmp_path / "nowhere", "--ledger", tmp_path / "ledger")

    assert error["exit_code"] == 5


def test_people_are_told_what_became_of_it(delivery: Path, ledger: Path, capsys: Read) -> None:
    assert main(["import", str(delivery), "--ledger", str(ledger)]) == 0

    told = capsys.readouterr()
    assert "Batch 1 is in the ledger." in told.out
    assert any(line.split() == ["lessons", "40", "40"] for line in told.out.splitlines())
