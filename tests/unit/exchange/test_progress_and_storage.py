"""Long work tells how far it has come, can be stopped, and says when the disk is full."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import narvaro
from narvaro.exchange import check_delivery, write_delivery


def many_marks(folder: Path, count: int) -> Path:
    lines = "".join(f"lesson-{n // 25},pupil-{n % 25},{n % 50}\n" for n in range(count))
    folder.mkdir(exist_ok=True)
    (folder / "marks.csv").write_text("lesson,pupil,valid_minutes\n" + lines)
    return folder


def test_progress_goes_up_to_all_rows_of_every_table(tmp_path: Path) -> None:
    sent = many_marks(tmp_path / "sent", 200_000)
    (sent / "pupils.csv").write_text("pupil\np1\n")
    told: list[tuple[str, int, int | None]] = []

    check_delivery(sent, into=tmp_path / "staged", progress=lambda *so_far: told.append(so_far))

    assert ("pupils", 1, 1) in told
    assert told[-1] == ("marks", 200_000, 200_000)
    done = [rows for table, rows, _ in told if table == "marks"]
    assert done == sorted(done)


def test_an_exception_from_progress_stops_the_check_and_leaves_nothing(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(_table: str, _done: int, _of: int | None) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        check_delivery(many_marks(tmp_path / "sent", 1000), into=tmp_path / "staged", progress=stop)
    assert list((tmp_path / "staged").iterdir()) == []


FULL = """
import resource, signal, sys
from pathlib import Path
from narvaro.errors import StorageFailed
from narvaro.exchange import check_delivery, write_delivery

sys.dont_write_bytecode = True  # a limited write would leave torn files in the packages
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
sent, staged = Path(sys.argv[1]), Path(sys.argv[2])
for act in (
    lambda: check_delivery(sent, into=staged),
    lambda: check_delivery(sent / "sent.zip", into=staged),
    lambda: write_delivery({"pupils": ({"pupil": f"{n:0100}"} for n in range(999))}, staged / "w"),
):
    try:
        act()
    except StorageFailed as full:
        print(type(full).__name__, full.exit_code)
"""


def test_a_disk_that_is_full_is_said_and_leaves_nothing_staged(tmp_path: Path) -> None:
    sent = many_marks(tmp_path / "sent", 100_000)
    write_delivery(
        {"marks": [{"lesson": f"l{n}", "pupil": "p"} for n in range(9_000)]},
        sent / "sent.zip",
        form="zip",
    )
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(sent), str(tmp_path / "staged")],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(Path(narvaro.__file__).parents[1])},
    )

    assert done.stdout == "StorageFailed 9\n" * 3, done.stderr
    assert [file.name for file in (tmp_path / "staged").iterdir()] == ["w"]
