"""Runs of an invented programme over the pupils of Almskolan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.web.cases.conftest import School, school

from narvaro.pipeline import Run

__all__ = ["School", "row", "run_of", "school"]

SHARE = {"numerator": 1_800, "denominator": 10_000}


def row(
    pupil: str,
    *,
    outcome: str = "flagged",
    month: str = "2026-11",
    arm: str | None = "project",
    third: bool = False,
    school: str = "almskolan",
) -> dict[str, Any]:
    """One pupil's row of a run, as `narvaro.flags` records it."""
    minutes = dict.fromkeys(
        (
            *("absent_minutes", "acknowledged_minutes", "scheduled_minutes"),
            *("valid_minutes", "invalid_minutes", "leave_minutes"),
        ),
        1_800,
    )
    return {
        **minutes,
        **dict.fromkeys(("share", "low", "high", "coverage"), SHARE),
        "from": "2026-09-01",
        "to": "2026-11-30",
        "pupil": pupil,
        "school": school,
        "class": "almskolan/7B",
        "grade": "7",
        "arm": arm,
        "programme": "provbygd",
        "rule": "three-months",
        "at": month,
        "outcome": outcome,
        "certainty": "certain",
        "flags_this_school_year": 3 if third else 1,
        "counters": {"third-flag": {"count": 3, "limit": 3, "reached": True}} if third else {},
        "reason": {"sv": "Frånvarande 1 800 minuter.", "en": "Absent 1,800 minutes."},
    }


def run_of(rows: Iterable[dict[str, Any]], *, month: str = "2026-11", version: int = 1) -> Run:
    """A version of a month-end run."""
    return Run(
        run=f"provbygd/linnasa/{month}",
        version=version,
        is_new=True,
        receipt={"programme": "provbygd", "at": month, "known_at": f"{month}-28T05:00:00+00:00"},
        differences=(),
        rows=tuple(rows),
    )
