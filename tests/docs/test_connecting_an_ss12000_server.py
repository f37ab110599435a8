"""The page on connecting an SS 12000 server says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from narvaro.sources.ss12000 import Profile, open_folder, read_profile
from narvaro.sources.ss12000 import check_source as check
from narvaro.sources.ss12000.notices import SENTENCES
from narvaro.sources.ss12000.settings import SETTINGS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "connect-an-ss12000-server.md").read_text(encoding="utf-8")
RECORDED = ROOT / "tests" / "data" / "ss12000-recorded"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


def test_every_deviation_is_on_the_page_and_no_other() -> None:
    told = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", PAGE, flags=re.MULTILINE))

    assert told == dict(SENTENCES)


def test_every_setting_is_on_the_page_with_its_default() -> None:
    told = dict(re.findall(r"^\| `((?:source|access)\.\w+)` \| (.+?) \|", PAGE, flags=re.MULTILINE))
    profile = Profile()

    assert set(told) == {f"{setting.section}.{setting.name}" for setting in SETTINGS}
    assert told["source.page_size"] == str(profile.page_size)
    assert told["source.overlap_minutes"] == str(profile.overlap_minutes)
    assert told["access.send"] == profile.access.send


def test_the_profile_of_the_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "source.toml").write_text(blocks("toml")[0], encoding="utf-8")

    assert read_profile(tmp_path / "source.toml").reasons["tandreglering"] == "other_valid"


def test_the_code_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looking, loading = blocks("python")
    monkeypatch.chdir(tmp_path)
    opened = looking.replace(
        'open_server(read_profile(Path("skolsystemet.toml")))',
        f"open_folder(Path({str(RECORDED)!r}))",
    ).replace("open_server, read_profile", "open_folder")
    names: dict[str, object] = {"keys": lambda kind, value: str(abs(hash((kind, value))))}

    exec(opened + loading, names)  # noqa: S102 - the page's own code

    assert "persons offered 136" in capsys.readouterr().out
    assert (tmp_path / "delivery" / "lessons.csv").exists()


def test_what_the_page_says_of_a_recording_is_so() -> None:
    report = check(open_folder(RECORDED))

    assert {one.status for one in report.offers} == {"offered", "missing"}
