"""The page on joining a roster and an attendance file does what it says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from narvaro.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "join-roster-and-attendance.md").read_text(encoding="utf-8")
RECORDED = ROOT / "tests" / "data" / "ss12000-recorded"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with everything the page says to save."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NARVARO_LEDGER", "ledger")
    shutil.copytree(RECORDED, tmp_path / "recorded")
    for name, text in re.findall(r"```\w+ title=(\S+)\n(.*?)```", PAGE, flags=re.DOTALL):
        encoding = "cp1252" if name.endswith(".csv") else "utf-8"
        (tmp_path / name).write_bytes(text.encode(encoding))
    return tmp_path


def commands() -> list[list[str]]:
    return [shlex.split(line)[1:] for line in re.findall(r"^\$ (.+)$", PAGE, flags=re.MULTILINE)]


def test_the_commands_of_the_page_run_and_tell_what_it_tells(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in commands():
        assert main(words) == 0, words
    told = capsys.readouterr().err

    for line in re.findall(r"^Note: .+$", PAGE, flags=re.MULTILINE):
        assert line in told
    assert main([*commands()[-1], "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    names = ("scheduled", "acknowledged", "valid", "invalid", "absent")
    minutes = [tuple(row[f"{name}_minutes"] for name in names) for row in rows]
    assert minutes.count((315, 165, 60, 20, 80)) == 1
    assert (place / "ledger" / "sources" / "demoskolan.json").exists()
