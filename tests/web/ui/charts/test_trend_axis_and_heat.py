"""The trend, the axis and the table of registration say what they were given, and no more."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from django.template import engines
from tests.web.ui.charts.drawing import SVG, drawn, words
from tests.web.ui.charts.examples import AXIS, TREND

from narvaro.web.ui.charts import BREAK, NO_TIMETABLE, HeatColumn, HeatRow, HeatTable, Mark
from narvaro.web.ui.charts.heat import cell_of


def _classes(place: int, kind: str) -> list[str]:
    return [one.get("class", "") for one in drawn(TREND)[place].iter(f"{SVG}{kind}")]


def test_a_point_is_hollow_where_less_than_the_goal_was_acknowledged() -> None:
    assert _classes(0, "circle") == ["c-point-open", "c-point-a", "c-point-a", "c-point-open"]


def test_the_line_breaks_where_nothing_is_known() -> None:
    assert _classes(0, "polyline").count("c-line-a") == 2


def test_a_share_just_under_the_goal_is_not_said_to_reach_it() -> None:
    assert "94" in words(drawn(TREND)[0])
    assert TREND.table.rows[0][-1] == "94,9\N{NO-BREAK SPACE}%"


def test_months_without_lessons_are_shaded_and_named() -> None:
    assert "sommarlov" in words(drawn(TREND)[0])
    assert TREND.table.rows[2][1:] == ["–", "–", "–"]


def test_the_axis_never_shows_a_share_on_the_wrong_side_of_its_limit() -> None:
    nearly = replace(AXIS, share=(2442, 16284), low=(2442, 16284), high=(2442, 16284))

    assert "14,9\N{NO-BREAK SPACE}%" in words(drawn(nearly)[0])


def test_the_axis_has_no_point_where_nothing_was_acknowledged() -> None:
    unknown = replace(AXIS, share=None, low=(0, 60), high=(60, 60))

    assert not list(drawn(unknown)[0].iter(f"{SVG}circle"))
    assert unknown.table.rows[1][1] == "–"


def test_the_axis_names_a_limit_that_is_no_whole_number() -> None:
    assert "Gräns 12,5\N{NO-BREAK SPACE}%" in words(drawn(replace(AXIS, limit=Fraction(25, 2)))[0])


@pytest.mark.parametrize(
    ("share", "step", "says"),
    [
        ((95, 100), "good", "95"),
        ((9499, 10000), "near", "94"),
        ((899, 1000), "low", "89"),
        ((799, 1000), "lowest", "79"),
        ((0, 100), "lowest", "0"),
        (NO_TIMETABLE, "no-timetable", "–"),
        (BREAK, "break", ""),
        ((0, 0), "break", ""),
    ],
)
def test_a_cell_is_on_the_side_of_each_limit_where_its_share_is(
    share: object, step: str, says: str
) -> None:
    cell = cell_of(share, HeatTable("", (), (), "").steps)  # type: ignore[arg-type]

    assert (cell.step, cell.says) == (step, says)


def test_the_colours_stand_round_the_goal_that_was_decided() -> None:
    table = HeatTable("", (), (), "", goal=90)

    assert cell_of((90, 100), table.steps).step == "good"
    assert [said for _name, said in table.legend] == ["90 eller mer", "85–89", "75–84", "under 75"]


def test_a_table_of_registration_writes_the_number_in_every_cell() -> None:
    heat = HeatTable(
        "En skola håller 95 %",
        [HeatColumn("43"), HeatColumn("44", "lov"), HeatColumn("45")],
        [HeatRow("Alm", [(94, 100), BREAK, NO_TIMETABLE], ["93,1", Mark("Registrerar")], "/alm")],
        "Skola",
        ["Tid", "Läge"],
    )
    template = engines["django"].from_string("{% load charts %}{% heat_table heat %}")
    written = template.render({"heat": heat})

    assert '<span class="heat-near">94</span>' in written
    assert "inget schema inläst" in written
    assert '<a href="/alm">Alm</a>' in written
    assert " style=" not in written
