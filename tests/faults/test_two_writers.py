"""Two imports at once: one waits its turn or is told whose it is; none of them is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.faults import life
from tests.faults.nursery import nursery
from tests.faults.watcher import state_of

from narvaro.cli import main
from narvaro.errors import LedgerBusy
from narvaro.exchange import read_delivery, write_delivery
from narvaro.ledger import Batch, How, Ledger, lock, open_ledger
from narvaro.ledger.verifying import differences

BUSY = 6


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    place = tmp_path / "ledger"
    delivery = write_delivery(life.first(), tmp_path / "first")
    arrived = ("--arrived-at", f"{life.TOLD:%FT%TZ}")
    words = ("import", delivery, "--ledger", place, "--pupil-keys", "as-given", *arrived)
    assert main([str(word) for word in words]) == 0
    return place


def test_the_second_is_told_who_is_writing_and_nothing_is_changed(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    delivery = more(tmp_path, 0)
    before = open_ledger(ledger).batches()
    with lock.writing(ledger):
        code = main(["import", str(delivery), "--ledger", str(ledger)])

    told = capsys.readouterr().err
    assert code == BUSY
    assert "is being written to by process " in told
    assert told.count("\n") <= 2
    assert open_ledger(ledger).batches() == before


def test_of_two_first_imports_at_once_none_is_lost(tmp_path: Path) -> None:
    ledger, said = tmp_path / "ledger", tmp_path / "said"
    first = write_delivery(life.first(), tmp_path / "first")
    codes: list[int] = []

    def take_in(source: str) -> None:
        words = ("import", first, "--ledger", ledger, "--source", source)
        with nursery(said) as children:
            code = BUSY
            while code == BUSY:
                code = children.run(*words)
            codes.append(code)

    threads = [threading.Thread(target=take_in, args=(source,)) for source in ("one", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    batches = open_ledger(ledger).batches()
    assert codes == [0, 0]
    assert sorted(one.source for one in batches if one.kind == "delivery") == ["one", "other"]
    assert len({one.batch for one in batches}) == len(batches)
    assert not any(differences(open_ledger(ledger).snapshot(), zone="Europe/Stockholm").values())


@pytest.mark.parametrize("other", ["the same tables", "other tables"])
def test_a_writer_past_the_lock_is_refused_before_anything_is_doubled(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    mine = more(tmp_path, 0)
    theirs = more(tmp_path, 1) if other == "the same tables" else a_pupil(tmp_path)
    states: list[list[int]] = []

    def publish_late(self: Ledger, batch: Batch) -> Batch:
        monkeypatch.undo()
        with no_lock(monkeypatch):
            try:
                ingest(ledger, theirs, tmp_path / "theirs")
            finally:
                states.append(state_of(open_ledger(ledger).snapshot()))
        return self._publish(batch)

    monkeypatch.setattr(Ledger, "_publish", publish_late)
    with pytest.raises(LedgerBusy):
        ingest(ledger, mine, tmp_path / "mine")

    assert state_of(open_ledger(ledger).snapshot()) == states[0]
    assert len({one.batch for one in open_ledger(ledger).batches()}) == len(
        open_ledger(ledger).batches()
    )
    ingest(ledger, mine, tmp_path / "again")
    ingest(ledger, theirs, tmp_path / "theirs-again")
    snapshot = open_ledger(ledger).snapshot()
    assert not any(differences(snapshot, zone="Europe/Stockholm").values())
    assert [one.kind for one in open_ledger(ledger).batches()].count("delivery") == 3


def test_a_run_keeps_the_lock_until_it_is_kept(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found: list[int] = []
    append = Ledger.append_run
    words = ["run", "--programme", str(life.PROGRAMME), "--at", "2017-10", "--ledger", str(ledger)]

    def meanwhile(self: Ledger, *args: Any, **named: Any) -> Batch:
        found.append(main(words))
        return append(self, *args, **named)

    monkeypatch.setattr(Ledger, "append_run", meanwhile)

    assert main(words) == 0
    assert found == [BUSY]
    assert "is being written to by process " in capsys.readouterr().err


@contextmanager
def no_lock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a file system whose locks hold nobody; the other's commits must be left alone."""

    @contextmanager
    def nothing(*_words: object, **_named: object) -> Iterator[None]:
        yield

    with monkeypatch.context() as patch:
        patch.setattr(lock, "writing", nothing)
        patch.setattr(Ledger, "_recover", lambda _self: None)
        yield


def ingest(ledger: Path, delivery: Path, staged: Path) -> Batch:
    arrived_at = datetime(2017, 12, 1, tzinfo=UTC)
    read = read_delivery(delivery, into=staged, arrived_at=arrived_at)
    return open_ledger(ledger).ingest(read, How(arrived_at=arrived_at, keys_as_given=True))


def more(folder: Path, number: int) -> Path:
    rows = life.correction(number, life.TOLD)
    return write_delivery(rows, folder / f"more-{number}")


def a_pupil(folder: Path) -> Path:
    rows = [{"pupil": "newcomer", "birth_date": "2004-01-01"}]
    return write_delivery({"pupils": rows}, folder / "a-pupil")
