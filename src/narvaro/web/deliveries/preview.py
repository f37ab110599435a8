"""What a load will change: months and schools whose figures move, and how many pupils'."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from narvaro.ledger import Snapshot, open_ledger
from narvaro.ledger.standing import key_of, standing
from narvaro.pipeline import TakenIn

SHOWN = 200


def seen_of(before: Snapshot | None, trial: Path, taken: TakenIn) -> dict[str, Any]:
    """What a look at a delivery found, as JSON: counts and keys of schools, nobody's data."""
    after = open_ledger(trial).snapshot()
    moved = [] if taken.is_unchanged else _moved(before, after, taken)
    return {
        **taken.as_record(),
        "is_unchanged": taken.is_unchanged,
        "pupils_new": _new_pupils(before, after),
        "pupils_moved": sum(one["pupils"] for one in moved),
        "months": sorted({one["month"] for one in moved}),
        "moved": moved[:SHOWN],
        "moved_count": len(moved),
        "batch_before": before.batch.batch if before else None,
    }


def _moved(before: Snapshot | None, after: Snapshot, taken: TakenIn) -> list[dict[str, Any]]:
    touched = after.engine.query(
        _sql("moved"),
        tables={
            "after_months": after.table("pupil_month"),
            "before_months": (before or after).table("pupil_month"),
        },
    )
    if before is None:
        touched = _everybody(after)
    was, is_now = _months(before), _months(after)
    schools, names = key_of(after, "school"), _names(after, taken)
    return [
        {
            "month": f"{month // 100:04}-{month % 100:02}",
            "school": schools.get(school, ""),
            "name": names.get(schools.get(school, ""), ""),
            "pupils": pupils,
            "before": was.get((month, school)),
            "after": is_now.get((month, school)),
        }
        for month, school, pupils in touched
    ]


def _everybody(after: Snapshot) -> list[tuple[Any, ...]]:
    return after.engine.query(
        "SELECT month, school, count(DISTINCT pupil) FROM pupil_month "
        "GROUP BY month, school ORDER BY month, school",
        tables=after.tables("pupil_month"),
    )


def _months(snapshot: Snapshot | None) -> dict[tuple[int, int], list[int]]:
    if snapshot is None:
        return {}
    rows = snapshot.engine.query(_sql("months"), tables=snapshot.tables("pupil_month"))
    return {(row[0], row[1]): [int(one or 0) for one in row[2:]] for row in rows}


def _names(after: Snapshot, taken: TakenIn) -> dict[str, str]:
    known_at = max(taken.batch.newest_recorded_at, taken.batch.arrived_at)
    rows = standing(after, "organisations", known_at)
    return {row["organisation"]: row["name"] or row["organisation"] for row in rows}


def _new_pupils(before: Snapshot | None, after: Snapshot) -> int:
    return len(key_of(after)) - (len(key_of(before)) if before else 0)


def _sql(name: str) -> str:
    found = resources.files("narvaro.web.deliveries").joinpath(f"{name}.sql")
    return found.read_text("utf-8")
