"""What a report may say once it leaves the school: no pupils, and no number that stands for few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from narvaro.errors import HeldForConfirmation
from narvaro.reporting.content import (
    Bands,
    Count,
    Minutes,
    Moves,
    SchoolMonthReport,
    StageBySex,
    TrendPoint,
    with_totals,
)
from narvaro.small_numbers import (
    TOTAL,
    CannotBeProtected,
    Cell,
    Equation,
    Key,
    Protected,
    Tables,
    protect,
)
from narvaro.timetable import Month

BANDS = ("under 5", "5 to under 15", "15 to under 25", "25 or more", "cannot tell")
_REACHING, _SHORT = "the limit's band, reaching it", "the limit's band, short of it"
_ABOVE, _ASSESSED, _BELOW, _PUPILS = "at or above", "assessed", "below", "pupils"


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


def counts_of(report: SchoolMonthReport) -> Tables:
    """Every count of pupils that the report prints or lets a reader work out, with its sums.

    A sum that only happens to be true is taken along: a reader may guess it.
    """
    cells = {
        cell.key: cell
        for cell in (
            *_band_cells(report),
            *(cell for point in report.trend for cell in _trend_cells(report, point)),
            *_stage_cells(report),
            *_move_cells(report),
        )
    }
    counts = {key: cell.count for key, cell in cells.items()}
    sums = [
        equation
        for equation in _sums(report)
        if all(key in counts for key in (*equation.left, *equation.right))
        and sum(counts[k] for k in equation.left) == sum(counts[k] for k in equation.right)
    ]
    return Tables(tuple(cells.values()), tuple(sums))


def _table(report: SchoolMonthReport, month: Month, name: str) -> str:
    return f"{report.school_key} {month} {name}"


def _band(report: SchoolMonthReport, month: Month, band: str) -> Key:
    return Key(_table(report, month, "bands"), band, _PUPILS)


def _whole(report: SchoolMonthReport, month: Month, part: str) -> Key:
    return Key(_table(report, month, "school"), part, TOTAL)


def _stage(report: SchoolMonthReport, part: str, stage: str, sex: str) -> Key:
    return Key(_table(report, report.month, part), stage, TOTAL if sex == "all" else sex)


def _move(report: SchoolMonthReport, direction: str) -> Key:
    return Key(_table(report, report.month, "moves"), direction, _PUPILS)


def _number(count: Count) -> int:
    if count is None:
        raise ValueError("the report has been through leaving_school already")
    return count


def _band_cells(report: SchoolMonthReport) -> Iterable[Cell]:
    for month, bands in (
        (report.month, report.bands),
        (report.month.plus(-1), report.bands_before),
    ):
        if bands is None:
            continue
        for band, count in zip(BANDS, bands.in_order, strict=True):
            yield Cell(_band(report, month, band), _number(count))
        everyone = sum(_number(count) for count in bands.in_order)
        is_shown = month == report.month
        yield Cell(_whole(report, month, _PUPILS), everyone, shown=is_shown)
        yield from _limit_cells(report, month, bands)


def _limit_cells(report: SchoolMonthReport, month: Month, bands: Bands) -> Iterable[Cell]:
    """The two parts of the band that holds the limit: a reader may subtract one from the other."""
    point = next((point for point in report.trend if point.month == month), None)
    if point is None:
        return
    place = _band_of_limit(report)
    counts = [_number(count) for count in bands.in_order[:4]]
    reaching = _number(point.at_or_above) - sum(counts[place + 1 :])
    if 0 <= reaching <= counts[place]:
        yield Cell(_band(report, month, _REACHING), reaching, shown=False)
        yield Cell(_band(report, month, _SHORT), counts[place] - reaching, shown=False)


def _band_of_limit(report: SchoolMonthReport) -> int:
    return sum(report.how.limit.percent >= edge for edge in (5, 15, 25))


def _trend_cells(report: SchoolMonthReport, point: TrendPoint) -> Iterable[Cell]:
    above, assessed = _number(point.at_or_above), _number(point.assessed)
    yield Cell(_whole(report, point.month, _ABOVE), above, base=assessed)
    yield Cell(_whole(report, point.month, _ASSESSED), assessed)
    yield Cell(_whole(report, point.month, _BELOW), assessed - above, shown=False)


def _stage_cells(report: SchoolMonthReport) -> Iterable[Cell]:
    for row in with_totals(report.stages):
        above, assessed = _number(row.at_or_above), _number(row.assessed)
        yield Cell(_stage(report, _ABOVE, row.stage, row.sex), above, base=assessed)
        yield Cell(_stage(report, _ASSESSED, row.stage, row.sex), assessed)
        yield Cell(_stage(report, _BELOW, row.stage, row.sex), assessed - above, shown=False)


def _move_cells(report: SchoolMonthReport) -> Iterable[Cell]:
    if report.bands_before is not None:
        yield Cell(_move(report, "in"), _number(report.moves.in_count))
        yield Cell(_move(report, "out"), _number(report.moves.out_count))


def _sums(report: SchoolMonthReport) -> Iterable[Equation]:
    months = [point.month for point in report.trend]
    for month in dict.fromkeys([*months, report.month.plus(-1), report.month]):
        yield from _month_sums(report, month)
    yield from _stage_sums(report)
    now, before = report.month, report.month.plus(-1)
    yield Equation(
        (_whole(report, now, _ABOVE), _move(report, "out")),
        (_whole(report, before, _ABOVE), _move(report, "in")),
    )


def _month_sums(report: SchoolMonthReport, month: Month) -> Iterable[Equation]:
    bands = [_band(report, month, band) for band in BANDS]
    assessed, everyone = _whole(report, month, _ASSESSED), _whole(report, month, _PUPILS)
    above = _whole(report, month, _ABOVE)
    yield Equation((assessed,), (above, _whole(report, month, _BELOW)))
    yield Equation((assessed,), tuple(bands[:4]))
    yield Equation((everyone,), tuple(bands))
    yield Equation((everyone,), (assessed, bands[4]))
    place, reaching = _band_of_limit(report), _band(report, month, _REACHING)
    yield Equation((above,), (reaching, *bands[place + 1 : 4]))
    yield Equation((bands[place],), (reaching, _band(report, month, _SHORT)))
    yield Equation((above,), tuple(bands[place:4]))


def _stage_sums(report: SchoolMonthReport) -> Iterable[Equation]:
    rows = with_totals(report.stages)
    stages = tuple(dict.fromkeys(row.stage for row in rows))
    for part in (_ABOVE, _ASSESSED, _BELOW):
        whole = _whole(report, report.month, part)
        yield Equation((whole,), tuple(_stage(report, part, stage, "all") for stage in stages))
        for stage in stages:
            sexes = [row.sex for row in rows if row.stage == stage and row.sex != "all"]
            yield Equation(
                (_stage(report, part, stage, "all"),),
                tuple(_stage(report, part, stage, sex) for sex in sexes),
            )
    for row in rows:
        yield Equation(
            (_stage(report, _ASSESSED, row.stage, row.sex),),
            (
                _stage(report, _ABOVE, row.stage, row.sex),
                _stage(report, _BELOW, row.stage, row.sex),
            ),
        )


def _printable(report: SchoolMonthReport, count: Callable[[Key], int | None]) -> SchoolMonthReport:
    before = report.bands_before and _printable_bands(report, report.month.plus(-1), count)
    return replace(
        report,
        pupils=count(_whole(report, report.month, _PUPILS)),
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
    return Bands(*(count(_band(report, month, band)) for band in BANDS))


def _printable_point(
    report: SchoolMonthReport, point: TrendPoint, count: Callable[[Key], int | None]
) -> TrendPoint:
    return replace(
        point,
        at_or_above=count(_whole(report, point.month, _ABOVE)),
        assessed=count(_whole(report, point.month, _ASSESSED)),
    )


def _printable_stage(
    report: SchoolMonthReport, row: StageBySex, count: Callable[[Key], int | None]
) -> StageBySex:
    return replace(
        row,
        assessed=count(_stage(report, _ASSESSED, row.stage, row.sex)),
        at_or_above=count(_stage(report, _ABOVE, row.stage, row.sex)),
    )


def _printable_moves(report: SchoolMonthReport, count: Callable[[Key], int | None]) -> Moves:
    if report.bands_before is None:
        return Moves(None, None)
    return Moves(count(_move(report, "in")), count(_move(report, "out")))
