"""Every count of pupils in a report as a cell, and how the cells hang together."""

from __future__ import annotations

from collections.abc import Iterable

from narvaro.reporting.content import (
    Bands,
    Count,
    SchoolMonthReport,
    TrendPoint,
    with_totals,
)
from narvaro.small_numbers import TOTAL, Cell, Equation, Key, Tables
from narvaro.timetable import Month

BANDS = ("under 5", "5 to under 15", "15 to under 25", "25 or more", "cannot tell")
ABOVE, ASSESSED, BELOW, PUPILS = "at or above", "assessed", "below", "pupils"
_REACHING, _SHORT = "the limit's band, reaching it", "the limit's band, short of it"


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


def band_key(report: SchoolMonthReport, month: Month, band: str) -> Key:
    return Key(_table(report, month, "bands"), band, PUPILS)


def whole_key(report: SchoolMonthReport, month: Month, part: str) -> Key:
    return Key(_table(report, month, "school"), part, TOTAL)


def stage_key(report: SchoolMonthReport, part: str, stage: str, sex: str) -> Key:
    return Key(_table(report, report.month, part), stage, TOTAL if sex == "all" else sex)


def move_key(report: SchoolMonthReport, direction: str) -> Key:
    return Key(_table(report, report.month, "moves"), direction, PUPILS)


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
            yield Cell(band_key(report, month, band), _number(count))
        everyone = sum(_number(count) for count in bands.in_order)
        is_shown = month == report.month
        yield Cell(whole_key(report, month, PUPILS), everyone, shown=is_shown)
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
        yield Cell(band_key(report, month, _REACHING), reaching, shown=False)
        yield Cell(band_key(report, month, _SHORT), counts[place] - reaching, shown=False)


def _band_of_limit(report: SchoolMonthReport) -> int:
    return sum(report.how.limit.percent >= edge for edge in (5, 15, 25))


def _trend_cells(report: SchoolMonthReport, point: TrendPoint) -> Iterable[Cell]:
    above, assessed = _number(point.at_or_above), _number(point.assessed)
    yield Cell(whole_key(report, point.month, ABOVE), above, base=assessed)
    yield Cell(whole_key(report, point.month, ASSESSED), assessed)
    yield Cell(whole_key(report, point.month, BELOW), assessed - above, shown=False)


def _stage_cells(report: SchoolMonthReport) -> Iterable[Cell]:
    for row in with_totals(report.stages):
        above, assessed = _number(row.at_or_above), _number(row.assessed)
        yield Cell(stage_key(report, ABOVE, row.stage, row.sex), above, base=assessed)
        yield Cell(stage_key(report, ASSESSED, row.stage, row.sex), assessed)
        yield Cell(stage_key(report, BELOW, row.stage, row.sex), assessed - above, shown=False)


def _move_cells(report: SchoolMonthReport) -> Iterable[Cell]:
    if report.bands_before is not None:
        yield Cell(move_key(report, "in"), _number(report.moves.in_count))
        yield Cell(move_key(report, "out"), _number(report.moves.out_count))


def _sums(report: SchoolMonthReport) -> Iterable[Equation]:
    months = [point.month for point in report.trend]
    for month in dict.fromkeys([*months, report.month.plus(-1), report.month]):
        yield from _month_sums(report, month)
    yield from _stage_sums(report)
    now, before = report.month, report.month.plus(-1)
    yield Equation(
        (whole_key(report, now, ABOVE), move_key(report, "out")),
        (whole_key(report, before, ABOVE), move_key(report, "in")),
    )


def _month_sums(report: SchoolMonthReport, month: Month) -> Iterable[Equation]:
    bands = [band_key(report, month, band) for band in BANDS]
    assessed, everyone = whole_key(report, month, ASSESSED), whole_key(report, month, PUPILS)
    above = whole_key(report, month, ABOVE)
    yield Equation((assessed,), (above, whole_key(report, month, BELOW)))
    yield Equation((assessed,), tuple(bands[:4]))
    yield Equation((everyone,), tuple(bands))
    yield Equation((everyone,), (assessed, bands[4]))
    place, reaching = _band_of_limit(report), band_key(report, month, _REACHING)
    yield Equation((above,), (reaching, *bands[place + 1 : 4]))
    yield Equation((bands[place],), (reaching, band_key(report, month, _SHORT)))
    yield Equation((above,), tuple(bands[place:4]))


def _stage_sums(report: SchoolMonthReport) -> Iterable[Equation]:
    rows = with_totals(report.stages)
    stages = tuple(dict.fromkeys(row.stage for row in rows))
    for part in (ABOVE, ASSESSED, BELOW):
        whole = whole_key(report, report.month, part)
        yield Equation((whole,), tuple(stage_key(report, part, stage, "all") for stage in stages))
        for stage in stages:
            sexes = [row.sex for row in rows if row.stage == stage and row.sex != "all"]
            yield Equation(
                (stage_key(report, part, stage, "all"),),
                tuple(stage_key(report, part, stage, sex) for sex in sexes),
            )
    for row in rows:
        yield Equation(
            (stage_key(report, ASSESSED, row.stage, row.sex),),
            (
                stage_key(report, ABOVE, row.stage, row.sex),
                stage_key(report, BELOW, row.stage, row.sex),
            ),
        )
