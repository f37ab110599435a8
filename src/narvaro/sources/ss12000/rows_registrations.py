"""From the bench to the rows of lessons and what was registered on them, made as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from narvaro.sources.ss12000.desk import Desk
from narvaro.sources.ss12000.rows_roster import Row, together_group
from narvaro.sources.ss12000.workbench import Value

TOLERATED_MINUTES = 2
"""Present minutes may miss the rest of the lesson by so much before they are cut to it."""
_LESSONS = """
    SELECT d.id, d.school, d.starts_at, d.ends_at, d.minutes, d.subject, d.cancelled,
        d.activity, d.date,
        (SELECT count(*) FROM activity_groups AS g WHERE g.activity = d.activity) AS groups,
        (SELECT min(g.grp) FROM activity_groups AS g WHERE g.activity = d.activity) AS grp,
        (
            SELECT min(t.reported_at) FROM attendances AS t
            WHERE t.event = d.id AND t.reported = 1
        ) AS reported_at,
        EXISTS (SELECT 1 FROM attendances AS t WHERE t.event = d.id AND t.reported = 1)
        AND NOT EXISTS (SELECT 1 FROM kept AS k WHERE k.event = d.id AND k.reported = 1)
    FROM decided AS d WHERE d.verdict = 'ours' ORDER BY d.date, d.id
"""
_TEACHERS = """
    SELECT DISTINCT coalesce(d.staff, named.ref)
    FROM (
        SELECT ref FROM activity_teachers
        WHERE activity = :activity AND starts_on <= :date AND coalesce(ends_on, :date) >= :date
        UNION SELECT ref FROM teacher_exceptions WHERE event = :event AND participates
    ) AS named
    LEFT JOIN duties AS d ON d.duty = named.ref
    WHERE named.ref NOT IN (
        SELECT ref FROM teacher_exceptions WHERE event = :event AND NOT participates
    )
    ORDER BY 1
"""
_FILLS = "SELECT event, pupil, scheduled, recorded_at FROM fills ORDER BY event, pupil"
_TAKEN_OUT = """
    SELECT x.event, x.pupil FROM exceptions AS x CROSS JOIN facts AS f
    INNER JOIN decided AS d ON d.id = x.event AND d.verdict = 'ours'
    INNER JOIN pupils AS p ON p.pupil = x.pupil AND p.ours
    WHERE f.is_change AND NOT x.participates
        AND NOT EXISTS (SELECT 1 FROM kept AS k WHERE k.event = x.event AND k.pupil = x.pupil)
    ORDER BY x.event, x.pupil
"""
_ABSENCES = """
    SELECT b.pupil, b.starts_at, b.kind, b.ends_at, b.recorded_at FROM absences AS b
    CROSS JOIN facts AS f LEFT JOIN pupils AS p ON p.pupil = b.pupil
    WHERE NOT f.persons_known OR p.ours ORDER BY b.pupil, b.starts_at, b.kind
"""
_SUMS = """
    SELECT pupil, school, starts_on, ends_on, sum(present), sum(valid), sum(invalid), sum(other),
        sum(reported), sum(offered), count(*), count(reported), count(offered)
    FROM placed_sums WHERE school IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
"""


@dataclass(slots=True)
class RegistrationRows:
    """Makes the rows of the tables that grow every day; each is read once, in any order."""

    desk: Desk

    def tables(self) -> Mapping[str, Iterable[Row]]:
        """Return the tables with their rows."""
        return {
            "lessons": self.lessons(),
            "marks": self.marks(),
            "announced_absences": self.announced_absences(),
            "period_summaries": self.period_summaries(),
        }

    def lessons(self) -> Iterator[Row]:
        """Lessons; those that were deleted are withdrawn.

        Acknowledgement is told by the marks, each from its own time; by the lesson only where
        none of those who said so is a pupil here.
        """
        bench = self.desk.bench
        classes = {row[0] for row in bench.rows("SELECT id FROM groups WHERE is_class")}
        for row in bench.rows(_LESSONS):
            lesson, school, starts_at, ends_at, minutes, subject, cancelled = row[:7]
            activity, date, groups, group, reported_at, by_others = row[7:]
            yield {
                "lesson": lesson,
                "school": school,
                "starts_at": _time(starts_at),
                "ends_at": _time(ends_at),
                "minutes": minutes,
                "group": together_group(str(activity)) if int(groups or 0) > 1 else group,
                "class": group if groups == 1 and group in classes else None,
                "subject": subject,
                "teachers": self._teachers(lesson, activity, date),
                "cancelled": bool(cancelled),
                "acknowledged": "yes" if by_others else None,
                "acknowledged_at": _time(reported_at),
            }
        known = "SELECT count(*) FROM events WHERE id = :lesson"
        for lesson in sorted(self.desk.deleted.get("lessons", ())):
            if not bench.count(known, lesson=lesson):
                yield {"lesson": lesson, "withdrawn": True}

    def _teachers(self, lesson: Value, activity: Value, date: Value) -> str | None:
        rows = self.desk.bench.rows(_TEACHERS, event=lesson, activity=activity, date=date)
        return ";".join(str(row[0]) for row in rows) or None

    def marks(self) -> Iterator[Row]:
        """What was registered, then those expected of whom nothing was, then those taken out."""
        for row in self.desk.bench.rows("SELECT * FROM kept ORDER BY event, pupil"):
            yield self._mark(row)
        for lesson, pupil, scheduled, recorded_at in self.desk.bench.rows(_FILLS):
            yield {
                "lesson": lesson,
                "pupil": pupil,
                "scheduled_minutes": scheduled,
                "recorded_at": _time(recorded_at),
            }
        for lesson, pupil in self.desk.bench.rows(_TAKEN_OUT):
            yield {"lesson": lesson, "pupil": pupil, "withdrawn": True}

    def _mark(self, row: tuple[Value, ...]) -> Row:
        lesson, pupil, *given, reported, reason, recorded_at, scheduled, length = row
        buckets = within(tuple(_number(one) for one in given), _number(length) or 0)
        if buckets != tuple(given):
            self.desk.book.note("attendances", "attendance-cut")
        if reported and all(one is None for one in given):
            self.desk.book.note("attendances", "attendance-without-minutes")
        present, valid, invalid, other = buckets
        return {
            "lesson": lesson,
            "pupil": pupil,
            "scheduled_minutes": scheduled,
            "present_minutes": present,
            "valid_minutes": valid,
            "invalid_minutes": invalid,
            "other_minutes": other,
            "acknowledged": {1: "yes", 0: "no"}.get(_number(reported), "unknown"),  # type: ignore[arg-type]
            "reason": reason,
            "recorded_at": _time(recorded_at),
        }

    def announced_absences(self) -> Iterator[Row]:
        """What was told in advance of our pupils."""
        for pupil, starts_at, kind, ends_at, recorded_at in self.desk.bench.rows(_ABSENCES):
            yield {
                "pupil": pupil,
                "starts_at": _time(starts_at),
                "ends_at": _time(ends_at),
                "kind": kind,
                "recorded_at": _time(recorded_at),
            }

    def period_summaries(self) -> Iterator[Row]:
        """Sums over the activities of a pupil, school and period."""
        for row in self.desk.bench.rows(_SUMS):
            pupil, school, starts_on, ends_on, *sums, rows, reported_rows, offered_rows = row
            present, valid, invalid, other, reported, offered = sums
            if reported_rows != rows:
                self.desk.book.note("aggregatedAttendance", "aggregate-without-reported")
                reported = sum(_number(one) or 0 for one in (present, valid, invalid, other))
            if offered_rows != rows:
                self.desk.book.note("aggregatedAttendance", "aggregate-without-offered")
                offered = None
            yield {
                "pupil": pupil,
                "school": school,
                "from": starts_on,
                "to": ends_on,
                "offered_minutes": offered,
                "acknowledged_minutes": reported,
                "valid_minutes": valid,
                "invalid_minutes": invalid,
                "other_minutes": other,
                "precision": "exact",
            }


def within(buckets: tuple[int | None, ...], length: int) -> tuple[int | None, ...]:
    """Cut present, valid, invalid and other minutes to a lesson's length, absence first kept."""
    present, valid, invalid, other = buckets
    left = length
    kept: list[int | None] = []
    for bucket in (valid, invalid, other):
        part = None if bucket is None else min(bucket, left)
        left -= part or 0
        kept.append(part)
    if present is not None and present > left + TOLERATED_MINUTES:
        present = left
    return (present, *kept)


def _number(value: Value) -> int | None:
    return None if value is None else int(value)


def _time(value: Value) -> str | None:
    return None if value is None else str(value).replace(".000000Z", "Z")
