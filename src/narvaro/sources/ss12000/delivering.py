"""Writes what was collected as a delivery of the exchange format, and counts what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Final

from narvaro.exchange import write_delivery
from narvaro.sources.ss12000.desk import Desk
from narvaro.sources.ss12000.rows_registrations import RegistrationRows
from narvaro.sources.ss12000.rows_roster import RosterRows, Row, spans_of

_OURS: Final = "INNER JOIN decided AS d ON d.id = t.event AND d.verdict = 'ours'"
_NOT_HERE: Final = "LEFT JOIN pupils AS p ON p.pupil = t.pupil"
_UNKNOWN_PUPIL: Final = "the pupil is not in the roster"

_NOTES: Final = (
    (
        "calendarEvents",
        "other-organisation",
        "SELECT count(*) FROM decided WHERE verdict = 'other-organisation'",
    ),
    (
        "calendarEvents",
        "lesson-not-reportable",
        "SELECT count(*) FROM decided WHERE verdict = 'not-reportable'",
    ),
    (
        "calendarEvents",
        "lesson-type-missing",
        "SELECT count(*) FROM decided WHERE verdict = 'ours' AND counts = 'missing'",
    ),
    (
        "calendarEvents",
        "lesson-type-unknown",
        "SELECT count(*) FROM decided WHERE verdict = 'ours' AND counts = 'unknown'",
    ),
    (
        "calendarEvents",
        "school-from-request",
        "SELECT count(*) FROM decided WHERE verdict = 'ours' AND counts IS NULL",
    ),
    (
        "calendarEvents",
        "teacher-unresolved",
        "SELECT count(DISTINCT t.ref) FROM activity_teachers AS t "
        "INNER JOIN decided AS d ON d.activity = t.activity AND d.verdict = 'ours' "
        "WHERE t.is_duty AND t.ref NOT IN (SELECT duty FROM duties)",
    ),
    (
        "attendances",
        "attendance-partly-reported",
        "SELECT count(*) FROM (SELECT event FROM kept WHERE reported IS NOT NULL "
        "GROUP BY event HAVING min(reported) <> max(reported))",
    ),
    (
        "attendances",
        "excepted-but-reported",
        "SELECT count(*) FROM kept AS k INNER JOIN exceptions AS x "
        "ON x.event = k.event AND x.pupil = k.pupil AND NOT x.participates",
    ),
    (
        "attendances",
        "other-pupil",
        f"SELECT count(*) FROM attendances AS t {_OURS} {_NOT_HERE} "
        "CROSS JOIN facts AS f WHERE f.persons_known AND p.ours = 0",
    ),
    (
        "absences",
        "other-pupil",
        f"SELECT count(*) FROM absences AS t {_NOT_HERE} "
        "CROSS JOIN facts AS f WHERE f.persons_known AND p.ours = 0",
    ),
    (
        "aggregatedAttendance",
        "other-pupil",
        f"SELECT count(*) FROM sums AS t {_NOT_HERE} "
        "CROSS JOIN facts AS f WHERE f.persons_known AND p.ours = 0",
    ),
    (
        "aggregatedAttendance",
        "lesson-not-reportable",
        "SELECT count(*) FROM sums AS s INNER JOIN activities AS a "
        "ON a.id = s.activity AND a.ours AND a.counts = 'no'",
    ),
    (
        "aggregatedAttendance",
        "other-organisation",
        "SELECT count(*) FROM sums AS s INNER JOIN activities AS a "
        "ON a.id = s.activity AND NOT a.ours",
    ),
)
_REFUSED: Final = (
    (
        "marks",
        _UNKNOWN_PUPIL,
        f"SELECT count(*) FROM attendances AS t {_OURS} {_NOT_HERE} "
        "CROSS JOIN facts AS f WHERE f.persons_known AND p.pupil IS NULL",
    ),
    (
        "announced_absences",
        _UNKNOWN_PUPIL,
        f"SELECT count(*) FROM absences AS t {_NOT_HERE} "
        "CROSS JOIN facts AS f WHERE f.persons_known AND p.pupil IS NULL",
    ),
    (
        "period_summaries",
        _UNKNOWN_PUPIL,
        f"SELECT count(*) FROM sums AS t {_NOT_HERE} CROSS JOIN facts AS f "
        "LEFT JOIN activities AS a ON a.id = t.activity WHERE f.persons_known "
        "AND p.pupil IS NULL AND coalesce(a.ours, 1) AND coalesce(a.counts, '') <> 'no'",
    ),
    (
        "period_summaries",
        "the school is not known",
        "SELECT count(*) FROM placed_sums WHERE school IS NULL",
    ),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a reading found, as far as it decides what is delivered."""

    activities: bool
    persons: bool
    is_change: bool
    makes_schools: bool
    sums_speak: bool = False


def deliver(desk: Desk, known: Known, folder: Path) -> dict[str, int]:
    """Write the tables that have rows to the folder; return how many rows each has."""
    _decide(desk, known)
    counts: dict[str, int] = {}
    roster = RosterRows(desk, makes_schools=known.makes_schools)
    tables = {**roster.tables(), **RegistrationRows(desk).tables()}
    if known.sums_speak:
        _leave_out_lessons(desk, tables)
    write_delivery(dict(_filled(tables, counts)), folder)
    return counts


def _decide(desk: Desk, known: Known) -> None:
    bench = desk.bench
    facts = (int(known.activities), int(known.persons), desk.profile.tests, int(known.is_change))
    bench.add_all("facts", iter([facts]))
    bench.add_all("spans", spans_of(desk, persons_known=known.persons))
    script = files("narvaro.sources.ss12000").joinpath("deciding.sql")
    bench.run(script.read_text(encoding="utf-8"))
    for resource, code, query in _NOTES:
        desk.book.note(resource, code, bench.count(query))
    for table, reason, query in _REFUSED:
        desk.book.refuse(table, reason, bench.count(query))
    _refuse_lessons(desk)
    _note_lost_attendance(desk, known)


def _leave_out_lessons(desk: Desk, tables: dict[str, Iterable[Row]]) -> None:
    """Lessons win over sums: those nobody can register on are not delivered to win."""
    query = "SELECT count(*) FROM decided WHERE verdict = 'ours'"
    desk.book.note("calendarEvents", "lesson-without-attendance", desk.bench.count(query))
    for name in ("lessons", "marks"):
        tables[name] = ()
        desk.book.forget(name)


def _refuse_lessons(desk: Desk) -> None:
    query = """
        SELECT verdict, count(*) FROM decided
        WHERE verdict NOT IN ('ours', 'other-organisation', 'not-reportable') GROUP BY verdict
    """
    for verdict, count in list(desk.bench.rows(query)):
        desk.book.refuse("lessons", str(verdict), int(count or 0))


def _note_lost_attendance(desk: Desk, known: Known) -> None:
    query = "SELECT count(*) FROM attendances WHERE event NOT IN (SELECT id FROM events)"
    code = "attendance-of-unknown-lesson" if known.is_change else "attendance-elsewhere"
    desk.book.note("attendances", code, desk.bench.count(query))


def _filled(
    tables: Mapping[str, Iterable[Row]], counts: dict[str, int]
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Leave out tables without rows; count the others' as they are written."""
    for name, rows in tables.items():
        source = iter(rows)
        first = next(source, None)
        if first is not None:
            yield name, _counted(chain([first], source), name, counts)


def _counted(rows: Iterable[Row], name: str, counts: dict[str, int]) -> Iterator[Row]:
    counts[name] = 0
    for row in rows:
        counts[name] += 1
        yield row
