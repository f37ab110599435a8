"""Looking at files and servers: what is guessed, what a profile makes of it, what is offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contracts.cli_contract import answer, refusal

from narvaro.cli import main

DATA = Path(__file__).parents[1] / "data"
TRAP = DATA / "traps" / "lessons-semicolon-cp1252.csv"
RECORDED = DATA / "ss12000-recorded"
Read = pytest.CaptureFixture[str]


def test_every_column_of_a_file_gets_a_guess_and_a_reason(capsys: Read) -> None:
    found = answer(capsys, "source-inspect", "source", "inspect", TRAP)

    facts = {one["fact"]: one["value"] for one in found["facts"]}
    assert (found["shape"], facts["delimiter"], facts["encoding"]) == ("lessons", ";", "cp1252")
    assert {row["field"] for row in found["rows"]} >= {"pupil", "date", "times"}
    assert all(row["why"] for row in found["rows"])


def test_a_guess_can_be_saved_once_and_never_over_another(tmp_path: Path, capsys: Read) -> None:
    place = tmp_path / "ours.toml"
    found = answer(capsys, "source-inspect", "source", "inspect", TRAP, "--save", place)

    again = refusal(capsys, "source", "inspect", TRAP, "--save", place)

    assert place.read_text(encoding="utf-8") == found["profile"]
    assert again["exit_code"] == 9


def test_a_preview_shows_before_and_after_and_no_person(tmp_path: Path, capsys: Read) -> None:
    place = tmp_path / "ours.toml"
    answer(capsys, "source-inspect", "source", "inspect", TRAP, "--save", place)
    words = ("source", "preview", TRAP, "--profile", place, "--rows", 3)

    found = answer(capsys, "source-preview", *words)

    assert len(found["rows"]) == 3
    assert all(row["after"]["pupil"].startswith("pupil ") for row in found["rows"])


def test_the_shipped_profiles_are_listed_and_printed(capsys: Read) -> None:
    every = answer(capsys, "source-profiles", "source", "profiles")["rows"]
    (one,) = answer(capsys, "source-profiles", "source", "profiles", "generic-lesson-rows")["rows"]

    assert {"generic-lesson-rows", "generic-period-summaries"} <= {row["profile"] for row in every}
    assert 'profile = "generic-lesson-rows"' in one["text"]


def test_a_recording_is_checked_and_its_deviations_told(capsys: Read) -> None:
    found = answer(capsys, "source-check", "source", "check", RECORDED)

    offered = {row["resource"]: row["status"] for row in found["rows"]}
    deviations = {(one["resource"], one["code"]): one["count"] for one in found["deviations"]}
    assert offered["persons"] == "offered"
    assert offered["attendances"] == "missing"
    assert deviations[("persons", "meta-naive")] == 136
    assert found["rows_read"]["lessons"] == 210


def test_people_read_what_a_source_offers_and_that_it_imports(capsys: Read) -> None:
    assert main(["source", "check", str(RECORDED)]) == 0

    told = capsys.readouterr().out
    assert "It imports all the same" in told
    assert any(line.split()[:2] == ["persons", "offered"] for line in told.splitlines())


def test_an_address_without_encryption_is_refused(capsys: Read) -> None:
    error = refusal(capsys, "source", "check", "http://example.se/ss12000")

    assert error["exit_code"] == 3
    assert "https://" in error["faults"][0]["remedy"]
