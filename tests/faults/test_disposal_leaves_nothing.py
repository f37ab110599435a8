"""After a disposal no file under the ledger holds the pupil; everyone else stays as they were."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.contracts import small_town
from tests.contracts.cli_contract import answer
from tests.faults.nursery import environment
from tests.faults.traces import traces

from narvaro.cli import main
from narvaro.exchange import write_delivery
from narvaro.ledger import open_ledger
from narvaro.ledger.standing import numbers_of
from narvaro.ledger.tables import LESSON_COUNTS
from narvaro.ledger.verifying import differences

Read = pytest.CaptureFixture[str]
GONE = "often"
RUN = ("run", "--programme", str(Path(small_town.__file__).with_name("own-programme.toml")))
ID = "town/town/2017-12"
WINDOWS = (("month", "2017-10"), ("month", "2017-12"), ("rolling-months:3", "2017-12"))


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The town after two runs, between which the pupil's flag was withdrawn."""
    place = small_town.settle(tmp_path)
    for known in ("2018-01-10", "2018-01-20"):
        words = (*RUN, "--at", "2017-12", "--as-known-at", known, "--ledger", str(place))
        assert main(words) == 0
    return place


def dispose(ledger: Path, pupil: str = GONE) -> int:
    keys = ledger.with_name("keys.txt")
    keys.write_text(pupil, encoding="utf-8")
    words = ("ledger", "dispose", "--pupils", keys, "--rule", "left school", "--confirm")
    return main([*map(str, words), "--ledger", str(ledger)])


def number_of(ledger: Path, pupil: str = GONE) -> int:
    return numbers_of(open_ledger(ledger).snapshot(), [pupil])[pupil]


def figures(ledger: Path, capsys: Read) -> dict[str, list[Any]]:
    """Every pupil's figures, in several windows and as known at several times."""
    capsys.readouterr()
    found: dict[str, list[Any]] = {}
    for window, at in WINDOWS:
        for known in ("2018-01-10", "2018-01-20"):
            words = ("--window", window, "--at", at, "--as-known-at", known, "--ledger", ledger)
            for row in answer(capsys, "measure", "measure", *words)["rows"]:
                found.setdefault(row["pupil"], []).append(row)
    return found


def test_no_file_holds_the_key_or_the_number(ledger: Path) -> None:
    number = number_of(ledger)
    assert len(traces(ledger, GONE, number)) >= 8

    assert dispose(ledger) == 0

    assert traces(ledger, GONE, number) == []


def test_what_a_killed_import_and_a_compaction_left_goes_too(ledger: Path, tmp_path: Path) -> None:
    number = number_of(ledger)
    orphan = ledger / "tables" / "announced_absences" / "left-behind.parquet"
    some = next((ledger / "tables" / "marks").rglob("*[0-9a-f].parquet"))
    orphan.write_bytes(some.read_bytes())
    words = ("import", small_town.deliver(tmp_path / "again"), "--ledger", ledger)
    killed_while_arriving([*map(str, words), "--pupil-keys", "as-given"])
    assert any(name.startswith("arriving/") for name in traces(ledger, GONE, number))

    assert dispose(ledger) == 0

    assert traces(ledger, GONE, number) == []


def killed_while_arriving(words: list[str]) -> None:
    """Die when the delivery has been checked and typed, and nothing of it is kept."""
    code = (
        "import os, sys; from narvaro.ledger import Ledger\n"
        "Ledger.ingest = lambda *a, **k: os.kill(os.getpid(), 9)\n"
        "from narvaro.cli import main; main(sys.argv[1:])"
    )
    died = subprocess.run([sys.executable, "-c", code, *words], env=environment(), check=False)
    assert died.returncode == -signal.SIGKILL


def test_everyone_else_stays_as_they_were(ledger: Path, capsys: Read) -> None:
    before = figures(ledger, capsys)

    assert dispose(ledger) == 0

    assert figures(ledger, capsys) == {p: rows for p, rows in before.items() if p != GONE}
    assert not any(differences(open_ledger(ledger).snapshot(), zone="Europe/Stockholm").values())


def test_older_receipts_say_how_many_are_gone(ledger: Path, capsys: Read) -> None:
    capsys.readouterr()
    before = answer(capsys, "run", "run", "--read", ID, "--ledger", ledger)
    assert [one["pupil"] for one in before["differences"]] == [GONE] * 2

    assert dispose(ledger) == 0
    capsys.readouterr()
    after = answer(capsys, "run", "run", "--read", ID, "--ledger", ledger)
    assert main(["run", "--read", ID, "--ledger", str(ledger)]) == 0

    assert after["receipt"]["pupils_disposed_since"] == 1
    assert after["receipt"]["rows_disposed_since"] == 2
    assert after["rows"] == [row for row in before["rows"] if row["pupil"] != GONE]
    assert after["differences"] == []
    assert "1 pupil is no longer in it" in capsys.readouterr().out


def test_a_run_after_it_is_the_same_version(ledger: Path, capsys: Read) -> None:
    assert dispose(ledger) == 0
    capsys.readouterr()

    words = (*RUN, "--at", "2017-12", "--as-known-at", "2018-01-20", "--ledger", ledger)
    again = answer(capsys, "run", *words)

    assert (again["version"], again["is_new"]) == (2, False)


def test_nobody_inherits_a_number_in_an_older_run(
    ledger: Path, tmp_path: Path, capsys: Read
) -> None:
    for pupil in small_town.PUPILS:
        assert dispose(ledger, pupil) == 0
    rows = [{"pupil": f"new-{n}", "birth_date": "2004-01-01"} for n in range(5)]
    delivery = write_delivery({"pupils": rows}, tmp_path / "new")
    words = ("import", delivery, "--ledger", ledger, "--pupil-keys", "as-given")
    assert main([str(word) for word in words]) == 0
    capsys.readouterr()

    read = answer(capsys, "run", "run", "--read", ID, "--ledger", ledger)

    assert (read["rows"], read["differences"]) == ([], [])


def test_told_again_the_pupil_has_figures_again(ledger: Path, tmp_path: Path, capsys: Read) -> None:
    before = figures(ledger, capsys)
    assert dispose(ledger) == 0

    for make, at in (
        (small_town.deliver, small_town.TOLD),
        (small_town.deliver_correction, small_town.CORRECTED),
    ):
        words = ("import", make(tmp_path / f"again-{at:%d}"), "--arrived-at", f"{at:%FT%TZ}")
        place = ("--ledger", ledger, "--pupil-keys", "as-given")
        assert main([str(word) for word in (*words, *place)]) == 0

    assert figures(ledger, capsys) == before
    assert not any(differences(open_ledger(ledger).snapshot(), zone="Europe/Stockholm").values())


def test_a_disposal_that_was_killed_is_ended_by_whoever_writes_next(ledger: Path) -> None:
    number = number_of(ledger)
    keys = ledger.with_name("keys.txt")
    keys.write_text(GONE, encoding="utf-8")
    code = (
        "import os, sys; from narvaro.ledger import upkeep\n"
        "upkeep.vacuum = lambda *a: os.kill(os.getpid(), 9)\n"
        "from narvaro.cli import main; main(sys.argv[1:])"
    )
    words = ("ledger", "dispose", "--pupils", keys, "--rule", "r", "--confirm", "--ledger", ledger)
    died = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], env=environment(), check=False
    )
    assert died.returncode == -signal.SIGKILL
    assert traces(ledger, GONE, number)

    assert main(["ledger", "compact", "--ledger", str(ledger)]) == 0

    assert traces(ledger, GONE, number) == []
    assert not (ledger / "disposing").exists()


def test_the_only_pupil_of_a_class_leaves_the_lessons_as_they_were(ledger: Path) -> None:
    before = lessons(ledger)

    assert dispose(ledger, "moved") == 0

    assert lessons(ledger) == before
    assert main(["ledger", "verify", "--ledger", str(ledger)]) == 0


def test_a_lesson_stays_acknowledged_when_whoever_had_its_only_yes_is_gone(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    tell(
        ledger,
        small_town.TOLD,
        lessons=[LESSON],
        marks=[{**MARK, "pupil": GONE, "acknowledged": "yes"}, MARK],
    )
    before, number = lessons(ledger), number_of(ledger)
    assert dispose(ledger) == 0
    assert traces(ledger, GONE, number) == []

    tell(ledger, small_town.CORRECTED, marks=[{**MARK, "acknowledged": "yes"}])

    assert lessons(ledger) == before
    assert main(["ledger", "verify", "--ledger", str(ledger)]) == 0


LESSON = {
    "lesson": "l", "school": "s", "starts_at": datetime(2017, 12, 4, 8, tzinfo=UTC), "minutes": 60,
    "acknowledged": "unknown",
}  # fmt: skip
MARK = {"lesson": "l", "pupil": "stays", "acknowledged": "unknown", "valid_minutes": 60}


def tell(ledger: Path, at: datetime, **tables: Any) -> None:
    school = {"organisation": "s", "name": "s", "kind": "school_unit"}
    folder = ledger.with_name(f"told-{at:%d}")
    delivery = write_delivery({"organisations": [school], **tables}, folder)
    words = ("import", delivery, "--ledger", ledger, "--pupil-keys", "as-given")
    assert main([*map(str, words), "--arrived-at", f"{at:%FT%TZ}"]) == 0


def lessons(ledger: Path) -> list[Any]:
    """The sums of every class and day: lessons, minutes, acknowledged, in time, without pupils."""
    sums = ", ".join(f"sum({name})" for name in LESSON_COUNTS)
    snapshot = open_ledger(ledger).snapshot()
    return snapshot.engine.query(
        f"SELECT school, class, date, {sums} FROM lesson_day GROUP BY ALL ORDER BY ALL",
        tables=snapshot.tables("lesson_day"),
    )
