"""One mark changed in a CSV: the run names that pupil alone, and the day before still stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.contracts import small_town
from tests.contracts.cli_contract import answer

Read = pytest.CaptureFixture[str]
PROGRAMME = Path(small_town.__file__).with_name("own-programme.toml")
WINDOW = ("--window", "rolling-months:3", "--at", "2017-12")
MINUTES = ("acknowledged_minutes", "valid_minutes", "invalid_minutes", "absent_minutes")
OFTEN = "often"


def test_one_corrected_mark_changes_one_pupil_from_the_day_it_became_known(
    tmp_path: Path, capsys: Read
) -> None:
    ledger, delivery = tmp_path / "ledger", small_town.deliver(tmp_path / "delivery")
    take_in(capsys, delivery, ledger, "2018-01-02T08:00Z")
    run = ("--programme", PROGRAMME, "--at", "2017-12", "--ledger", ledger)
    first = answer(capsys, "run", "run", *run, "--as-known-at", "2018-01-14")
    before = measured(capsys, ledger, "2018-01-14")

    change_one_mark(delivery / "marks.csv")
    take_in(capsys, delivery, ledger, "2018-01-15T13:00Z")
    second = answer(capsys, "run", "run", *run, "--as-known-at", "2018-01-15")
    after = measured(capsys, ledger, "2018-01-15")

    assert (first["version"], second["version"]) == (1, 2)
    assert {one["pupil"] for one in second["differences"]} == {OFTEN}
    assert measured(capsys, ledger, "2018-01-14") == before
    assert {pupil for pupil, row in after.items() if row != before[pupil]} == {OFTEN}
    assert [before[OFTEN][name] for name in MINUTES] == [3000, 400, 100, 500]
    assert [after[OFTEN][name] for name in MINUTES] == [3000, 300, 100, 400]


def take_in(capsys: Read, delivery: Path, ledger: Path, at: str) -> None:
    words = ("import", delivery, "--ledger", ledger, "--pupil-keys", "as-given")
    answer(capsys, "import", *words, "--arrived-at", at)


def change_one_mark(file: Path) -> None:
    """In the file as it stands: the pupil was there after all, as was found out on 15 January."""
    header, *lines = file.read_text(encoding="utf-8").splitlines()
    columns = header.split(",")
    place = next(n for n, text in enumerate(lines) if text.startswith(f"elementary-10-04,{OFTEN},"))
    cells = dict(zip(columns, lines[place].split(","), strict=True))
    cells |= {"valid_minutes": "", "present_minutes": "100", "recorded_at": "2018-01-15T12:00:00Z"}
    lines[place] = ",".join(cells[column] for column in columns)
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def measured(capsys: Read, ledger: Path, known: str) -> dict[str, dict[str, Any]]:
    words = (*WINDOW, "--as-known-at", known, "--ledger", ledger)
    rows = answer(capsys, "measure", "measure", *words)["rows"]
    return {row["pupil"]: row for row in rows}
