"""One row of a lesson file as a lesson and a pupil's mark."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from narvaro.sources.files import moments
from narvaro.sources.files.cells import CellReader
from narvaro.sources.files.keys import ABSENCES
from narvaro.sources.files.profile import ReasonRule
from narvaro.sources.files.reading_faults import CellUnreadable

A_DAY: Final = 1440
BUCKETS: Final = tuple(
    f"{name}_minutes" for name in ("present", "valid", "invalid", "unclassified", "other")
)
STAGED: Final = {
    "line": "BIGINT",
    "lesson": "VARCHAR",
    "pupil": "VARCHAR",
    "school": "VARCHAR",
    "starts_at": "TIMESTAMPTZ",
    "ends_at": "TIMESTAMPTZ",
    "minutes": "INTEGER",
    "group": "VARCHAR",
    "class": "VARCHAR",
    "subject": "VARCHAR",
    "teachers": "VARCHAR",
    "cancelled": "BOOLEAN",
    "scheduled_minutes": "INTEGER",
    "full_minutes": "INTEGER",
    **dict.fromkeys(BUCKETS, "INTEGER"),
    "acknowledged": "VARCHAR",
    "acknowledged_at": "TIMESTAMPTZ",
    "reason": "VARCHAR",
    "recorded_at": "TIMESTAMPTZ",
    "announced": "VARCHAR",
}
Staged = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Span:
    """When a lesson is; `length` is what it takes of the pupil's time, in minutes."""

    starts_at: datetime
    ends_at: datetime | None
    minutes: int | None

    @property
    def length(self) -> int | None:
        if self.minutes is not None or self.ends_at is None:
            return self.minutes
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))


def read_mark(row: CellReader) -> Staged | None:
    """The row under the cursor in the columns of STAGED; None when it has a fault."""
    pupil, school = row.pupil(), row.name("school")
    if school is None:
        row.fault("school", "the school is missing", "Give it, or set constants.school.")
    span = _span(row)
    rule, reason = _meaning(row)
    scheduled = _whole(row, "scheduled_minutes")
    length = scheduled if scheduled is not None else span.length if span else None
    buckets = _buckets(row, rule=rule, length=length)
    if span is None or not row.sound:
        return None
    place = {name: row.name(name) for name in ("group", "class", "subject")}
    return {
        "line": row.line,
        "lesson": _lesson_key(row, place, span.starts_at),
        "pupil": pupil,
        "school": school,
        "starts_at": span.starts_at,
        "ends_at": span.ends_at,
        "minutes": span.minutes,
        **place,
        "teachers": row.staff("teachers"),
        "cancelled": bool(row.answer("cancelled")),
        "scheduled_minutes": scheduled,
        "full_minutes": _whole(row, "full_minutes"),
        **buckets,
        "acknowledged": _acknowledged(row, rule),
        "acknowledged_at": row.moment("acknowledged_at"),
        "reason": reason,
        "recorded_at": row.moment("recorded_at"),
        "announced": _announced(rule, reason),
    }


def _span(row: CellReader) -> _Span | None:
    minutes = _whole(row, "minutes")
    try:
        starts, ends = _ends(row)
    except CellUnreadable as error:
        row.fault("starts", error.problem, error.remedy)
        return None
    if starts is None:
        if row.sound:
            row.fault("starts", "the date or the time is missing", "Give it.")
        return None
    return _checked_span(row, _Span(starts, ends, minutes))


def _ends(row: CellReader) -> tuple[datetime | None, datetime | None]:
    """Start and end in UTC, from two moments, from a date and two times, or from a span."""
    if row.has("times"):
        both = row.span("times")
        return (_on(row, both[0]), _on(row, both[1])) if both else (None, None)
    return _moment(row, "starts"), _moment(row, "ends")


def _moment(row: CellReader, name: str) -> datetime | None:
    column = row.table.profile.columns.get(name)
    if column is None or not row.has(name):
        return None
    if moments.compiled(column.form).has_date:
        return row.moment(name)
    clock = row.clock(name)
    return _on(row, clock) if clock else None


def _on(row: CellReader, clock: object) -> datetime | None:
    from datetime import time

    day = row.date("date")
    if day is None or not isinstance(clock, time):
        return None
    return moments.in_utc(datetime.combine(day, clock), zone=row.table.profile.zone)


def _checked_span(row: CellReader, span: _Span) -> _Span | None:
    if span.ends_at is not None and span.ends_at <= span.starts_at:
        row.fault("ends", "the lesson does not end after it starts", "Correct one of the two.")
        return None
    length = span.length
    if length is None and not row.table.profile.joined_source:
        row.fault("ends", "nothing tells how long the lesson is", "Give its end or its length.")
    longest = span.ends_at - span.starts_at if span.ends_at else timedelta(minutes=A_DAY)
    if longest > timedelta(minutes=A_DAY) or (length or 0) > A_DAY:
        row.fault("ends", "the lesson is longer than 24 hours", "Correct its start or its end.")
    elif length is not None and timedelta(minutes=length) > longest:
        row.fault("minutes", "the lesson is longer than from its start to its end", "Correct it.")
    return span


def _whole(row: CellReader, name: str) -> int | None:
    amount = row.amount(name)
    if amount is None:
        return None
    whole = amount.whole_minutes
    if whole is None and row.table.profile.rounded_minutes == "nearest":
        row.findings.notice(
            "minutes came rounded; the nearest whole number was taken",
            column=row.table.header_of(name),
            line=row.line,
        )
        whole = amount.nearest_minute
    if whole is None:
        row.fault(
            name,
            "the time is rounded and does not tell the minutes",
            "Map a column of minutes, set columns.FIELD.decimals, or rows.rounded_minutes.",
        )
    return whole


def _meaning(row: CellReader) -> tuple[ReasonRule | None, str | None]:
    """What the row's words decide, and the reason that is kept."""
    if not (row.has("status") or row.has("reason")):
        return None, None
    status, cause = _rule(row, "status"), _rule(row, "reason")
    rule = status or cause
    if status and cause and (status.bucket == "unclassified" or not cause.counts_as_absence):
        rule = cause
    if rule is None and not (row.text("status") or row.text("reason")):
        rule = row.table.profile.empty_word
    reason = (cause.reason if cause else None) or (rule.reason if rule else None)
    return rule, reason


def _rule(row: CellReader, name: str) -> ReasonRule | None:
    word, profile = row.word(name), row.table.profile
    if word is None:
        return None
    rule = profile.words.get(word)
    if rule is None and profile.other_words == "unclassified":
        row.findings.notice(
            "a word is not in the profile's table; its time counts as unclassified absence",
            column=row.table.header_of(name),
            line=row.line,
        )
        return ReasonRule("unclassified")
    if rule is None:
        row.fault(
            name,
            "the word is not in the profile's table",
            "Add it under reasons.words; `narvaro source inspect` lists the words of the file.",
        )
    return rule


def _buckets(row: CellReader, *, rule: ReasonRule | None, length: int | None) -> dict[str, int]:
    given = {name: _whole(row, name) for name in BUCKETS}
    buckets = {name: minutes for name, minutes in given.items() if minutes is not None}
    absent, late = _whole(row, "absent_minutes"), _whole(row, "late_minutes")
    if not row.sound:
        return buckets
    if rule is not None and not _says_itself(buckets):
        _add(buckets, rule.column, _by_word(row, rule, absent=absent, late=late, length=length))
    elif rule is None and not buckets and late is None and _has_words(row):
        row.fault("status", "the row says nothing about attendance", "Set reasons.empty.")
    if late and not (rule and rule.bucket in ABSENCES and absent is None):
        _add(buckets, f"{row.table.profile.late_bucket}_minutes", late)
    _check_sum(row, buckets, length)
    return buckets


def _says_itself(buckets: dict[str, int]) -> bool:
    return any(minutes for name, minutes in buckets.items() if name != "present_minutes")


def _has_words(row: CellReader) -> bool:
    return row.has("status") or row.has("reason")


def _by_word(
    row: CellReader, rule: ReasonRule, *, absent: int | None, late: int | None, length: int | None
) -> int | None:
    """The minutes a word gives its bucket; None when it says nothing of time."""
    if rule.bucket == "present":
        if absent:
            row.fault("absent_minutes", "absent minutes on a word that means present", _WORD)
        return None if length is None else max(0, length - (late or 0))
    stated = absent if absent is not None else late
    if stated is not None or rule.column is None:
        return stated
    if rule.without_minutes == "refuse":
        row.fault("status", "the word needs minutes, and the row has none", "Give the minutes.")
    return length if rule.without_minutes == "whole_lesson" else None


_WORD: Final = "Give the word a bucket of absence, or correct the minutes."


def _add(buckets: dict[str, int], column: str | None, minutes: int | None) -> None:
    if column is not None and minutes is not None:
        buckets[column] = buckets.get(column, 0) + minutes


def _check_sum(row: CellReader, buckets: dict[str, int], length: int | None) -> None:
    if length is not None and sum(buckets.values()) > length:
        row.fault(
            "absent_minutes" if row.has("absent_minutes") else "status",
            "more minutes are accounted for than the lesson has",
            "Correct the minutes, the lesson's length, or the column's unit.",
        )
    elif length is None and sum(buckets.values()) > A_DAY:
        row.fault("absent_minutes", "more than 24 hours in one lesson", "Correct the minutes.")


def _acknowledged(row: CellReader, rule: ReasonRule | None) -> str:
    answer, profile = row.answer("acknowledged"), row.table.profile
    if answer is not None:
        return "yes" if answer else "no"
    if row.moment("acknowledged_at"):
        return "yes"
    if rule and rule.acknowledged:
        return rule.acknowledged
    return profile.announced_row_means if rule and rule.announced else profile.row_means


def _announced(rule: ReasonRule | None, reason: str | None) -> str | None:
    if rule is None or not rule.announced:
        return None
    return "leave" if reason == "leave" else "notified"


def _lesson_key(row: CellReader, place: dict[str, str | None], starts_at: datetime) -> str:
    """The source's own id, else one from school, start and what tells lessons apart.

    Group alone where there is one; else subject and class. Case does not matter, so that a
    delivery sent again gives the same key.
    """
    own = row.name("lesson")
    if own:
        return own
    marks = [place["group"]] if place["group"] else [place["subject"], place["class"]]
    if not any(marks) and not row.table.profile.joined_source:
        row.fault("group", "nothing tells this lesson from others", "Give group or subject.")
    parts = [row.name("school"), starts_at.astimezone(UTC).isoformat(), *marks]
    text = "\x1f".join((part or "").casefold() for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
