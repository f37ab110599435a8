"""Whatever is wrong with a delivery, what is said about it never repeats what stood in a cell."""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from tests.contracts.small_town import deliver, settle

from narvaro.cli import main
from narvaro.exchange import TABLES

MARKER = "Qvz-Marker-9471"  # stands for a name, a number, anything about a pupil
Row = Mapping[str, str]

IN_SHAPE: Row = {  # a marker where only the kind of the value is checked
    "lesson": f"lesson {MARKER}",
    "pupil": MARKER,
    "starts_on": "2017-08-16",
    "recorded_at": "2017-12-01T08:00:00Z",
}
BAD_VALUES = (
    MARKER,
    f"2017-13-{MARKER}",
    f"-1{MARKER}",
    f"2017-12-01T08:00 {MARKER}",
    f"{MARKER}\x00",
    f'="{MARKER}"',
    f"{MARKER}\n{MARKER}",
    MARKER * 2000,
)


def write(folder: Path, table: str, rows: Iterable[Row]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    listed = list(rows)
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    return folder


def said(told: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """The exit code and all that a command says, on both streams, with the trace of an error."""
    code = main([str(word) for word in words])
    found = told.readouterr()
    return code, found.out + found.err


@pytest.fixture(autouse=True)
def _as_talkative_as_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARVARO_DEBUG", "1")
    logging.getLogger().setLevel(logging.DEBUG)


@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
@pytest.mark.parametrize("value", BAD_VALUES, ids=range(len(BAD_VALUES)))
def test_a_bad_cell_is_told_by_its_place_alone(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    value: str,
    *,
    as_json: bool,
) -> None:
    """Every column of every table of the core holds the value, in a delivery of its own."""
    folder = tmp_path / "in"
    for name, table in TABLES.items():
        if not table.people:
            write(folder, name, [dict.fromkeys((column.name for column in table.columns), value)])

    code, text = said(capsys, "import", folder, "--ledger", tmp_path / "l", *["--json"] * as_json)

    assert code == 3
    assert "line 2" in text or '"line":2' in text
    assert "Qvz" not in text
    assert "Qvz" not in caplog.text


def test_rows_that_contradict_each_other_are_told_by_their_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    lesson = {"lesson": MARKER, "school": MARKER, "starts_at": "2017-12-01T08:00:00Z"}
    write(folder, "lessons", [lesson | {"minutes": m} for m in ("40", "50", "2000")])
    write(folder, "marks", [dict(IN_SHAPE) | {"valid_minutes": m} for m in ("40", "50", "999")])
    write(
        folder,
        "organisations",
        [
            {"organisation": MARKER, "name": MARKER, "kind": "area", "parent": f"{MARKER}2"},
            {"organisation": f"{MARKER}2", "name": MARKER, "kind": "area", "parent": MARKER},
        ],
    )

    code, text = said(capsys, "import", folder, "--ledger", tmp_path / "l")

    assert code == 3
    assert "lines 2 and 3" in text or "line 3" in text
    assert "Qvz" not in text


def test_marks_of_what_nobody_knows_are_told_without_their_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "in", "marks", [dict(IN_SHAPE) | {"valid_minutes": "40"}])

    code, text = said(capsys, "import", folder, "--ledger", tmp_path / "l")

    assert code == 3
    assert "Qvz" not in text


def test_a_reason_in_a_sources_own_words_is_dropped_without_being_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = deliver(tmp_path / "in")
    marks = folder / "marks.csv"
    with marks.open(encoding="utf-8", newline="") as file:
        rows = [row | {"reason": f"sjuk {MARKER}"} for row in csv.DictReader(file)]
    write(folder, "marks", rows)

    code, text = said(capsys, "import", folder, "--ledger", tmp_path / "l")

    assert code == 0
    assert "reason" in text
    assert "Qvz" not in text
    kept = b"".join(p.read_bytes() for p in (tmp_path / "l").rglob("*") if p.is_file())
    assert b"Qvz" not in kept


@pytest.mark.parametrize(
    "words",
    [
        ("explain", MARKER, "--programme", "boras-2016", "--at", "2017-12"),
        ("explain", "--pupil", MARKER, "--programme", "boras-2016", "--at", "2017-12"),
        ("measure", "--window", MARKER, "--at", "2017-12"),
        ("measure", "--window", "month", "--at", MARKER),
        ("flag", "--programme", "boras-2016", "--at", "2017-12", MARKER),
        ("ledger", "dispose", MARKER, "--rule", "test"),
    ],
    ids=" ".join,
)
def test_a_key_that_is_typed_wrong_is_not_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    ledger = settle(tmp_path)

    code, text = said(capsys, *words, "--ledger", ledger)

    assert code != 0
    assert "Qvz" not in text


def test_a_refusal_in_the_library_says_no_more_than_the_command_line(tmp_path: Path) -> None:
    from narvaro import InputRefused, import_delivery

    folder = write(tmp_path / "in", "marks", [dict(IN_SHAPE) | {"valid_minutes": MARKER}])

    with pytest.raises(InputRefused) as refused:
        import_delivery(folder, tmp_path / "l")

    assert "Qvz" not in f"{refused.value} {refused.value.faults!r} {refused.value!r}"


def test_the_json_of_a_refusal_is_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "in", "marks", [dict(IN_SHAPE) | {"valid_minutes": MARKER}])

    code, text = said(capsys, "import", folder, "--ledger", tmp_path / "l", "--json")

    assert code == json.loads(text)["error"]["exit_code"]
