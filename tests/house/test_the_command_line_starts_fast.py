"""`narvaro --help` answers at once: nothing heavy is loaded before a command needs it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
HEAVY = {
    "duckdb", "deltalake", "numpy", "httpx", "pydantic", "rich", "python_calamine",
    "charset_normalizer", "typst", "xlsxwriter", "pyspark", "tenacity",
}  # fmt: skip
BUDGET_SECONDS = 0.4


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
    )
    return done.stdout


def seconds() -> float:
    since = time.perf_counter()
    run("from narvaro.cli import main; main(['--help'])")
    return time.perf_counter() - since


def test_help_answers_within_its_budget() -> None:
    assert min(seconds() for _ in range(5)) < BUDGET_SECONDS


def test_help_loads_nothing_heavy() -> None:
    code = "from narvaro.cli import main; main(['--help']); import sys; print(*sys.modules)"

    loaded = {name.partition(".")[0] for name in run(code).split()}

    assert "argparse" in loaded
    assert not loaded & HEAVY
