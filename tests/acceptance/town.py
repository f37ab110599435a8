"""A small town told in text tables and taken in on the command line."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from tests.spec.adapter import ledger_of, run
from tests.spec.cases import case
from tests.spec.rows import deliveries

from narvaro.cli import main

SCHOOL_YEAR_OVER = "2018-08-01T06:00Z"
ASKED = "2018-09-01"


def told(folder: Path, arrived_at: str = SCHOOL_YEAR_OVER, **tables: str) -> Path:
    """The ledger after one delivery; the short table `attendance` as in the spec cases."""
    scene = case("town", "", "", "", **tables).arriving(arrived_at).asks()
    return ledger_of(deliveries(scene), folder)


def asked(ledger: Path, *words: object, as_known_at: str = ASKED) -> list[dict[str, Any]]:
    """The rows of a command."""
    answer = run(*words, "--ledger", ledger, "--as-known-at", as_known_at)
    rows: list[dict[str, Any]] = answer["rows"]
    return rows


def by_pupil(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["pupil"]: row for row in rows}


def by_school(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["school"]: row for row in rows}


def printed(*words: object) -> tuple[int, str]:
    """What a person reads: the exit code, and both streams together."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = main([str(word) for word in words])
    return code, out.getvalue()
