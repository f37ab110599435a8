"""The walls of the house stand, and each falls when somebody imports through it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"

# contract -> the module that goes wrong and what it imports then
TRESPASSES = {
    "layers": ("timetable/words.py", "import narvaro.flags.flag"),
    "siblings": ("engine/engine.py", "import narvaro.engine.duck"),
    "duckdb": ("flags/outcome.py", "import duckdb"),
    "delta": ("pipeline/comparing.py", "from deltalake import DeltaTable"),
    "spark": ("measurement/spells/measure.py", "import pyspark"),
    "names": ("ledger/keys.py", "from narvaro.sources.ss12000.identities import Identity"),
    "network": ("sources/files/grid.py", "import httpx"),
    "paper": ("flags/reasons.py", "import xlsxwriter"),
    "web": ("cli/main.py", "import django"),
    "apps": ("web/ui/registry.py", "import narvaro.web.accounts.roles"),
    "consultations": ("web/consultations/rules.py", "import narvaro.web.pupils.models"),
    "core": ("web/overview/pages.py", "import narvaro.ledger"),
}


def lint(root: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", *chosen],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def copied_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code alone, where it can be spoilt."""
    root = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", root)
    for source in (ROOT / "src").rglob("*.py"):
        copied = root / source.relative_to(ROOT)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copied)
    return root


def test_every_wall_stands() -> None:
    answer = lint(ROOT)

    assert answer.returncode == 0, answer.stdout


def test_every_contract_has_a_trespass_of_its_own() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]

    assert {contract["id"] for contract in contracts["contracts"]} == set(TRESPASSES)


@pytest.mark.parametrize("contract", TRESPASSES)
def test_a_wall_falls_when_one_module_imports_through_it(copied_house: Path, contract: str) -> None:
    name, statement = TRESPASSES[contract]
    module = copied_house / "src" / "narvaro" / name
    before = module.read_text("utf-8")
    try:
        module.write_text(f"{before}\n{statement}\n", "utf-8")
        answer = lint(copied_house, contract)
    finally:
        module.write_text(before, "utf-8")

    assert answer.returncode == 1, answer.stdout
    assert "0 kept, 1 broken" in answer.stdout
    assert module.stem in answer.stdout


def test_a_package_without_a_place_in_the_layers_is_seen(copied_house: Path) -> None:
    stranger = copied_house / "src" / "narvaro" / "stranger.py"
    try:
        stranger.write_text('"""Belongs nowhere."""\n', "utf-8")
        answer = lint(copied_house, "layers")
    finally:
        stranger.unlink()

    assert answer.returncode == 1
    assert "stranger" in answer.stdout
