"""`./start` from nothing: invented, taken in, run, told in ten lines, and read as pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from narvaro.cli import main
from narvaro.cli.first_hour import main as first_hour
from narvaro.pipeline.reports import month_reports
from narvaro.programmes import load
from narvaro.reporting import Site

PROGRAMME = Path(__file__).parents[2] / "src" / "narvaro" / "demo" / "linnasa.toml"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    assert first_hour([str(folder), "--pupils", "300", "--schools", "6", "--stop"]) == 0
    return folder


def test_it_tells_in_ten_lines_and_what_it_proposes_works(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert first_hour([str(town), "--stop"]) == 0
    told = capsys.readouterr().out

    lines = told.strip().split("\n\n")[-1].splitlines()
    assert len(lines) <= 10
    proposed = [line.split() for line in lines if line.startswith("  ")]
    assert all(words[0].endswith("narvaro") for words in proposed)
    assert len(proposed) == 4
    for words in proposed:
        if words[1] in ("explain", "whatif"):
            assert main([*_absolute(words[1:]), "--json"]) == 0


def test_every_page_of_the_overview_opens(town: Path) -> None:
    site = Site(month_reports(town / "ledger", load(PROGRAMME)))

    front = site.answer("/")
    pages = set(re.findall(r'href="(/skola/[^"]+)"', front.body.decode()))
    assert front.status == 200
    assert len(pages) >= 6
    school = site.answer(min(pages))
    assert school.status == 200
    assert site.answer("/elev/nobody").status == site.answer("/nowhere").status == 404


def test_a_second_start_changes_nothing(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first_hour([str(town), "--stop"])
    before = capsys.readouterr().out
    first_hour([str(town), "--stop"])
    assert _figures(capsys.readouterr().out) == _figures(before)


def _absolute(words: list[str]) -> list[str]:
    return [str(PROGRAMME) if word.endswith("linnasa.toml") else word for word in words]


def _figures(told: str) -> list[str]:
    return [line for line in told.splitlines() if "seconds" not in line]
