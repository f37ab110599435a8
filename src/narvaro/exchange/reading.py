"""From files to a checked, typed delivery: everything is checked before anything is handed on."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from narvaro.engine import connect
from narvaro.errors import InputRefused
from narvaro.exchange.delivery import Checked, Delivery
from narvaro.exchange.findings import Findings
from narvaro.exchange.intake import Intake, OnFault
from narvaro.exchange.running import Progress, Runner
from narvaro.exchange.storage import storage_named
from narvaro.exchange.tables import TABLES
from narvaro.exchange.zones import check_zone

MEMORY_LIMIT = "900MB"  # of the engine; with the rest of the process it stays below 1.5 GiB


def check_delivery(
    path: Path,
    *,
    into: Path,
    on_fault: OnFault = "refuse",
    zone: str | None = None,
    arrived_at: datetime | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Check a delivery and stage it as typed Parquet files in the folder `into`.

    `path` is a folder, a .zip of one, or one file named after its table. `zone` (such as
    Europe/Stockholm) reads times without offset; without it they are faults. With
    `on_fault="quarantine"` faulty rows are left out and counted and the rest is kept; a
    fault of a whole table still refuses everything. `progress` is called with the table,
    rows done and rows in all. Raises NotFound, BadRequest for a zone that is none, and
    StorageFailed when the disk is full; it never raises for what a file holds.
    """
    check_zone(zone)
    work = into / "working"
    with storage_named("Staging the delivery"):
        work.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            (into / f"{name}.parquet").unlink(missing_ok=True)  # of a delivery staged before
        con = connect(memory_limit=MEMORY_LIMIT, scratch=work / "spill")
        try:
            runner = Runner(con, work, progress)
            intake = Intake(runner, Findings(), into, zone, arrived_at or datetime.now(UTC))
            return intake.check(Path(path), on_fault)
        finally:
            con.close()
            shutil.rmtree(work, ignore_errors=True)


def check_people(folder: Path, *, work: Path) -> Checked:
    """Check the tables with names in a folder, by the rules of every table; nothing is kept.

    `work` is a folder that is made for it and removed again: copies of the tables lie there while
    they are read. Raises StorageFailed when the disk is full.
    """
    with storage_named("Checking the tables of people"):
        work.mkdir(mode=0o700, parents=True)
        con = connect(memory_limit=MEMORY_LIMIT, scratch=work / "spill")
        try:
            intake = Intake(Runner(con, work), Findings(), work, None, datetime.now(UTC))
            return intake.check_people(folder)
        finally:
            con.close()
            shutil.rmtree(work, ignore_errors=True)


def read_delivery(
    path: Path,
    *,
    into: Path,
    zone: str | None = None,
    arrived_at: datetime | None = None,
    progress: Progress | None = None,
) -> Delivery:
    """Do as `check_delivery`, but raise InputRefused with all faults when there are any."""
    checked = check_delivery(path, into=into, zone=zone, arrived_at=arrived_at, progress=progress)
    if checked.delivery is None:
        what = f"The delivery {Path(path).name}"
        raise InputRefused(what, checked.faults, total=checked.fault_count)
    return checked.delivery
