"""The rows of a file, keys only, gathered into tables of the exchange format.

DuckDB does the gathering, so a year of lesson rows needs no more memory than a day's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from narvaro.errors import Fault
from narvaro.exchange import write_delivery
from narvaro.sources.files.findings import LISTED, Findings
from narvaro.sources.files.marks import BUCKETS
from narvaro.sources.files.periods import ABSENT
from narvaro.sources.files.profile import Profile

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ONE_OF_A_LESSON: Final = {
    "starts_at": ("start", "Give each lesson an id of its own."),
    "ends_at": ("end", "Map the pupil's own time as scheduled_minutes, or give a lesson id."),
    "minutes": ("length", "Map the pupil's own time as scheduled_minutes."),
    "school": ("school", "Give each lesson an id of its own."),
    "cancelled": ("cancellation", "Say the same on all of its rows."),
}
_MARK: Final = (
    "scheduled_minutes",
    "full_minutes",
    *BUCKETS,
    "acknowledged",
    "reason",
)
_SUMMARY: Final = ("offered_minutes", "acknowledged_minutes", *ABSENT)
_CONTENTS: Final = (*_SUMMARY, "precision")
_KEY: Final = ("pupil", "school", "from", "to", "recorded_at")
UNMATCHED: Final = {
    "line": "the row's line in the file",
    "pupil": "the pupil's key",
    "lesson": "the file's own lesson id; empty when it has none",
    "school": "the school as the file writes it",
    "starts_at": "when the lesson starts",
    "ends_at": "when it ends, if the file tells",
    "minutes": "its length, if the file tells",
    "group": "the group as the file writes it",
    "class": "the class as the file writes it",
    "subject": "the subject as the file writes it",
    **dict.fromkeys(_MARK, "as in the table marks of the exchange format"),
    "acknowledged_at": "when the lesson was reported",
    "recorded_at": "when the row became known; empty: at its arrival",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """An open connection with the view `staged`, and what is found there."""

    con: DuckDBPyConnection
    profile: Profile
    findings: Findings

    def write(self, name: str, sql: str, folder: Path) -> int:
        """Write the answer of a query as a table of the exchange format; how many rows."""
        count = self._answer(sql)
        if count:
            write_delivery({name: self.con.table("answer")}, folder, form="parquet")
        return count

    def write_beside(self, sql: str, file: Path) -> int:
        """Write the answer of a query as a Parquet file of its own; how many rows."""
        count = self._answer(sql)
        if count:
            self.con.table("answer").write_parquet(str(file))
        return count

    def _answer(self, sql: str) -> int:
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE answer AS {sql}")
        found = self.con.execute("SELECT count(*) FROM answer").fetchall()
        return int(found[0][0])


def stage_rows(
    con: DuckDBPyConnection,
    rows: Iterable[Mapping[str, object]],
    *,
    file: Path,
    columns: Mapping[str, str],
) -> int:
    """Write the rows to `file` and open them as the view `staged`; how many there are."""
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for row in rows:
            writer.writerow([_cell(row.get(name)) for name in columns])
            count += 1
    kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    place = str(file).replace("'", "''")
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW staged AS FROM read_csv('{place}', header = false, "
        f"auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', "
        f"columns = {{{kinds}}})"
    )
    return count


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def write_lessons(stage: Stage, folder: Path) -> dict[str, int]:
    """Lessons, marks, announced absences and schools, from rows of lessons."""
    _find_lesson_contradictions(stage)
    stage.findings.raise_if_any()
    counts = {
        "lessons": stage.write("lessons", _LESSONS, folder),
        "marks": stage.write("marks", _marks(stage.profile), folder),
    }
    return counts | _write_announced(stage, folder) | _write_schools(stage, folder)


def write_unmatched(stage: Stage, file: Path) -> int:
    """Marks whose lessons another source has, with all that is needed to find them there."""
    _find_repeated_marks(stage, '"pupil", "starts_at", "school", "group", "subject", "recorded_at"')
    stage.findings.raise_if_any()
    names = ", ".join(f'"{name}"' for name in UNMATCHED)
    kept = f"SELECT {names} FROM staged WHERE {_kept_as_mark(stage.profile)} ORDER BY line"
    return stage.write_beside(kept, file)


def write_announced(stage: Stage, folder: Path) -> dict[str, int]:
    """Announced absences alone."""
    return _write_announced(stage, folder)


def write_summaries(stage: Stage, folder: Path) -> dict[str, int]:
    """Period summaries and schools, from rows of a report."""
    _find_repeated_summaries(stage)
    stage.findings.raise_if_any()
    count = stage.write("period_summaries", _summaries(stage.profile), folder)
    return {"period_summaries": count} | _write_schools(stage, folder)


_LESSONS: Final = """
    SELECT
        lesson,
        any_value(school) AS school,
        any_value(starts_at) AS starts_at,
        any_value(ends_at) AS ends_at,
        any_value(minutes) AS minutes,
        CASE WHEN count(DISTINCT "group") = 1 THEN any_value("group") END AS "group",
        CASE WHEN count(DISTINCT "class") = 1 THEN any_value("class") END AS "class",
        CASE WHEN count(DISTINCT subject) = 1 THEN any_value(subject) END AS subject,
        array_to_string(
            list_sort(list_distinct(flatten(list(string_split(teachers, ';'))
                FILTER (WHERE teachers IS NOT NULL)))), ';'
        ) AS teachers,
        any_value(cancelled) AS cancelled,
        min(acknowledged_at) FILTER (WHERE acknowledged = 'yes') AS acknowledged_at
    FROM staged
    GROUP BY lesson
    ORDER BY starts_at, lesson
"""


def _kept_as_mark(profile: Profile) -> str:
    return "announced IS NULL" if profile.announced_becomes == "announcement" else "true"


def _marks(profile: Profile) -> str:
    names = ", ".join(f'"{name}"' for name in ("lesson", "pupil", *_MARK, "recorded_at"))
    kept = _kept_as_mark(profile)
    return f"SELECT DISTINCT {names} FROM staged WHERE {kept} ORDER BY lesson, pupil"


def _write_announced(stage: Stage, folder: Path) -> dict[str, int]:
    if stage.profile.announced_becomes == "mark":
        return {}
    ends = "coalesce(ends_at, starts_at + minutes * INTERVAL 1 MINUTE)"
    count = stage.write(
        "announced_absences",
        f"SELECT DISTINCT pupil, starts_at, {ends} AS ends_at, announced AS kind, recorded_at "
        f"FROM staged WHERE announced IS NOT NULL AND {ends} IS NOT NULL "
        "ORDER BY pupil, starts_at, kind",
        folder,
    )
    return {"announced_absences": count}


def _write_schools(stage: Stage, folder: Path) -> dict[str, int]:
    if stage.profile.schools == "known":
        return {}
    count = stage.write(
        "organisations",
        "SELECT DISTINCT school AS organisation, school AS name, 'school_unit' AS kind "
        "FROM staged ORDER BY school",
        folder,
    )
    return {"organisations": count}


def _summaries(profile: Profile) -> str:
    key = ", ".join(f'"{name}"' for name in _KEY)
    if profile.several_per_pupil != "sum":
        return f"SELECT DISTINCT {key}, {', '.join(_CONTENTS)} FROM staged ORDER BY {key}"
    sums = ", ".join(
        f"CASE WHEN count({name}) = count(*) THEN sum({name})::INTEGER END AS {name}"
        for name in _SUMMARY
    )
    return (
        f"SELECT {key}, {sums}, max(precision) AS precision "  # 'rounded' sorts after 'exact'
        f"FROM staged GROUP BY {key} ORDER BY {key}"
    )


def _find_lesson_contradictions(stage: Stage) -> None:
    for name, (what, remedy) in _ONE_OF_A_LESSON.items():
        each = f"SELECT lesson, min(line) AS line FROM staged GROUP BY lesson, {name}"
        found = _contradicting(stage, each, "lesson")
        _fault(stage, found, f"the lesson's {what} is not that of line", remedy)
    _find_repeated_marks(stage, "lesson, pupil, recorded_at")


def _find_repeated_marks(stage: Stage, key: str) -> None:
    contents = f"{key}, {', '.join(_MARK)}"
    kept = _kept_as_mark(stage.profile)
    each = f"SELECT {key}, min(line) AS line FROM staged WHERE {kept} GROUP BY {contents}"
    found = _contradicting(stage, each, key)
    _fault(
        stage,
        found,
        "other contents for the pupil and lesson of line",
        "Remove one of the two, or map recorded_at.",
    )
    _tell_of_doubles(stage, contents)


def _find_repeated_summaries(stage: Stage) -> None:
    """Several rows of one key: parts to be added, one total said more than once, or a fault."""
    key = ", ".join(f'"{name}"' for name in _KEY)
    contents = ", ".join(_CONTENTS)
    how = stage.profile.several_per_pupil
    if how == "sum":
        twice = f"SELECT {key}, part, line FROM staged WHERE part IS NOT NULL"
        found = _contradicting(stage, twice, f"{key}, part")
        _fault(stage, found, "the same part of a pupil's total as on line", _MAP_PARTS)
        return
    part = "part, " if how == "refuse" else ""
    each = f"SELECT {key}, min(line) AS line FROM staged GROUP BY {key}, {part}{contents}"
    found = _contradicting(stage, each, key)
    _fault(stage, found, "the same pupil, school and period as on line", _SEVERAL)
    _tell_of_doubles(stage, f"{key}, {part}{contents}")


_MAP_PARTS: Final = "Map the column that tells the parts apart: subject, group or class."
_SEVERAL: Final = (
    "If the rows are parts (subjects, classes), set rows.several_per_pupil to sum; "
    "if they repeat one total, to same."
)


def _contradicting(stage: Stage, each: str, key: str) -> list[tuple[int, int]]:
    """First and last line of every key with more than one of what `each` selects."""
    found = stage.con.execute(
        f"SELECT min(line), max(line) FROM ({each}) AS each_one "
        f"GROUP BY {key} HAVING count(*) > 1 ORDER BY 1 LIMIT {LISTED}"
    ).fetchall()
    return [(int(first), int(last)) for first, last in found]


def _fault(stage: Stage, found: list[tuple[int, int]], problem: str, remedy: str) -> None:
    table = stage.findings.table
    stage.findings.add(
        Fault(table, last, "", f"{problem} {first}", remedy) for first, last in found
    )


def _tell_of_doubles(stage: Stage, distinct: str) -> None:
    found = stage.con.execute(
        f"SELECT sum(rows - 1), min(line) FROM (SELECT count(*) AS rows, max(line) AS line "
        f"FROM staged GROUP BY {distinct} HAVING count(*) > 1) AS doubles"
    ).fetchall()
    for count, line in found:
        if count:
            stage.findings.notice(
                "a row that says what another says was left out", line=line, count=int(count)
            )
