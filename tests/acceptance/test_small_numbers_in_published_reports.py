"""Two workbooks that left the school, read back by somebody who wants to know who."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook
from tests.support import reports
from tests.support.attacker import Name, Sum, attack

from narvaro.reporting import leaving_school, month_report_xlsx
from narvaro.reporting.content import (
    Bands,
    Moves,
    SchoolMonthReport,
    Share,
    StageBySex,
    TrendPoint,
    with_totals,
)
from narvaro.timetable import Month

SEEDS = range(200 if os.environ.get("NARVARO_LONG") == "1" else 10)
STAGES = ("F–3", "4–6", "7–9")
SEXES = ("female", "male", "unknown")
WORDS = {"Flickor": "female", "Pojkar": "male", "Kön saknas": "unknown", "Alla": "all"}
BANDS = ("b1", "b2", "b3", "b4", "b5")
OCTOBER, NOVEMBER = reports.NOVEMBER.plus(-1), reports.NOVEMBER


def a_report(
    month: Month, pupils: np.ndarray, unclear: int, last: SchoolMonthReport | None
) -> SchoolMonthReport:
    """`pupils` by stage, sex and band."""
    first, second, third, fourth = (int(n) for n in pupils.sum(axis=(0, 1)))
    bands = Bands(first, second, third, fourth, unclear)
    listed = int(pupils[:, :, 2:].sum())
    point = TrendPoint(month, listed, int(pupils.sum()), Share(96, 100))
    stages = tuple(
        StageBySex(stage, sex, int(pupils[s, x].sum()), int(pupils[s, x, 2:].sum()))  # type: ignore[arg-type]
        for s, stage in enumerate(STAGES)
        for x, sex in enumerate(SEXES)
    )
    before = last.trend[-1].at_or_above if last else 0
    net = listed - (before or 0)
    return replace(
        reports.school_report(),
        month=month,
        pupils=int(pupils.sum()) + unclear,
        bands=bands,
        bands_before=last.bands if last else None,
        trend=(*(last.trend if last else ()), point),
        stages=stages,
        moves=Moves(max(net, 0) + 2, max(-net, 0) + 2),
        flagged=(),
    )


def two_reports(seed: int) -> tuple[SchoolMonthReport, SchoolMonthReport]:
    rng = np.random.default_rng(seed)
    size = rng.choice([0.4, 1.5, 5.0, 15.0])
    october = rng.poisson(size * np.array([8, 3, 1, 0.4]), size=(3, 3, 4))
    october[:, 2] = october[:, 2] * (rng.random() < 0.4)
    november = np.maximum(october + rng.integers(-2, 3, size=october.shape), 0)
    first = a_report(OCTOBER, october, int(rng.integers(0, 7)), None)
    return first, a_report(NOVEMBER, november, int(rng.integers(0, 7)), first)


def published(report: SchoolMonthReport) -> dict[Name, int]:
    """Every count of pupils in the workbook that leaves, and how many were measured."""
    data = month_report_xlsx(report, audience="leaves_school")
    found = dict(_cells(load_workbook(BytesIO(data)), str(report.month)))
    if report.pupils is not None:
        found[str(report.month), "pupils"] = report.pupils
    return {name: count for name, count in found.items() if isinstance(count, int)}


def _cells(book: Any, month: str) -> Iterable[tuple[Name, Any]]:
    last = str(OCTOBER)
    for place, row in enumerate(_table(book["Fördelning"], "Missad tid")):
        yield (month, BANDS[place]), row[1]
        if month != last:
            yield (last, BANDS[place]), row[2]
    for row in _table(book["Utveckling"], "Månad"):
        yield (f"{row[0]:%Y-%m}", "above"), row[1]
        yield (f"{row[0]:%Y-%m}", "assessed"), row[2]
    for row in _table(book["Stadium och kön"], "Stadium"):
        yield (month, "above", row[0], WORDS[row[1]]), row[2]
        yield (month, "assessed", row[0], WORDS[row[1]]), row[3]
    if "In och ut" in book.sheetnames:
        for row in _table(book["In och ut"], "Riktning"):
            yield (month, row[0]), row[1]


def _table(sheet: Any, heading: str) -> list[list[Any]]:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return rows[next(n for n, row in enumerate(rows) if row[0] == heading) + 1 :]


def what_everyone_knows(month: str) -> Iterable[Sum]:
    """How the tables of a month hang together, written down by the reader."""
    bands: list[Name] = [(month, band) for band in BANDS]
    yield [(month, "assessed")], bands[:4]
    yield [(month, "pupils")], bands
    yield [(month, "above")], bands[2:4]
    for part in ("above", "assessed", "below"):
        yield [(month, part)], [(month, part, stage, "all") for stage in STAGES]
        for stage in STAGES:
            yield [(month, part, stage, "all")], [(month, part, stage, sex) for sex in SEXES]
    places: list[tuple[str, ...]] = [()]
    places += [(stage, sex) for stage in STAGES for sex in (*SEXES, "all")]
    for place in places:
        yield [(month, "assessed", *place)], [(month, "above", *place), (month, "below", *place)]


def the_truth(report: SchoolMonthReport) -> dict[Name, int]:
    month, point = str(report.month), report.trend[-1]
    above, assessed = point.at_or_above or 0, point.assessed or 0
    true: dict[Name, int] = {
        (month, "pupils"): report.pupils or 0,
        (month, "above"): above,
        (month, "assessed"): assessed,
        (month, "below"): assessed - above,
        (month, "in"): report.moves.in_count or 0,
        (month, "ut"): report.moves.out_count or 0,
    }
    true |= {(month, b): n or 0 for b, n in zip(BANDS, report.bands.in_order, strict=True)}
    for row in with_totals(report.stages):
        over, all_ = row.at_or_above or 0, row.assessed or 0
        true[month, "above", row.stage, row.sex] = over
        true[month, "assessed", row.stage, row.sex] = all_
        true[month, "below", row.stage, row.sex] = all_ - over
    return true


def knowledge() -> list[Sum]:
    october, november = str(OCTOBER), str(NOVEMBER)
    moved: Sum = ([(november, "above"), (november, "ut")], [(october, "above"), (november, "in")])
    return [*what_everyone_knows(october), *what_everyone_knows(november), moved]


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_can_work_out_a_hidden_number_from_two_months_of_workbooks(seed: int) -> None:
    october, november = two_reports(seed)
    last = leaving_school(october)
    this = leaving_school(november, earlier=[last.protected])
    printed = published(last.report) | published(this.report)
    true = the_truth(october) | the_truth(november)
    hidden = [name for name in true if name not in printed and _is_printed_or_small(name, true)]

    bounds = attack(list(true), knowledge(), printed, hidden)

    assert all(printed[name] == true[name] for name in printed if name in true)
    assert not [count for count in printed.values() if 0 < count < 5]
    assert [name for name, interval in bounds.items() if interval.is_one_value] == []


def _is_printed_or_small(name: Name, true: dict[Name, int]) -> bool:
    """Cells the tables have a place for, and small ones that could be subtracted.

    The first month has no comparison, so its moves are nowhere.
    """
    if name[0] == str(OCTOBER) and name[1] in ("in", "ut"):
        return False
    return name[1] != "below" or 0 < true[name] < 5


def test_the_same_reader_finds_a_pupil_when_nothing_is_hidden_but_the_small_cells() -> None:
    """So the silence above is the hiding's doing."""
    october, november = two_reports(3)
    true = the_truth(october) | the_truth(november)
    careless = {name: n for name, n in true.items() if not 0 < n < 5 and name[1] != "below"}
    hidden = [name for name in true if 0 < true[name] < 5]

    bounds = attack(list(true), knowledge(), careless, hidden)

    assert [name for name, interval in bounds.items() if interval.is_one_value]
