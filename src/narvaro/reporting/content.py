"""What a school's monthly report says, as plain frozen values. Nothing here is computed or drawn.

Minutes and pupils are whole numbers, shares are exact pairs. A pupil is an opaque key, not a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from narvaro.timetable import Language, Month, Period

Count = int | None
"""Pupils. None only in a report that has passed `leaving_school`: the number is not printed."""

Certainty = Literal["certain", "likely"]
Sex = Literal["female", "male", "unknown", "all"]
Status = Literal["final", "preliminary", "no_lessons", "not_usable"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in both languages."""

    sv: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.sv if language == "sv" else self.en


@dataclass(frozen=True, slots=True)
class Share:
    """`numerator` of `denominator`. A denominator of 0 means no data, which is not zero."""

    numerator: int
    denominator: int

    @property
    def exact(self) -> Fraction | None:
        """0 to 1, or None when there is nothing to divide by."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule's limit in per cent; `strict` means more than it, else at least it."""

    percent: Fraction
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """Acknowledged of ended: minutes (`time`) and lessons. The goal is in whole per cent."""

    time: Share
    lessons: Share
    goal_percent: int = 95


@dataclass(frozen=True, slots=True)
class Verdict:
    """Can the month's figures be used, and why not. The reason holds no counts of pupils."""

    is_usable: bool
    reason: Text


@dataclass(frozen=True, slots=True)
class MonthStatus:
    """How far a month has come. `final_on` is the day it becomes final, if it is not yet."""

    month: Month
    status: Status
    final_on: date | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """Pupils by their share of missed time: under 5 %, 5 to under 15, 15 to under 25, 25 or more,
    and those of whom it cannot be told."""

    under_5: Count
    from_5: Count
    from_15: Count
    from_25: Count
    cannot_tell: Count

    @property
    def in_order(self) -> tuple[Count, ...]:
        return (self.under_5, self.from_5, self.from_15, self.from_25, self.cannot_tell)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Pupils at the limit or beyond, of those who could be assessed, at one month's end.

    `coverage` is acknowledged time in the window. A month of holidays has `assessed` 0.
    """

    month: Month
    at_or_above: Count
    assessed: Count
    coverage: Share


@dataclass(frozen=True, slots=True)
class Move:
    """A pupil who came onto the list of flagged pupils this month, or left it."""

    pupil: str
    group: str
    share: Share
    share_before: Share
    certainty: Certainty | None
    flags_in_year: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Moves:
    """Pupils onto and off the list since last month; the counts are of all of them."""

    in_count: Count
    out_count: Count
    came: tuple[Move, ...] = ()
    left: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class FlaggedPupil:
    """One row of the list. The share is absent_minutes of acknowledged_minutes, exactly."""

    pupil: str
    group: str
    absent_minutes: int
    acknowledged_minutes: int
    certainty: Certainty
    flags_in_year: int
    reason: Text

    @property
    def share(self) -> Share:
        return Share(self.absent_minutes, self.acknowledged_minutes)


@dataclass(frozen=True, slots=True)
class StageBySex:
    """Pupils of one stage and sex: assessed, and of these at the limit or beyond.

    The row of `all` may be left out while nothing is hidden: it is the sum.
    """

    stage: str
    sex: Sex
    assessed: Count
    at_or_above: Count


@dataclass(frozen=True, slots=True)
class Minutes:
    """The window's minutes, summed. The four buckets hold acknowledged minutes only; `leave` is
    the part of `valid` that was granted beforehand, where the source says so."""

    scheduled: int
    acknowledged: int
    valid: int
    invalid: int
    unclassified: int
    other: int
    leave: int = 0

    @property
    def absent(self) -> int:
        return self.valid + self.invalid + self.unclassified


@dataclass(frozen=True, slots=True)
class HowCounted:
    """The rule and what it was held against, so that anyone can count again."""

    programme: str
    rule: Text
    version: str
    limit: Limit
    window: Period
    school_days: int
    minutes: Minutes
    receipt: str
    known_at: datetime
    assumptions: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolMonthReport:
    """Everything one school's report of one month says, in the order it says it.

    `trend` ends with the report's own month; `bands_before` is last month's, if there was one.
    `pupils` is everyone measured: the bands' sum.
    """

    authority: str
    school: str
    school_key: str
    month: Month
    data_until: datetime
    pupils: Count
    coverage: Coverage
    verdict: Verdict
    statuses: tuple[MonthStatus, ...]
    bands: Bands
    bands_before: Bands | None
    trend: tuple[TrendPoint, ...]
    stages: tuple[StageBySex, ...]
    moves: Moves
    flagged: tuple[FlaggedPupil, ...]
    how: HowCounted


def with_totals(stages: tuple[StageBySex, ...]) -> tuple[StageBySex, ...]:
    """The same rows, and for each stage the row of all pupils, summed where it was left out."""
    given = {row.stage for row in stages if row.sex == "all"}
    parts: dict[str, list[StageBySex]] = {}
    for row in stages:
        parts.setdefault(row.stage, []).append(row)
    sums = [
        StageBySex(stage, "all", _sum(r.assessed for r in rows), _sum(r.at_or_above for r in rows))
        for stage, rows in parts.items()
        if stage not in given
    ]
    return (*stages, *sums)


def _sum(counts: Iterable[Count]) -> Count:
    total = 0
    for count in counts:
        if count is None:
            return None
        total += count
    return total
