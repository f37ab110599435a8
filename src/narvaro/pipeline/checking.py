"""The check at the door: what is wrong inside a delivery, and against the ledger, all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from narvaro.engine import connect
from narvaro.engine.duck import literal
from narvaro.errors import Fault, InputRefused
from narvaro.exchange import Checked, Delivery, check_delivery
from narvaro.ledger import How, Ledger, faults_against
from narvaro.pipeline.left_out import LeftOut

Progress = Callable[[str, int, int | None], None]
TIMES_LOOKED = 3
"""A lesson that is left out leaves its marks without one: looked at again at most so often."""

_DEPENDS_ON: Mapping[str, str] = {"lesson": "lessons", "school": "organisations"}


@dataclass(frozen=True, slots=True)
class Check:
    """What a check needs to know: the ledger, how the delivery comes in, where to work."""

    ledger: Ledger
    how: How
    arrived_at: datetime
    folder: Path
    zone: str | None = None
    progress: Progress | None = None


def check_whole(path: Path, check: Check) -> Delivery:
    """Return a delivery without any fault; raises InputRefused with all of them.

    Where something is wrong inside it, what can be read is held against the ledger too, so that
    every fault is told at once.
    """
    checked = _checked(path, check, "checked", quarantine=False)
    if checked.delivery is not None:
        return checked.delivery
    more, count = _against_the_ledger(path, check)
    faults = sorted([*checked.faults, *more])
    raise InputRefused(f"The delivery {path.name}", faults, total=checked.fault_count + count)


def check_live(path: Path, check: Check) -> tuple[Delivery, tuple[LeftOut, ...], Checked]:
    """Return what can be used of a live source's delivery, and what was left out.

    Raises InputRefused when a whole table cannot be read, or too much to be listed is unknown.
    """
    checked = _checked(path, check, "checked", quarantine=True)
    if checked.delivery is None:
        raise InputRefused("The load", checked.faults, total=checked.fault_count)
    delivery = checked.delivery
    left_out = [
        LeftOut(table, reason, count)
        for table, left in checked.quarantined.items()
        for reason, count in left.reasons.items()
    ]
    for _ in range(TIMES_LOOKED):
        faults, total = faults_against(check.ledger, delivery, check.how)
        if not total:
            break
        if total > len(faults):
            raise InputRefused("The load", faults, total=total)
        delivery = _without(delivery, faults)
        left_out += _counted(faults)
    return delivery, tuple(left_out), checked


def _checked(path: Path, check: Check, name: str, *, quarantine: bool) -> Checked:
    return check_delivery(
        path,
        into=check.folder / name,
        on_fault="quarantine" if quarantine else "refuse",
        zone=check.zone,
        arrived_at=check.arrived_at,
        progress=check.progress,
    )


def _against_the_ledger(path: Path, check: Check) -> tuple[list[Fault], int]:
    """What the readable rows name and nobody knows; silent where the table named was faulty."""
    readable = _checked(path, check, "readable", quarantine=True)
    if readable.delivery is None:
        return [], 0
    found, total = faults_against(check.ledger, readable.delivery, check.how)
    faulty = {column for column, table in _DEPENDS_ON.items() if table in readable.quarantined}
    kept = [fault for fault in found if fault.column not in faulty]
    return kept, len(kept) if faulty else total


def _without(delivery: Delivery, faults: list[Fault]) -> Delivery:
    """The delivery without the lines that have a fault."""
    lines: dict[str, set[int]] = {}
    for fault in faults:
        lines.setdefault(fault.table, set()).add(fault.line)
    counts = dict(delivery.counts)
    for table, gone in lines.items():
        file = delivery.folder / f"{table}.parquet"
        less, listed = file.with_suffix(".less"), ", ".join(map(str, sorted(gone)))
        connect().execute(
            f"COPY (SELECT * FROM read_parquet({literal(str(file))}) WHERE line NOT IN ({listed})) "
            f"TO {literal(str(less))} (FORMAT parquet)"
        )
        less.replace(file)
        counts[table] -= len(gone)
    return replace(delivery, counts=counts)


def _counted(faults: list[Fault]) -> list[LeftOut]:
    found: dict[tuple[str, str], int] = {}
    for fault in faults:
        at = (fault.table, f"{fault.column}: {fault.problem}")
        found[at] = found.get(at, 0) + 1
    return [LeftOut(table, reason, count) for (table, reason), count in found.items()]
