"""How far the town's registrations can be trusted, against what can be counted on paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.contracts import small_town
from tests.contracts.cli_contract import answer, refusal

from narvaro.cli import main
from narvaro.ledger import open_or_make

Read = pytest.CaptureFixture[str]
Row = Mapping[str, Any]
DECEMBER = ("--at", "2017-12", "--as-known-at", "2018-01-10")
SHOWN = ("registration", "verdicts", "status", "contradictions")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_town.settle(tmp_path_factory.mktemp("town"))


def shown(read: Read, ledger: Path, what: str, *words: str) -> list[Row]:
    words = ("quality", "--show", what, *DECEMBER, *words)
    rows: list[Row] = answer(read, f"quality-{what}", *words, "--ledger", ledger)["rows"]
    return rows


def test_acknowledged_by_time_and_by_lessons(ledger: Path, capsys: Read) -> None:
    rows = {row["school"]: row for row in shown(capsys, ledger, "registration")}

    assert list(rows) == ["elementary", "other"]
    assert rows["other"]["acknowledged_by_time"] == {"numerator": 900, "denominator": 1000}
    assert rows["other"]["acknowledged_by_lessons"] == {"numerator": 9, "denominator": 10}
    assert [row["reaches_target_by_time"] for row in rows.values()] == [True, False]
    assert rows["other"]["same_day"] == {"numerator": 9, "denominator": 9}
    assert rows["other"]["same_day_low"] == {"numerator": 9, "denominator": 10}
    assert rows["elementary"]["pupils"] == 4
    assert rows["elementary"]["pupils_without_timetable"] == 1


@pytest.mark.parametrize(
    ("by", "places"),
    [
        ("class", [("elementary", "7A"), ("elementary", "7Z"), ("other", "7B")]),
        ("teacher", [("elementary", "a-teacher"), ("other", "a-teacher")]),
        ("month", [("elementary", "2017-12"), ("other", "2017-12")]),
        (
            "week",
            [
                (school, f"2017-W{week}")
                for school in ("elementary", "other")
                for week in (49, 50, 51)
            ],
        ),
    ],
)
def test_every_way_of_counting_has_its_place(
    ledger: Path, capsys: Read, by: str, places: list[tuple[str, str]]
) -> None:
    rows = shown(capsys, ledger, "registration", "--by", by)

    assert [(row["school"], row[by]) for row in rows] == places
    assert sum(row["lessons"] for row in rows) == 20


def test_a_month_is_usable_or_the_reason_is_told(ledger: Path, capsys: Read) -> None:
    elementary, other = shown(capsys, ledger, "verdicts")

    assert (elementary["usable"], elementary["why"]) == (True, None)
    assert (other["usable"], other["why"]) == (False, "too_little_acknowledged")
    assert "90,0 % av tiden" in other["reason"]["sv"]
    assert "95 %" in other["reason"]["en"]
    assert other["low"] == {"numerator": 100, "denominator": 1000}
    assert other["high"] == {"numerator": 200, "denominator": 1000}


def test_the_target_is_the_programmes_or_the_one_given(ledger: Path, capsys: Read) -> None:
    own = str(Path(__file__).parent / "own-programme.toml")

    assert shown(capsys, ledger, "verdicts", "--target", "90")[1]["usable"]
    assert not shown(capsys, ledger, "verdicts", "--target", "90.000001")[1]["usable"]
    assert not shown(capsys, ledger, "verdicts", "--programme", own)[1]["usable"]


def test_a_school_without_a_timetable_is_a_state_and_not_nothing(
    ledger: Path, capsys: Read
) -> None:
    rows = {row["school"]: row for row in shown(capsys, ledger, "status")}

    assert {school: row["status"] for school, row in rows.items()} == {
        "elementary": "reliable",
        "other": "partly",
    }
    assert rows["other"]["first_lesson"] == "2017-12-04"
    assert "2017-W41" in rows["other"]["weeks_without_timetable"]


def test_nothing_contradicts_itself_in_the_town(ledger: Path, capsys: Read) -> None:
    assert shown(capsys, ledger, "contradictions") == []


@pytest.mark.parametrize("what", SHOWN)
def test_an_empty_ledger_answers_in_the_same_form(tmp_path: Path, capsys: Read, what: str) -> None:
    empty = open_or_make(tmp_path / "ledger").folder

    assert shown(capsys, empty, what) == []


@pytest.mark.parametrize("what", SHOWN)
def test_people_read_it_as_a_table(ledger: Path, capsys: Read, what: str) -> None:
    words = ["quality", "--show", what, *DECEMBER, "--ledger", str(ledger)]

    assert main(words) == 0
    assert capsys.readouterr().out.count("\n") in (1, 3)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--target", "0"), "above 0"),
        (("--target", "1e9"), "above 0"),
        (("--target", "90", "--programme", "boras-2018"), "--programme"),
        (("--by", "moon"), "'teacher'"),
        (("--show", "status"), "needs a day"),
    ],
)
def test_what_cannot_be_asked_is_told(
    ledger: Path, capsys: Read, words: tuple[str, ...], said: str
) -> None:
    error = refusal(capsys, "quality", *words, "--ledger", ledger)

    assert error["exit_code"] == 2
    assert said in error["message"]


def test_pupils_are_counted_in_bands(ledger: Path, capsys: Read) -> None:
    window = ("--window", "rolling-months:3", *DECEMBER, "--ledger", ledger)
    rows = answer(capsys, "measure-groups", "measure", *window, "--group", "school")["rows"]

    assert [(row["school"], row["pupils"], row["cannot_tell"]) for row in rows] == [
        ("elementary", 4, 1),
        ("other", 1, 0),
    ]
    assert [[band["pupils"] for band in row["bands"]] for row in rows] == [
        [1, 0, 2, 0],
        [0, 1, 0, 0],
    ]
    assert rows[0]["bands"][2]["share_of_measured"] == {"numerator": 2, "denominator": 3}
    assert rows[0]["bands"][2]["words"] == {"sv": "15 till under 25 %", "en": "15 to under 25 %"}


@pytest.mark.parametrize("group", ["class", "grade", "sex", "municipality"])
def test_every_group_keeps_the_form(ledger: Path, capsys: Read, group: str) -> None:
    window = ("--window", "month", *DECEMBER, "--ledger", ledger)
    found = answer(capsys, "measure-groups", "measure", *window, "--group", group, "--bands", "50")

    assert sum(row["pupils"] for row in found["rows"]) == 5
    assert {len(row["bands"]) for row in found["rows"]} == {2}


def test_occasions_and_the_longest_spell(ledger: Path, capsys: Read) -> None:
    window = ("--window", "rolling-months:3", *DECEMBER, "--ledger", ledger)
    rows = answer(capsys, "measure-spells", "measure", *window, "--spells")["rows"]
    names = ("occasions", "longest_spell_lessons", "longest_spell_days")

    assert {row["pupil"]: [row[name] for name in names] for row in rows} == {
        "at-the-limit": [2, 4, 4],
        "idle": [None, None, None],
        "moved": [2, 2, 2],
        "often": [2, 4, 4],
        "seldom": [1, 1, 1],
    }


def test_bands_that_are_none_are_told(ledger: Path, capsys: Read) -> None:
    words = ("measure", "--window", "month", *DECEMBER, "--group", "sex", "--bands")

    assert "no bands" in refusal(capsys, *words, "15,5", "--ledger", ledger)["message"]
    assert "above 0" in refusal(capsys, *words, "five", "--ledger", ledger)["message"]
    assert "--spells" in refusal(capsys, *words, "5", "--spells", "--ledger", ledger)["message"]
