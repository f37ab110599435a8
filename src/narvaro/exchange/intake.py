"""One check under way: every table is staged and checked, then all is kept, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from narvaro.engine.duck import literal
from narvaro.exchange.ancestry import check_organisations
from narvaro.exchange.conversion import GIVEN_UP, Conversion
from narvaro.exchange.csv_file import open_csv
from narvaro.exchange.delivery import Checked, Delivery
from narvaro.exchange.duplicates import drop_duplicates
from narvaro.exchange.faulty_rows import tell_faulty_rows
from narvaro.exchange.finding_files import find_files, find_people
from narvaro.exchange.findings import Findings
from narvaro.exchange.given import GivenFile, plainly_named
from narvaro.exchange.marks_and_lessons import check_marks_against_lessons
from narvaro.exchange.noticing import notice_raw, notice_typed
from narvaro.exchange.parquet_file import open_parquet, unreadable
from narvaro.exchange.raw import Raw
from narvaro.exchange.running import Bulk, Runner
from narvaro.exchange.storage import is_full

OnFault = Literal["refuse", "quarantine"]


@dataclass
class Intake:
    """`staged` holds the typed file of each table read so far."""

    runner: Runner
    findings: Findings
    into: Path
    zone: str | None
    arrived_at: datetime
    staged: dict[str, Path] = field(default_factory=dict)

    def check(self, path: Path, on_fault: OnFault) -> Checked:
        """Find, read and check every table; then keep all of it, or nothing."""
        given = find_files(path, work=self.runner.work, findings=self.findings)
        for file in given:
            self._stage(file)
        self._check_across()
        found = self.findings
        refused = found.whole_tables or (found.fault_count and on_fault == "refuse")
        return Checked(
            None if refused else self._keep(given),
            found.listed(),
            found.fault_count,
            tuple(sorted(found.notices)),
            found.quarantined() if on_fault == "quarantine" else {},
        )

    def check_people(self, folder: Path) -> Checked:
        """Read and check the tables with names; nothing of them is kept."""
        found = self.findings
        for file in find_people(folder, found):
            self._stage(file)
        return Checked(None, found.listed(), found.fault_count, tuple(sorted(found.notices)), {})

    def _stage(self, given: GivenFile) -> None:
        """Read one file; a Parquet file whose pages turn out to be broken is a fault."""
        import duckdb

        try:
            plainly_named(given, self.runner.work)
            raw = self._open(given)
            if raw is not None:
                self._convert(Conversion(given.table, raw, self.zone))
        except duckdb.Error as wrong:
            if given.form == "csv" or is_full(wrong):
                raise
            self.findings.refuse([unreadable(given)])

    def _open(self, given: GivenFile) -> Raw | None:
        if given.form == "csv":
            return open_csv(given, self.runner, self.findings)
        return open_parquet(given, self.runner, self.findings, zone=self.zone)

    def _convert(self, conversion: Conversion) -> None:
        table, runner, findings = conversion.table, self.runner, self.findings
        rows = conversion.raw.rows
        findings.rows_read[table.name] += rows
        self.staged[table.name] = runner.work / f"{table.name}.parquet"
        self._write_typed(conversion)
        notice_raw(conversion, runner, findings)
        source = self._source(table.name)
        notice_typed(table, source, runner, findings, self.arrived_at)
        self._drop(table.name, lambda: drop_duplicates(table, source, runner, findings))
        runner.tell(table.name, rows, rows)

    def _write_typed(self, conversion: Conversion) -> None:
        """Write the typed rows; only a fault somewhere costs a second and a third look."""
        import duckdb

        name = conversion.table.name
        part = Bulk(name, conversion.raw.rows, start=0.5)
        try:
            self.runner.copy(conversion.all_or_nothing, self.staged[name], part)
        except duckdb.InvalidInputException as wrong:
            if GIVEN_UP not in str(wrong):
                raise
            tell_faulty_rows(conversion, self.runner, self.findings)
            self.runner.copy(conversion.good_rows, self.staged[name], part)

    def _check_across(self) -> None:
        runner, findings = self.runner, self.findings
        if "organisations" in self.staged:
            source = self._source("organisations")
            self._drop("organisations", lambda: check_organisations(source, runner, findings))
        if {"marks", "lessons"} <= self.staged.keys():
            marks, lessons = self._source("marks"), self._source("lessons")
            self._drop(
                "marks",
                lambda: check_marks_against_lessons(marks, lessons, runner, findings),
            )

    def _source(self, name: str) -> str:
        return f"read_parquet({literal(str(self.staged[name]))})"

    def _drop(self, name: str, fill: Callable[[], bool]) -> None:
        """Write a staged table again without the lines that `fill` puts into `left_out`."""
        self.runner.rows("CREATE OR REPLACE TEMP TABLE left_out (line BIGINT)")
        if fill():
            target = self.staged[name].with_suffix(".less.parquet")
            kept = f"SELECT * FROM {self._source(name)} WHERE line NOT IN (FROM left_out)"
            self.runner.copy(kept, target)
            target.replace(self.staged[name])

    def _keep(self, given: list[GivenFile]) -> Delivery:
        counts = {}
        for name, file in self.staged.items():
            counts[name] = self.runner.rows(f"SELECT count(*) FROM {self._source(name)}")[0][0]
            if counts[name]:
                file.replace(self.into / f"{name}.parquet")
        notices = tuple(sorted(self.findings.notices))
        return Delivery(self.into, counts, notices, _content_hash(given, self.zone))


def _content_hash(given: list[GivenFile], zone: str | None) -> str:
    """One hash over every table's bytes and the zone they are read with."""
    seen = hashlib.sha256(f"exchange 1, zone {zone}\n".encode())
    for file in sorted(given, key=lambda file: file.table.name):
        seen.update(f"{file.table.name} {file.form} {file.digest}\n".encode())
    return seen.hexdigest()
