"""The period a report is of, where the rows above its header name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from narvaro.sources.files.guessing.dates import FORMS, guess_form
from narvaro.sources.files.guessing.sample import Sample
from narvaro.sources.files.periods import days_of_period
from narvaro.sources.files.words import MEANINGS, base_and_unit


@dataclass(frozen=True, slots=True)
class TitlePeriod:
    """Two days named above the header, and their form."""

    first: date
    last: date
    form: str
    why: str


def guess_period(sample: Sample, *, today: date) -> TitlePeriod | None:
    """The one period that the titles name; None when they name none, or can be read in two ways."""
    found: dict[tuple[date, ...], str] = {}
    for form in FORMS:
        days = tuple(days_of_period(sample.titles, form))
        if len(days) == 2 and days[0] <= days[1] and days[1].year <= today.year + 2:
            found.setdefault(days, form)
    if len(found) != 1:
        return None
    (days, form) = next(iter(found.items()))
    return TitlePeriod(days[0], days[1], form, f"the rows above the header name it, as {form}")


def period_days(sample: Sample, period: TitlePeriod | None, *, today: date) -> int | None:
    """The longest a row's period can be, in days; None when it is not known."""
    if period:
        return (period.last - period.first).days + 1
    ends: dict[str, list[date]] = {}
    for column in sample.columns():
        meanings = MEANINGS.get(base_and_unit(column.header)[0], ())
        form = guess_form(column.filled, today=today) if column.filled else None
        if form is None or form.form is None:
            continue
        for name in {"from", "to"} & set(meanings):
            ends[name] = _days(column.filled, form.form)
    if set(ends) != {"from", "to"}:
        return None
    return (max(ends["to"]) - min(ends["from"])).days + 1


def _days(cells: list[str], form: str) -> list[date]:
    from narvaro.sources.files.moments import reads_as_date

    return [day for cell in cells if (day := reads_as_date(cell, form))]
