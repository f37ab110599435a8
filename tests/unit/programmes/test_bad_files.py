"""One bad file per mistake. The comments on top of each say every fault: place | key | problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from narvaro.errors import Fault, InputRefused
from narvaro.programmes import check, load

HERE = Path(__file__).parent
FILES = sorted((HERE / "bad").glob("*.toml"))


def expected(file: Path) -> set[tuple[str, str, str]]:
    comments = [line[2:] for line in file.read_text().splitlines() if line.startswith("# ")]
    return {(place, key, problem) for place, key, problem in (c.split("|") for c in comments)}


def is_said(fault: Fault, said: tuple[str, str, str]) -> bool:
    place, key, problem = said
    return (fault.table, fault.column) == (place, key) and problem in fault.problem


def test_there_are_bad_files() -> None:
    assert len(FILES) > 70


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_mistake_gives_its_faults_and_no_other(file: Path) -> None:
    faults = check(file)
    told = expected(file)
    assert len(faults) == len(told), faults
    for said in told:
        assert any(is_said(fault, said) for fault in faults), (said, faults)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_fault_names_the_line_of_its_key_and_what_to_do(file: Path) -> None:
    lines = file.read_text().splitlines()
    for fault in check(file):
        assert fault.remedy
        assert fault.line > 0
        line = lines[fault.line - 1]
        header = f"[{fault.table.partition('[')[0]}]"
        assert not fault.column or fault.column in line or header in line or fault.line == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_bad_file_cannot_be_loaded(file: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        load(file)
    assert refused.value.faults == check(file)


def test_the_file_they_are_made_from_is_good() -> None:
    assert check(HERE / "good.toml") == ()
    assert load(HERE / "good.toml").id == "our-town"
