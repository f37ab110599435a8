"""What a report may say once it leaves the school: no pupils, and no number that stands for few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from narvaro.errors import HeldForConfirmation
from narvaro.reporting.content import (
    Bands,
    Minutes,
    Moves,
    SchoolMonthReport,
    StageBySex,
    TrendPoint,
    with_totals,
)
from narvaro.reporting.counting import (
    ABOVE,
    ASSESSED,
    BANDS,
    PUPILS,
    band_key,
    counts_of,
    move_key,
    stage_key,
    whole_key,
)
from narvaro.small_numbers import CannotBeProtected, Key, Protected, protect
from narvaro.timetable import Month


@dataclass(frozen=True, slots=True)
class Leaving:
    """A report that may leave the school, and what of its tables was printed and hidden.

    Next month's report needs `protected`: what has been printed is known.
    """

    report: SchoolMonthReport
    protected: Protected


def leaving_school(
    report: SchoolMonthReport, *, limit: int = 5, earlier: Sequence[Protected] = ()
) -> Leaving:
    """The report with small cells, and those that would give one away, replaced by None.

    `earlier` are the reports of this school already handed out, oldest first; give at least last
    month's. Lists of pupils, the kinds of absence and counts of moves that are small are left out.
    Raises HeldForConfirmation when earlier reports already give a small cell away.
    """
    tables = counts_of(report)
    try:
        protected = protect(tables, limit=limit, earlier=earlier)
    except CannotBeProtected as fault:
        raise HeldForConfirmation(
            "The report cannot leave the school: an earlier report gives a small number away.",
            remedy="Hand the report out inside the school only, or withdraw the earlier one.",
        ) from fault
    return Leaving(_printable(report, protected.count), protected)


def _printable(report: SchoolMonthReport, count: Callable[[Key], int | None]) -> SchoolMonthReport:
    before = report.bands_before and _printable_bands(report, report.month.plus(-1), count)
    return replace(
        report,
        pupils=count(whole_key(report, report.month, PUPILS)),
        bands=_printable_bands(report, report.month, count),
        bands_before=before,
        trend=tuple(_printable_point(report, point, count) for point in report.trend),
        stages=tuple(_printable_stage(report, row, count) for row in with_totals(report.stages)),
        moves=_printable_moves(report, count),
        flagged=(),
        how=replace(report.how, minutes=_without_kinds(report.how.minutes)),
    )


def _without_kinds(minutes: Minutes) -> Minutes:
    """The sum of absence only: a kind of absence may be one pupil's."""
    return replace(minutes, valid=minutes.absent, invalid=0, unclassified=0, leave=0)


def _printable_bands(
    report: SchoolMonthReport, month: Month, count: Callable[[Key], int | None]
) -> Bands:
    return Bands(*(count(band_key(report, month, band)) for band in BANDS))


def _printable_point(
    report: SchoolMonthReport, point: TrendPoint, count: Callable[[Key], int | None]
) -> TrendPoint:
    return replace(
        point,
        at_or_above=count(whole_key(report, point.month, ABOVE)),
        assessed=count(whole_key(report, point.month, ASSESSED)),
    )


def _printable_stage(
    report: SchoolMonthReport, row: StageBySex, count: Callable[[Key], int | None]
) -> StageBySex:
    return replace(
        row,
        assessed=count(stage_key(report, ASSESSED, row.stage, row.sex)),
        at_or_above=count(stage_key(report, ABOVE, row.stage, row.sex)),
    )


def _printable_moves(report: SchoolMonthReport, count: Callable[[Key], int | None]) -> Moves:
    if report.bands_before is None:
        return Moves(None, None)
    return Moves(count(move_key(report, "in")), count(move_key(report, "out")))
