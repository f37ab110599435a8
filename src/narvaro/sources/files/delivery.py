"""A file and its profile become a delivery in the exchange format, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from narvaro.errors import BadRequest
from narvaro.exchange import Notice
from narvaro.sources.files import marks, periods
from narvaro.sources.files.cells import CellReader, Keys
from narvaro.sources.files.findings import Findings
from narvaro.sources.files.grid import open_grid
from narvaro.sources.files.profile import Profile
from narvaro.sources.files.reading_faults import CellUnreadable
from narvaro.sources.files.staging import (
    Stage,
    stage_rows,
    write_announced,
    write_lessons,
    write_summaries,
    write_unmatched,
)
from narvaro.sources.files.table import Table, open_table


@dataclass(frozen=True, slots=True)
class FileDelivery:
    """What a file became.

    `folder` holds tables of the exchange format as NAME.parquet, keys only. `unmatched_marks`
    is a Parquet file of marks whose lessons another source has (`lessons = "of:NAME"`), None
    for other profiles. `counts` are the rows of every table; `notices` tell what was passed over.
    """

    folder: Path
    counts: Mapping[str, int]
    notices: tuple[Notice, ...]
    unmatched_marks: Path | None = None


def read_file(
    path: Path, profile: Profile, *, keys: Keys, into: Path, today: date | None = None
) -> FileDelivery:
    """Read a file by a profile into `into`, which must be empty or not there.

    `keys(kind, value)` makes a key of an identifier (kind civic, temporary, external, key or
    staff); identifiers are not written anywhere. `today` decides the century of two-digit birth
    years. Raises InputRefused with every fault: then nothing is left behind.
    """
    if into.exists() and any(into.iterdir()):
        raise BadRequest("The folder to write to is not empty.", remedy="Name a new one.")
    into.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=into))
    try:
        made = _read(path, profile, keys=keys, work=work, today=today or datetime.now(UTC).date())
        (work / "delivery").rename(into / "delivery")
        if made.unmatched_marks:
            made.unmatched_marks.rename(into / made.unmatched_marks.name)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    unmatched = into / made.unmatched_marks.name if made.unmatched_marks else None
    return FileDelivery(into / "delivery", made.counts, made.notices, unmatched)


def _read(path: Path, profile: Profile, *, keys: Keys, work: Path, today: date) -> FileDelivery:
    from narvaro.engine import connect

    folder, findings = work / "delivery", Findings(path.name)
    folder.mkdir()
    table = open_table(open_grid(path, profile.layout), profile)
    reader = CellReader(table, keys, today, findings)
    rows, columns = _rows(reader), marks.STAGED
    if profile.shape == "period_summaries":
        columns = periods.STAGED
    with connect(scratch=work) as con:
        count = stage_rows(con, rows, file=work / "rows.csv", columns=columns)
        _tell_of_rows(table, findings, count=count)
        findings.raise_if_any()
        stage = Stage(con, profile, findings)
        return _written(stage, folder, work / "unmatched_marks.parquet")


def _written(stage: Stage, folder: Path, unmatched: Path) -> FileDelivery:
    profile = stage.profile
    if profile.shape == "period_summaries":
        counts = write_summaries(stage, folder)
    elif profile.joined_source:
        counts = {"unmatched_marks": write_unmatched(stage, unmatched)}
        counts |= write_announced(stage, folder)
    else:
        counts = write_lessons(stage, folder)
        _tell_of_absence_only(stage)
    there = unmatched if counts.get("unmatched_marks") else None
    return FileDelivery(folder, counts, stage.findings.notices(), there)


def _rows(reader: CellReader) -> Iterator[dict[str, object]]:
    table = reader.table
    period = title_period(reader)
    for line, cells in table.rows():
        reader.at(line, cells)
        if reader.text("pupil") is None:
            _without_pupil(reader)
            continue
        if table.profile.shape == "lessons":
            row = marks.read_mark(reader)
        else:
            row = periods.read_summary(reader, title_period=period)
        if row is not None:
            yield row


def title_period(reader: CellReader) -> periods.Period | None:
    """The period in the rows above the header, if the profile says that it stands there."""
    if not reader.table.profile.layout.period_in_title:
        return None
    try:
        return periods.period_in_titles(reader.table)
    except CellUnreadable as error:
        reader.findings.fault(0, "", error.problem, error.remedy)
        return (date(2000, 1, 1), date(2000, 12, 31))


def _without_pupil(reader: CellReader) -> None:
    header = reader.table.header_of("pupil")
    if reader.table.profile.without_pupil == "leave_out":
        reader.findings.notice(
            "a row without a pupil was left out", column=header, line=reader.line
        )
        return
    reader.fault(
        "pupil",
        "the row has no pupil",
        "If it is a total, name its first word in file.total_words; "
        "or set rows.without_pupil to leave_out.",
    )


def _tell_of_rows(table: Table, findings: Findings, *, count: int) -> None:
    for kind, lines in table.passed_over.items():
        if kind != "empty rows":
            findings.notice(f"{kind} were passed over", line=lines[0], count=len(lines))
    for header in table.not_read():
        findings.notice("the column is not mapped and was not read", column=header)
    if not count and not findings.faults:
        findings.fault(0, "", "the file has no data rows", "Check the header and the totals.")


def _tell_of_absence_only(stage: Stage) -> None:
    found = stage.con.execute(
        "SELECT count(*), count(*) FILTER (WHERE coalesce(valid_minutes, 0) "
        "+ coalesce(invalid_minutes, 0) + coalesce(unclassified_minutes, 0) > 0) FROM staged"
    ).fetchall()
    if found[0][0] == found[0][1]:
        stage.findings.notice(
            "every row is an absence: lessons without absence are not in the file, and rates "
            "would be too high; join it to a timetable with lessons = of:NAME",
            count=int(found[0][0]),
        )
