"""A delivery sent again gains nothing; one bad cell among ten thousand lines changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contracts import small_town
from tests.contracts.cli_contract import answer, refusal
from tests.faults import life

from narvaro.exchange import write_delivery

Read = pytest.CaptureFixture[str]
LINES = 10_000


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


def take_in(capsys: Read, path: Path, ledger: Path) -> dict[str, object]:
    words = ("import", path, "--ledger", ledger, "--pupil-keys", "as-given")
    return answer(capsys, "import", *words)


def last_batch(capsys: Read, ledger: Path) -> tuple[int, str]:
    told = answer(capsys, "ledger-status", "ledger", "status", "--ledger", ledger)
    return told["batch"], told["arrived_at"]


def test_sent_again_it_makes_no_batch(ledger: Path, tmp_path: Path, capsys: Read) -> None:
    delivery = small_town.deliver(tmp_path / "delivery")
    first = take_in(capsys, delivery, ledger)
    before = last_batch(capsys, ledger)

    again = take_in(capsys, delivery, ledger)

    assert (again["batch"], again["is_unchanged"]) == (first["batch"], True)
    assert last_batch(capsys, ledger) == before


@pytest.mark.parametrize("form", ["zip", "parquet"])
def test_the_same_rows_in_another_form_gain_nothing(
    ledger: Path, tmp_path: Path, capsys: Read, form: str
) -> None:
    rows = life.first()
    take_in(capsys, write_delivery(rows, tmp_path / "folder"), ledger)
    before = last_batch(capsys, ledger)
    name = "other.zip" if form == "zip" else "other"

    again = take_in(capsys, write_delivery(rows, tmp_path / name, form=form), ledger)  # type: ignore[arg-type]

    assert again["is_unchanged"]
    assert {row["new"] for row in again["rows"]} == {0}  # type: ignore[attr-defined]
    assert last_batch(capsys, ledger) == before


def test_one_bad_cell_in_ten_thousand_lines(ledger: Path, tmp_path: Path, capsys: Read) -> None:
    take_in(capsys, small_town.deliver(tmp_path / "delivery"), ledger)
    before = last_batch(capsys, ledger)
    faulty = write_delivery({"marks": list(many_marks())}, tmp_path / "faulty")
    lines = (faulty / "marks.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == LINES + 1
    bad = 6_789
    lines[bad - 1] = lines[bad - 1].replace(",60,", ",6O,")
    (faulty / "marks.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    error = refusal(capsys, "import", faulty, "--ledger", ledger)

    assert error["fault_count"] == 1
    fault = error["faults"][0]
    assert (fault["table"], fault["line"], fault["column"]) == ("marks", bad, "present_minutes")
    assert fault["remedy"]
    assert "6O" not in str(error)
    assert last_batch(capsys, ledger) == before


def many_marks() -> list[dict[str, object]]:
    lessons = [f"elementary-{month}-{day:02}" for month in (10, 11, 12) for day in small_town.DAYS]
    pupils = LINES // len(lessons) + 1
    rows: list[dict[str, object]] = [
        {"lesson": one, "pupil": f"pupil-{n}", "present_minutes": 60}
        for n in range(pupils)
        for one in lessons
    ]
    return rows[:LINES]
