"""`narvaro --help` answers at once: nothing heavy is loaded before a command needs it.

The budget is 0.4 s on an idle machine. A clock would measure the machine's other work, so the
tests hold what costs the time: which modules are loaded, and how many.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.house.tree import ROOT

HEAVY = {
    "duckdb", "_duckdb", "deltalake", "numpy", "httpx", "pydantic", "pydantic_core", "rich",
    "python_calamine", "charset_normalizer", "typst", "xlsxwriter", "pyspark", "tenacity",
}  # fmt: skip
MOST_MODULES = 250  # a bare start of Python loads about 35, argparse and its kind 70 more


def loaded_by(code: str) -> list[str]:
    """Every module that is there when the code has run."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n' + ' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    return done.stdout.splitlines()[-1].split()


@pytest.mark.parametrize(
    "code",
    [
        "import narvaro",
        "from narvaro.cli import main; main(['--help'])",
        "from narvaro.cli import main; main(['measure', '--help'])",
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str) -> None:
    loaded = loaded_by(code)

    assert "narvaro" in loaded
    assert not {name.partition(".")[0] for name in loaded} & HEAVY
    assert len(loaded) < MOST_MODULES


def test_something_heavy_would_be_seen() -> None:
    assert "duckdb" in loaded_by("import narvaro.engine; narvaro.engine.connect()")
