"""A full disk is one clear sentence; the ledger stands, and with room the import completes."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.faults import life
from tests.faults.nursery import environment
from tests.faults.watcher import state_of

from narvaro.exchange import write_delivery
from narvaro.ledger import open_ledger
from narvaro.ledger.verifying import differences

STORAGE_FAILED = 9
KB = 1024
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")


@pytest.mark.parametrize("largest", [1 * KB, 4 * KB, 16 * KB])
def test_a_file_that_may_not_grow_is_one_sentence(tmp_path: Path, largest: int) -> None:
    ledger = tmp_path / "ledger"
    first, more = deliveries(tmp_path)
    assert narvaro("import", first, "--ledger", ledger).returncode == 0
    before = state_of(open_ledger(ledger).snapshot())

    told = narvaro("import", more, "--ledger", ledger, largest_file=largest)

    assert (told.returncode, told.stdout) == (STORAGE_FAILED, "")
    assert_one_clear_message(told.stderr)
    assert_whole_and_completes(ledger, more, before)


@pytest.mark.parametrize("room", [32 * KB, 96 * KB, 192 * KB])
def test_a_disk_without_room_is_one_sentence(tmp_path: Path, room: int) -> None:
    first, more = deliveries(tmp_path)
    with small_disk(tmp_path / "disk", 4096 * KB) as disk:
        ledger = disk / "ledger"
        assert narvaro("import", first, "--ledger", ledger).returncode == 0
        before = state_of(open_ledger(ledger).snapshot())
        with filled_up(disk, but=room):
            told = narvaro("import", more, "--ledger", ledger)

        assert (told.returncode, told.stdout) == (STORAGE_FAILED, "")
        assert_one_clear_message(told.stderr)
        assert_whole_and_completes(ledger, more, before)


def test_a_first_import_without_room_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    first, more = deliveries(tmp_path)
    with small_disk(tmp_path / "disk", 4096 * KB) as disk:
        ledger = disk / "ledger"
        with filled_up(disk, but=40 * KB):
            told = narvaro("import", first, "--ledger", ledger)

        assert told.returncode == STORAGE_FAILED
        assert_one_clear_message(told.stderr)
        assert narvaro("import", first, "--ledger", ledger).returncode == 0
        assert_whole_and_completes(ledger, more, state_of(open_ledger(ledger).snapshot()))


def deliveries(folder: Path) -> tuple[Path, Path]:
    """The first one, and one whose tables are far larger than the limits."""
    extra = {
        "marks": [
            life.mark(f"7A-{day:%m-%d}", pupil, life.TOLD)
            for day in life.SCHOOL_DAYS
            for pupil in life.CLASSES["7B"] + life.CLASSES["7A"]
        ],
        "pupils": [{"pupil": f"another-{os.urandom(24).hex()}"} for _ in range(4000)],
    }
    return (
        write_delivery(life.first(), folder / "first"),
        write_delivery(extra, folder / "more"),
    )


def assert_one_clear_message(told: str) -> None:
    lines = told.strip().splitlines()
    assert lines[0].startswith("narvaro: ")
    assert len(lines) == 2
    assert "Traceback" not in told
    assert "another-" not in told


def assert_whole_and_completes(ledger: Path, delivery: Path, before: list[int]) -> None:
    assert state_of(open_ledger(ledger).snapshot()) == before
    assert narvaro("import", delivery, "--ledger", ledger).returncode == 0
    snapshot = open_ledger(ledger).snapshot()
    assert snapshot.batch.kind == "delivery"
    assert state_of(snapshot) != before
    assert not any(differences(snapshot, zone="Europe/Stockholm").values())


def narvaro(
    *words: object, largest_file: int = resource.RLIM_INFINITY
) -> subprocess.CompletedProcess[str]:
    """Call the command line in a process that may write no larger file."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))

    return subprocess.run(
        [sys.executable, "-m", "narvaro.cli", *map(str, words)],
        env=environment(),
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """A file system of so many bytes; skipped where nobody may mount one."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root may mount a small disk")
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def filled_up(disk: Path, *, but: int) -> Iterator[None]:
    """Take all the room but so many bytes."""
    ballast = disk / "ballast"
    ballast.write_bytes(b"\0" * max(shutil.disk_usage(disk).free - but, 0))
    try:
        yield
    finally:
        ballast.unlink()
