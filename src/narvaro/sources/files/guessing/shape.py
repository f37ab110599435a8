"""Whether rows are lessons or period summaries."""

from __future__ import annotations

from narvaro.sources.files.guessing.sample import Column, Sample
from narvaro.sources.files.moments import clock_form, read_times
from narvaro.sources.files.reading_faults import CellUnreadable
from narvaro.sources.files.words import MEANINGS, base_and_unit

_OF_A_PERIOD = {
    "offered_minutes",
    "from",
    "to",
    "month",
    "not_acknowledged",
    "acknowledged_minutes",
}


def guess_shape(sample: Sample, *, has_title_period: bool) -> tuple[str | None, str]:
    """The shape, or None, and why."""
    meanings = {
        field
        for column in sample.columns()
        for field in MEANINGS.get(base_and_unit(column.header)[0], ())
    }
    dated = any(
        "date" in MEANINGS.get(base_and_unit(column.header)[0], ()) for column in sample.columns()
    )
    timed = any(_tells_when(column) for column in sample.columns())
    if timed:
        return "lessons", "rows have a date and a time of day"
    if not timed and not dated and (meanings & _OF_A_PERIOD or has_title_period):
        return "period_summaries", "rows have time offered or a period, and no time of day"
    return None, "rows have neither a lesson's date and time nor a period's total"


def _tells_when(column: Column) -> bool:
    """Whether a column that can be a lesson's start or span holds times; durations are not."""
    meanings = MEANINGS.get(base_and_unit(column.header)[0], ())
    cells = column.filled[:200]
    if not cells:
        return False
    if "times" in meanings and all(_is_span(cell) for cell in cells):
        return True
    return "starts" in meanings and all(_is_time(cell) for cell in cells)


def _is_span(cell: str) -> bool:
    try:
        read_times(cell, form="H:mm")
    except CellUnreadable:
        return False
    return True


def _is_time(cell: str) -> bool:
    """A time of day alone, or after a date; the year that ends a date is no time."""
    before, _, clock = cell.replace("T", " ").rpartition(" ")
    return bool(clock_form(cell) or (before and not clock.isdigit() and clock_form(clock[:5])))
