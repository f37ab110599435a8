"""The core installs and works without any extra: no report, no second engine, no test tool."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections import deque
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from tests.contracts.small_town import deliver
from tests.house.tree import ROOT

SOURCE = ROOT / "src"
WITHOUT = """
import sys
from importlib.abc import MetaPathFinder

refused = frozenset({refused!r})

class Wall(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in refused:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Wall())
"""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def core_distributions() -> set[str]:
    """The project's own dependencies, and all that they need here, without any extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = deque(Requirement(text) for text in project["dependencies"])
    found: set[str] = set()
    while waiting:
        name = plain(waiting.popleft().name)
        if name in found:
            continue
        try:
            needs = [Requirement(text) for text in requires(name) or ()]
        except PackageNotFoundError:
            continue  # for another system
        found.add(name)
        waiting.extend(one for one in needs if not one.marker or one.marker.evaluate({"extra": ""}))
    return found


def modules_outside_the_core() -> list[str]:
    core = core_distributions() | {"narvaro"}
    return sorted(
        module
        for module, homes in packages_distributions().items()
        if not {plain(home) for home in homes} & core
    )


def run(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT.format(refused=modules_outside_the_core()) + code, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
    )


COMMAND_LINE = "from narvaro.cli import main; sys.exit(main(sys.argv[1:]))"


def test_the_extras_are_what_is_kept_away() -> None:
    outside = set(modules_outside_the_core())

    assert {"typst", "xlsxwriter", "pyspark", "pytest", "openpyxl", "scipy"} <= outside
    assert not {"duckdb", "deltalake", "numpy", "rich", "httpx", "pydantic"} & outside


def test_a_module_of_an_extra_is_not_found_then() -> None:
    done = run("import xlsxwriter")

    assert done.returncode == 1
    assert "No module named 'xlsxwriter'" in done.stderr


def test_the_core_imports_and_measures_without_extras(tmp_path: Path) -> None:
    ledger = str(tmp_path / "ledger")
    taken = run(COMMAND_LINE, "import", str(deliver(tmp_path / "in")), "--ledger", ledger)
    asked = ["measure", "--window", "month", "--at", "2017-11", "--ledger", ledger, "--json"]
    measured = run(COMMAND_LINE, *asked)

    assert taken.returncode == 0, taken.stderr
    assert measured.returncode == 0, measured.stderr
    assert sum(row["absent_minutes"] for row in json.loads(measured.stdout)["rows"]) == 500


def test_every_public_function_is_found_without_extras() -> None:
    done = run("import narvaro; print(*(getattr(narvaro, n).__name__ for n in narvaro.__all__))")

    assert done.returncode == 0, done.stderr
    assert "measure" in done.stdout.split()


@pytest.mark.parametrize("extra", ["typst", "xlsxwriter", "pyspark"])
def test_importing_every_module_of_the_core_needs_no_extra(extra: str) -> None:
    """Modules themselves load without extras; only what they are asked for may need one."""
    code = (
        "import pkgutil, importlib, narvaro\n"
        "for found in pkgutil.walk_packages(narvaro.__path__, 'narvaro.'):\n"
        "    if not found.name.startswith('narvaro.web') and not found.name.endswith('__main__'):\n"
        "        importlib.import_module(found.name)\n"
        f"assert {extra!r} not in sys.modules\n"
    )

    done = run(code)

    assert done.returncode == 0, done.stderr
