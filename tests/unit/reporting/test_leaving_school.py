"""What leaves the school: no pupils, no small numbers, and nothing that gives them away."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace

import pytest
from tests.support import reports

from narvaro.errors import HeldForConfirmation
from narvaro.reporting import counts_of, leaving_school, month_report_page
from narvaro.reporting.content import Bands, SchoolMonthReport
from narvaro.small_numbers import Protected

KEYS = [row.pupil for row in reports.flagged()] + ["7B-19", "6B-13", "9B-06"]


def leaving() -> SchoolMonthReport:
    return leaving_school(reports.school_report()).report


def test_no_pupil_key_and_no_reason_leaves_the_school() -> None:
    page = month_report_page(leaving(), audience="leaves_school")

    assert not [key for key in KEYS if key in page]
    assert "Närvarar igen" not in page
    assert "Elevlistan lämnar inte skolan." in page


def test_a_small_group_is_not_shown_and_its_row_does_not_give_it_away() -> None:
    shown = {(row.stage, row.sex): row for row in leaving().stages}

    assert shown["7–9", "unknown"].assessed is None
    assert shown["7–9", "all"].assessed == 125
    assert None in (shown["7–9", "female"].assessed, shown["7–9", "male"].assessed)
    assert shown["F–3", "female"].at_or_above == 6


def test_small_moves_are_hidden_with_the_larger_ones_that_would_tell_them() -> None:
    moves = leaving().moves

    assert (moves.in_count, moves.out_count) == (None, None)
    assert (moves.came, moves.left) == ((), ())


def test_a_hidden_band_leaves_no_trace_in_the_drawing() -> None:
    """Two schools that differ only in what is hidden are drawn alike."""
    report = replace(reports.school_report(), trend=(), stages=(), bands_before=None)
    pages = []
    for third, unclear in ((3, 6), (2, 7)):
        bands = Bands(231, 118, third, 20, unclear)
        one = leaving_school(replace(report, pupils=378, bands=bands)).report
        assert one.bands.in_order == (231, 118, None, 20, None)
        pages.append(
            month_report_page(replace(one, trend=reports.trend()), audience="leaves_school")
        )

    assert pages[0] == pages[1]


def test_kinds_of_absence_stay_in_the_school() -> None:
    page = month_report_page(leaving(), audience="leaves_school")

    assert "Ogiltig frånvaro" not in page
    assert "528\u202f900\u00a0min" in page


def test_what_was_hidden_last_month_is_hidden_in_this_months_comparison() -> None:
    report = reports.school_report()
    october = replace(
        report,
        month=report.month.plus(-1),
        bands=Bands(227, 127, 49, 3, 6),
        pupils=412,
        bands_before=None,
        trend=report.trend[:-1],
        stages=(),
    )
    last = leaving_school(october)
    november = replace(report, bands_before=october.bands)

    this = leaving_school(november, earlier=[last.protected]).report

    assert this.bands_before is not None
    assert this.bands_before.from_25 is None


def test_a_report_that_earlier_ones_have_spoiled_is_held() -> None:
    report = replace(reports.school_report(), stages=())
    everyone_but_two = replace(report.trend[-1], at_or_above=404)
    careless = Protected(counts_of(replace(report, trend=(everyone_but_two,))), {})

    with pytest.raises(HeldForConfirmation):
        leaving_school(report, earlier=[careless])


def test_a_report_cannot_go_through_twice() -> None:
    with pytest.raises(ValueError, match="already"):
        leaving_school(leaving())


def test_the_limit_is_a_setting() -> None:
    ten = leaving_school(reports.school_report(), limit=10).report

    assert ten.bands.cannot_tell is None
    assert leaving().bands.cannot_tell == 6


def test_no_hidden_number_stands_in_the_report_under_another_name() -> None:
    """Every whole number in the leaving values is printed, or is no count of pupils."""
    held = leaving_school(reports.school_report())
    hidden = {held.protected.tables.counts()[key] for key in held.protected.hidden}
    printed = set(held.protected.published().values())

    counts = _counts(held.report.bands) | _counts(held.report.stages) | _counts(held.report.moves)
    assert counts <= printed
    assert hidden - printed
    assert not re.search(r"\b(9|4) (in|ut)\b", str(held.report))


def _counts(value: object) -> set[int]:
    if isinstance(value, tuple):
        return {n for inner in value for n in _counts(inner)}
    if is_dataclass(value):
        return {n for one in fields(value) for n in _counts(getattr(value, one.name))}
    return {value} if isinstance(value, int) and not isinstance(value, bool) else set()
