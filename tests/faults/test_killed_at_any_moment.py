"""kill -9 at any moment: readers see whole batches, and running it again completes it."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.faults import life
from tests.faults.nursery import Death, Nursery, nursery
from tests.faults.traces import traces
from tests.faults.watcher import seen_in, state_of, watching

from narvaro.cli import main
from narvaro.ledger import open_ledger
from narvaro.ledger.verifying import differences
from narvaro.measurement import measure
from narvaro.pipeline import read_run
from narvaro.timetable import parse_at, parse_known_at

KILLS = 200 if os.environ.get("NARVARO_LONG") == "1" else 20
STEPS = {"import": 50, "run": 14, "dispose": 60}
"""About how many steps of writing a call has; told to die later than at its last one, it lives."""


def test_whatever_is_killed_the_ledger_is_whole_and_comes_out_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    allowed, wanted = unkilled(tmp_path / "unkilled")
    kills: Counter[str] = Counter()
    with nursery(tmp_path / "said") as children:
        for seed in range(KILLS):
            if kills.total() >= KILLS:
                break
            ledger = tmp_path / f"life-{seed}" / "ledger"
            ledger.parent.mkdir()
            with watching(ledger, tmp_path / f"seen-{seed}"):
                live(children, ledger, random.Random(seed), kills)

            assert outcome(ledger) == wanted, seed
            seen = seen_in(tmp_path / f"seen-{seed}")
            assert [one for one in seen if "problem" in one] == [], seed
            strangers = [one for one in seen if one.get("state", allowed[0]) not in allowed]
            assert strangers == [], seed
            assert seen[-1]["looks"] > 3
    assert kills.total() >= KILLS
    with capsys.disabled():
        print(f" [{kills.total()} kills: {dict(kills)}]", end="")  # noqa: T201


def live(children: Nursery, ledger: Path, dice: random.Random, kills: Counter[str]) -> None:
    """Every step is killed until the dice let it through; the ledger is whole after each kill."""
    for words in life.steps(ledger.parent, ledger):
        name = str(words[1] if words[0] == "ledger" else words[0])
        code, tries = -9, 0
        while code == -9:
            tries += 1
            death = a_death(dice, STEPS[name]) if tries <= 3 else None
            code = children.run(*words, death=death)
            kills[name] += code == -9
            assert_whole(ledger)
        assert code == 0 or (name, code) == ("dispose", DISPOSED_ALREADY), words
        if name == "dispose":
            assert traces(ledger, life.GONE) == []


DISPOSED_ALREADY = 5
"""The exit code of a disposal whose killed predecessor had come so far that others saw it."""


def a_death(dice: random.Random, steps: int) -> Death:
    if dice.random() < 0.25:
        return {"after": dice.uniform(0.0, 1.2)}
    return {"step": dice.randrange(dice.choice((6, steps)))}


def assert_whole(ledger: Path) -> None:
    if (ledger / "ledger.json").exists():
        found = differences(open_ledger(ledger).snapshot(), zone="Europe/Stockholm")
        assert not any(found.values()), found


def unkilled(folder: Path) -> tuple[list[list[int]], Any]:
    """Every state of a ledger that nobody killed, and how it came out."""
    folder.mkdir()
    ledger = folder / "ledger"
    states = []
    for words in life.steps(folder, ledger):
        assert main([str(word) for word in words]) == 0
        states.append(state_of(open_ledger(ledger).snapshot()))
    empty = folder / "empty"
    return [state_of(made(empty)), *states], outcome(ledger)


def made(folder: Path) -> Any:
    from narvaro.ledger import open_or_make

    return open_or_make(folder).snapshot()


def outcome(ledger: Path) -> dict[str, Any]:
    """Everything that is measured, and every run that is kept."""
    return {"measures": list(measured(ledger)), "runs": [kept(ledger, n) for n in (1, 2)]}


def measured(ledger: Path) -> Iterator[Any]:
    snapshot = open_ledger(ledger).snapshot()
    for moment in ("2017-11-06", "2017-11-10", life.KNOWN):
        for at in ("2017-10", "2017-11"):
            for row in measure(
                snapshot, window="month", at=parse_at(at), known_at=parse_known_at(moment)
            ):
                yield row.as_record()


def kept(ledger: Path, version: int) -> dict[str, Any]:
    run = read_run(ledger, "town/town/2017-10", version=version)
    record = run.as_record()
    return {name: record[name] for name in ("rows", "differences", "version")}
