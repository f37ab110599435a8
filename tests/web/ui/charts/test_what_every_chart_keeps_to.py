"""Every chart: a named picture, numbers a browser reads, no inline style, text one can read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.web.ui.charts.drawing import drawn, html, title, words
from tests.web.ui.charts.examples import CHARTS

import narvaro.web.ui
from narvaro.web.ui.charts.chart import Chart

UI = Path(narvaro.web.ui.__file__).parent
EVERY = pytest.mark.parametrize("chart", CHARTS, ids=lambda one: type(one).__name__)


@EVERY
def test_a_drawing_is_one_picture_whose_name_states_the_result(chart: Chart) -> None:
    for svg in drawn(chart):
        assert svg.get("role") == "img"
        assert title(svg) == chart.title


@EVERY
def test_a_number_of_a_drawing_never_has_a_comma(chart: Chart) -> None:
    for svg in drawn(chart, "sv"):
        for one in svg.iter():
            for name in ("x", "y", "width", "height", "cx", "cy", "r", "rx", "viewBox"):
                assert "," not in one.get(name, ""), (one.tag, name, one.get(name))


@EVERY
def test_nothing_is_styled_in_place(chart: Chart) -> None:
    assert not re.search(r"\sstyle=", html(chart))


@EVERY
def test_every_chart_has_a_table_with_as_many_cells_as_heads(chart: Chart) -> None:
    table = chart.table

    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.head)}


@EVERY
def test_a_chart_is_drawn_in_english_too(chart: Chart) -> None:
    assert [words(svg) for svg in drawn(chart, "en")]


def test_no_text_of_a_chart_is_smaller_than_twelve_pixels() -> None:
    rules = (UI / "static/ui/charts.css").read_text("utf-8")
    sizes = re.findall(r"\.c-t[^{]*\{[^}]*font-size:\s*([\d.]+)px", rules)

    assert sizes
    assert min(map(float, sizes)) >= 12


def test_no_template_of_a_chart_has_a_colour_of_its_own() -> None:
    for template in (UI / "templates/ui/charts").glob("*.html"):
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b", template.read_text("utf-8")), template.name
