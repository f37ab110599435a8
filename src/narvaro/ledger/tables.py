"""The tables of the ledger.

*Told* tables keep every version of every row a source told, with the time it became known.
*Counted* tables hold signed rows that only ever are summed: `rows` (one lesson of one pupil),
`lesson_rows` (one lesson), and their sums by day and month. Keys of pupils, staff and lessons
are integers given by the ledger; the keys themselves stand in `aliases` and `lessons`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PUPIL_MINUTES = (
    "lessons",
    "acknowledged_lessons",
    "scheduled",
    "acknowledged",
    "valid",
    "invalid",
    "unclassified",
    "other",
    "leave",
    "full_timetable",
)
"""What a counted row of a pupil adds up: lessons as counts, the rest whole minutes.

`acknowledged` and the buckets hold acknowledged lessons only; `leave` is the part of `valid`
that was granted leave; `full_timetable` is what a full timetable would have been.
"""

LESSON_COUNTS = (
    "lessons",
    "minutes",
    "acknowledged_lessons",
    "acknowledged_minutes",
    "same_day_lessons",
    "timed_lessons",
    "delay_minutes",
    "without_pupils",
    "without_teacher",
)
"""What a counted row of a lesson adds up.

`timed_lessons` are acknowledged ones whose time of acknowledgement is known; `delay_minutes`
is their sum of minutes from the lesson's end; `same_day_lessons` those done on the same day.
"""

STOOD_FOR = ("marks", "yes", "members", "pupils")
"""What a stand-in keeps true of a lesson: it was marked, one mark said yes, its group had
members, it had pupils (docs/decisions/0005-disposal.md)."""


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """One table: columns with SQL types, key of a told row, partitions, order inside a file."""

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...] = ()
    partitions: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    known: str = "arrival"
    contents: tuple[str, ...] = field(default=())

    @property
    def is_told(self) -> bool:
        """Whether the table keeps versions of what a source told."""
        return bool(self.key)


_TOLD = {
    "told_at": "TIMESTAMPTZ",
    "recorded_at": "TIMESTAMPTZ",
    "withdrawn": "BOOLEAN",
    "batch": "INTEGER",
}
_PLACE = {"authority": "INTEGER", "month": "INTEGER"}
_MONTHLY = ("authority", "month")


def _told(
    name: str,
    key: Mapping[str, str],
    contents: Mapping[str, str],
    *,
    known: str = "beginning",
    place: bool = False,
) -> LedgerTable:
    """Describe a told table; `known` is when a row without recorded_at became known."""
    columns = {**(_PLACE if place else {}), **key, **contents, **_TOLD}
    return LedgerTable(
        name=name,
        columns=columns,
        key=tuple(key),
        partitions=_MONTHLY if place else (),
        order=tuple(key),
        known=known,
        contents=tuple(contents),
    )


def _counted(name: str, columns: Mapping[str, str], order: tuple[str, ...]) -> LedgerTable:
    return LedgerTable(name=name, columns={**_PLACE, **columns}, partitions=_MONTHLY, order=order)


_PUPIL_INTEGERS = dict.fromkeys(PUPIL_MINUTES, "INTEGER")
_LESSON_INTEGERS = dict.fromkeys(LESSON_COUNTS, "INTEGER")
_MINUTES = dict.fromkeys(
    (
        "scheduled_minutes",
        "full_minutes",
        "present_minutes",
        "valid_minutes",
        "invalid_minutes",
        "unclassified_minutes",
        "other_minutes",
    ),
    "INTEGER",
)

_TABLES = (
    _told(
        "organisations",
        {"organisation": "VARCHAR", "starts_on": "DATE"},
        {
            "name": "VARCHAR",
            "kind": "VARCHAR",
            "parent": "VARCHAR",
            "school_unit_code": "VARCHAR",
            "ends_on": "DATE",
        },
    ),
    _told(
        "calendar",
        {"organisation": "VARCHAR", "from": "DATE", "kind": "VARCHAR"},
        {"to": "DATE", "name": "VARCHAR"},
    ),
    _told(
        "pupils",
        {"pupil": "BIGINT"},
        {"birth_date": "DATE", "sex": "VARCHAR", "protection": "VARCHAR"},
    ),
    _told(
        "enrolments",
        {"pupil": "BIGINT", "school": "INTEGER", "starts_on": "DATE"},
        {"class": "VARCHAR", "grade": "VARCHAR", "school_form": "VARCHAR", "ends_on": "DATE"},
    ),
    _told(
        "group_memberships",
        {"source": "VARCHAR", "pupil": "BIGINT", "group": "VARCHAR", "starts_on": "DATE"},
        {"ends_on": "DATE"},
    ),
    _told(
        "lessons",
        {"lesson": "BIGINT"},
        {
            "source": "VARCHAR",
            "lesson_key": "VARCHAR",
            "school": "INTEGER",
            "date": "DATE",
            "starts_at": "TIMESTAMPTZ",
            "ends_at": "TIMESTAMPTZ",
            "minutes": "INTEGER",
            "group": "VARCHAR",
            "class": "VARCHAR",
            "subject": "VARCHAR",
            "teachers": "VARCHAR",
            "cancelled": "BOOLEAN",
            "acknowledged": "VARCHAR",
            "acknowledged_at": "TIMESTAMPTZ",
        },
        place=True,
    ),
    _told(
        "marks",
        {"lesson": "BIGINT", "pupil": "BIGINT"},
        {**_MINUTES, "acknowledged": "VARCHAR", "reason": "VARCHAR"},
        known="arrival",
        place=True,
    ),
    _told(
        "announced_absences",
        {"pupil": "BIGINT", "starts_at": "TIMESTAMPTZ", "kind": "VARCHAR"},
        {"ends_at": "TIMESTAMPTZ"},
        known="arrival",
    ),
    _told(
        "period_summaries",
        {"pupil": "BIGINT", "school": "INTEGER", "from": "DATE", "to": "DATE"},
        {
            "offered_minutes": "INTEGER",
            "acknowledged_minutes": "INTEGER",
            "valid_minutes": "INTEGER",
            "invalid_minutes": "INTEGER",
            "unclassified_minutes": "INTEGER",
            "other_minutes": "INTEGER",
            "precision": "VARCHAR",
        },
        known="arrival",
    ),
    _told(
        "participations",
        {"programme": "VARCHAR", "school": "INTEGER", "starts_on": "DATE"},
        {"role": "VARCHAR", "ends_on": "DATE"},
    ),
    _told(
        "case_events",
        {"case": "VARCHAR", "step": "VARCHAR", "opened_on": "DATE"},
        {
            "pupil": "BIGINT",
            "school": "INTEGER",
            "programme": "VARCHAR",
            "due_on": "DATE",
            "done_on": "DATE",
            "decision": "VARCHAR",
        },
    ),
    _told(
        "support_events",
        {"pupil": "BIGINT", "kind": "VARCHAR", "starts_on": "DATE"},
        {
            "school": "INTEGER",
            "tier": "VARCHAR",
            "ends_on": "DATE",
            "programme": "VARCHAR",
        },
    ),
    _told(
        "outcomes",
        {"pupil": "BIGINT", "school_year": "VARCHAR"},
        {
            "eligible_vocational": "VARCHAR",
            "eligible_preparatory": "VARCHAR",
            "merit_points": "VARCHAR",
        },
    ),
    _told(
        "school_months",
        {"school": "INTEGER", "month": "VARCHAR"},
        {
            "arm": "VARCHAR",
            "pupils": "INTEGER",
            "scheduled_minutes": "BIGINT",
            "acknowledged_minutes": "BIGINT",
            "absent_minutes": "BIGINT",
            "pupils_measured": "INTEGER",
            "pupils_at_threshold": "INTEGER",
            "participating": "BOOLEAN",
        },
    ),
    _counted(
        "rows",
        {
            "school": "INTEGER",
            "pupil": "BIGINT",
            "lesson": "BIGINT",
            "date": "DATE",
            "starts_at": "TIMESTAMPTZ",
            "ends_at": "TIMESTAMPTZ",
            "recorded_at": "TIMESTAMPTZ",
            **_PUPIL_INTEGERS,
        },
        ("school", "pupil", "starts_at", "recorded_at"),
    ),
    _counted(
        "pupil_day",
        {"school": "INTEGER", "pupil": "BIGINT", "date": "DATE", **_PUPIL_INTEGERS},
        ("school", "pupil", "date"),
    ),
    _counted(
        "pupil_month",
        {"school": "INTEGER", "pupil": "BIGINT", **_PUPIL_INTEGERS},
        ("school", "pupil"),
    ),
    _counted(
        "lesson_rows",
        {
            "school": "INTEGER",
            "class": "VARCHAR",
            "lesson": "BIGINT",
            "date": "DATE",
            "ends_at": "TIMESTAMPTZ",
            "recorded_at": "TIMESTAMPTZ",
            **_LESSON_INTEGERS,
        },
        ("school", "class", "date", "recorded_at"),
    ),
    _counted(
        "lesson_day",
        {"school": "INTEGER", "class": "VARCHAR", "date": "DATE", **_LESSON_INTEGERS},
        ("school", "class", "date"),
    ),
    _counted(
        "lesson_teachers",
        {
            "lesson": "BIGINT",
            "teacher": "BIGINT",
            "recorded_at": "TIMESTAMPTZ",
            "taught": "INTEGER",
        },
        ("lesson",),
    ),
    LedgerTable(
        "stand_ins",
        {"lesson": "BIGINT", "recorded_at": "TIMESTAMPTZ", **dict.fromkeys(STOOD_FOR, "INTEGER")},
        order=("lesson", "recorded_at"),
    ),
    LedgerTable(
        "aliases",
        {
            "kind": "VARCHAR",
            "scope": "VARCHAR",
            "value": "VARCHAR",
            "number": "BIGINT",
            "is_key": "BOOLEAN",
            "batch": "INTEGER",
        },
        order=("kind", "number"),
    ),
    LedgerTable(
        "joins",
        {
            "number": "BIGINT",
            "joined_to": "BIGINT",
            "recorded_at": "TIMESTAMPTZ",
            "batch": "INTEGER",
        },
    ),
    LedgerTable(
        "runs",
        {
            "run": "VARCHAR",
            "authority": "VARCHAR",
            "programme": "VARCHAR",
            "at": "VARCHAR",
            "version": "INTEGER",
            "made_at": "TIMESTAMPTZ",
            "known_at": "TIMESTAMPTZ",
            "receipt": "VARCHAR",
            "batch": "INTEGER",
        },
    ),
    LedgerTable(
        "flags",
        {
            "run": "VARCHAR",
            "version": "INTEGER",
            "programme": "VARCHAR",
            "rule": "VARCHAR",
            "at": "VARCHAR",
            "pupil": "BIGINT",
            "row": "VARCHAR",
            "batch": "INTEGER",
        },
        order=("pupil",),
    ),
    LedgerTable(
        "run_changes",
        {
            "run": "VARCHAR",
            "version": "INTEGER",
            "programme": "VARCHAR",
            "rule": "VARCHAR",
            "at": "VARCHAR",
            "pupil": "BIGINT",
            "row": "VARCHAR",
            "batch": "INTEGER",
        },
        order=("pupil",),
    ),
    LedgerTable(
        "disposals",
        {
            "disposed_at": "TIMESTAMPTZ",
            "rule": "VARCHAR",
            "pupils": "INTEGER",
            "rows": "BIGINT",
            "batch": "INTEGER",
        },
    ),
)

TABLES: Mapping[str, LedgerTable] = {table.name: table for table in _TABLES}
BATCHES = LedgerTable(
    "batches",
    {
        "batch": "INTEGER",
        "kind": "VARCHAR",
        "source": "VARCHAR",
        "authority": "VARCHAR",
        "arrived_at": "TIMESTAMPTZ",
        "newest_recorded_at": "TIMESTAMPTZ",
        "content": "VARCHAR",
        "counts": "VARCHAR",
        "versions": "VARCHAR",
    },
)
