"""One row of a report as a pupil's summary of a period."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from narvaro.sources.files import moments
from narvaro.sources.files.amounts import Amount
from narvaro.sources.files.cells import CellReader
from narvaro.sources.files.reading_faults import CellUnreadable
from narvaro.sources.files.table import Table

ABSENT: Final = ("valid_minutes", "invalid_minutes", "unclassified_minutes", "other_minutes")
STAGED: Final = {
    "line": "BIGINT",
    "pupil": "VARCHAR",
    "school": "VARCHAR",
    "part": "VARCHAR",
    "from": "DATE",
    "to": "DATE",
    "offered_minutes": "INTEGER",
    "acknowledged_minutes": "INTEGER",
    **dict.fromkeys(ABSENT, "INTEGER"),
    "precision": "VARCHAR",
    "recorded_at": "TIMESTAMPTZ",
}
Period = tuple[date, date]


@dataclass(slots=True)
class _Reckoning:
    """The minutes of one row while they are put together; `slack` is what rounding can explain."""

    row: CellReader
    offered: int | None = None
    is_exact: bool = True
    slack: Fraction = Fraction(0)
    minutes: dict[str, int] = field(default_factory=dict)

    def whole(self, name: str) -> int | None:
        """A field's minutes; a share is of the time offered."""
        amount = self.row.amount(name)
        if amount is None:
            return None
        if amount.is_share:
            amount = self._of_offered(name, amount)
        if amount is None:
            return None
        exact = amount.whole_minutes
        if exact is None or amount.is_share:
            self.is_exact = False
            self.slack += amount.half + 1
        return amount.nearest_minute if exact is None else exact

    def _of_offered(self, name: str, share: Amount) -> Amount | None:
        if self.offered is None:
            self.row.fault(name, "a share, but the row has no time offered", "Give it.")
            return None
        return Amount(share.value * self.offered, share.half * self.offered, is_share=True)


def read_summary(row: CellReader, *, title_period: Period | None) -> dict[str, object] | None:
    """The row under the cursor in the columns of STAGED; None when it has a fault."""
    pupil, school = row.pupil(), row.name("school")
    if school is None:
        row.fault("school", "the school is missing", "Give it, or set constants.school.")
    period = _period(row, title_period)
    sums = _Reckoning(row)
    sums.offered = sums.whole("offered_minutes")
    _buckets(sums)
    acknowledged = _acknowledged(sums)
    if period is None or not row.sound:
        return None
    _check(sums, acknowledged, period)
    return {
        "line": row.line,
        "pupil": pupil,
        "school": school,
        "part": _part(row),
        "from": period[0],
        "to": period[1],
        "offered_minutes": sums.offered,
        "acknowledged_minutes": _kept_within(sums, acknowledged),
        **{name: sums.minutes.get(name) for name in ABSENT},
        "precision": "exact" if sums.is_exact else "rounded",
        "recorded_at": row.moment("recorded_at"),
    }


def _part(row: CellReader) -> str | None:
    """Which part of the pupil's total a row is, where columns tell: class, group, subject."""
    names = [row.name(name) for name in ("class", "group", "subject")]
    return "|".join(name or "" for name in names) if any(names) else None


def period_in_titles(table: Table) -> Period:
    """The first and last day named in the rows above the header. Raises CellUnreadable."""
    days = days_of_period(table.titles, table.profile.layout.period_form)
    if len(days) != 2 or days[0] > days[1]:
        raise CellUnreadable(
            "the rows above the header do not name one period",
            "Set file.period_form, or give constants.from and constants.to.",
        )
    return days[0], days[1]


def days_of_period(titles: Sequence[str], form: str) -> list[date]:
    """The days of the one row that names two (others can tell when it was printed), else all."""
    named = [days for title in titles if (days := dates_in(title, form))]
    pairs = [days for days in named if len(days) == 2]
    return pairs[0] if len(pairs) == 1 else [day for days in named for day in days]


def dates_in(title: str, form: str) -> list[date]:
    """Every date in the form that a line of text holds, in order."""
    pattern = re.compile(
        rf"(?<!\d)(?:{moments.compiled(form).pattern.pattern})(?!\d)", re.IGNORECASE
    )
    found = (moments.reads_as_date(match[0], form) for match in pattern.finditer(title))
    return [day for day in found if day]


def _period(row: CellReader, title_period: Period | None) -> Period | None:
    if title_period:
        return title_period
    if row.has("month"):
        month = row.date("month")
        if month is None:
            _without_period(row, "month")
            return None
        return month.replace(day=1), month.replace(day=monthrange(month.year, month.month)[1])
    first, last = row.date("from"), row.date("to")
    if first is None or last is None:
        _without_period(row, "from" if first is None else "to")
        return None
    if last < first:
        row.fault("to", "the period ends before it begins", "Correct one of the two.")
    return first, last


def _without_period(row: CellReader, name: str) -> None:
    if row.sound:
        row.fault(name, "the period is missing", "Give it.")


def _buckets(sums: _Reckoning) -> None:
    for name in (*ABSENT, "present_minutes"):
        minutes = sums.whole(name)
        if minutes is not None:
            sums.minutes[name] = minutes
    absent = sums.whole("absent_minutes")
    if absent is None:
        return
    rest = absent - sum(sums.minutes.get(name, 0) for name in ABSENT[:3])
    if rest < -sums.slack:
        sums.row.fault("absent_minutes", "the parts are more than all absence", "Correct them.")
    rest_name = f"{sums.row.table.profile.rest_of_absence}_minutes"
    if rest > 0 or rest_name not in sums.minutes:
        sums.minutes[rest_name] = sums.minutes.get(rest_name, 0) + max(0, rest)


def _acknowledged(sums: _Reckoning) -> int | None:
    profile = sums.row.table.profile
    if profile.summary == "unknown":
        return None
    if profile.summary == "sum" and not _sum_hides_unreported(sums):
        return sum(sums.minutes.values()) if "present_minutes" in sums.minutes else None
    given = sums.whole("acknowledged_minutes")
    if given is not None:
        return given
    left = sums.whole("not_acknowledged")
    return None if left is None or sums.offered is None else max(0, sums.offered - left)


def _sum_hides_unreported(sums: _Reckoning) -> bool:
    """Whether the parts make up all the time offered although some of it was not reported."""
    left = sums.row.amount("not_acknowledged")
    hidden = bool(left and left.value > 0 and sum(sums.minutes.values()) == sums.offered)
    if hidden:
        sums.row.findings.notice(
            "the parts make up all the time offered, yet some was not reported; "
            "the reported time was reckoned from the share",
            column=sums.row.table.header_of("not_acknowledged"),
            line=sums.row.line,
        )
    return hidden


def _check(sums: _Reckoning, acknowledged: int | None, period: Period) -> None:
    row, parts = sums.row, sum(sums.minutes.get(name, 0) for name in ABSENT)
    everything = parts + sums.minutes.get("present_minutes", 0)
    limit = ((period[1] - period[0]).days + 1) * 1440
    if (sums.offered or 0) > limit:
        row.fault("offered_minutes", "more time than the period has", "Correct it, or its unit.")
    if sums.offered is not None and everything > sums.offered + sums.slack:
        row.fault(
            "offered_minutes",
            "more minutes are accounted for than were offered",
            "Correct the row, or the columns' units.",
        )
    if acknowledged is not None and parts > acknowledged + sums.slack:
        row.fault("absent_minutes", "more absence than reported time", "Correct the row.")
    if acknowledged is not None and acknowledged > (sums.offered or acknowledged) + sums.slack:
        row.fault("acknowledged_minutes", "more reported than offered", "Correct the row.")


def _kept_within(sums: _Reckoning, acknowledged: int | None) -> int | None:
    """Reported time between absence and time offered; rounding alone can have put it outside."""
    parts = sum(sums.minutes.get(name, 0) for name in ABSENT)
    if sums.offered is not None and parts > sums.offered:
        largest = max(ABSENT, key=lambda name: sums.minutes.get(name, 0))
        sums.minutes[largest] -= parts - sums.offered
        parts = sums.offered
    if acknowledged is None:
        return None
    return max(parts, min(acknowledged, acknowledged if sums.offered is None else sums.offered))
