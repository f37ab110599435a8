"""The calendar, the rolling line, the years and the patterns: nothing is hidden, nothing invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.template import engines
from tests.web.ui.charts.drawing import SVG, drawn, html, words
from tests.web.ui.charts.examples import CALENDAR, ROLLING, YEARS

from narvaro.web.ui.charts import CalendarDay, DayKind, PatternGrid, PatternRow, SparkLine
from narvaro.web.ui.charts.pattern import cell_of
from narvaro.web.ui.charts.words import short_day

NBSP = "\N{NO-BREAK SPACE}"


def _square(day: date) -> dict[str, float]:
    """What fills a day's square in the widest drawing: class → share of the square."""
    drawing = CALENDAR.drawn[0]
    found = next(one for one in drawing.squares if one.says.startswith(short_day(day)))
    return {part.kind: part.height / drawing.side for part in found.parts}


def test_a_square_fills_with_the_share_of_the_day_that_was_missed() -> None:
    found = _square(date(2026, 11, 2))

    assert found["c-band4"] == pytest.approx(100 / 300, abs=0.01)
    assert found["c-band3"] == pytest.approx(3 / 21, abs=0.01)


def test_any_absence_at_all_can_be_seen() -> None:
    assert _square(date(2026, 11, 2))["c-striped"] == pytest.approx(3 / 21)


def test_what_nobody_acknowledged_is_hatched_and_nothing_else() -> None:
    assert _square(date(2026, 11, 3)) == {"c-hatched": 1.0}


def test_a_day_without_lessons_known_is_no_square_and_not_a_present_one() -> None:
    drawing = CALENDAR.drawn[0]

    assert len(drawing.squares) == sum(day.kind == DayKind.LESSONS for day in CALENDAR.days)
    assert drawing.dots.count("M") == 1


def test_leave_has_its_letter_and_a_break_its_name() -> None:
    assert [one.letter for one in CALENDAR.drawn[0].squares].count("L") == 1
    assert "höstlov" in words(drawn(CALENDAR)[0])


def test_a_staff_day_says_its_name_when_it_is_pointed_at_and_in_the_table() -> None:
    assert any(says.endswith("Studiedag") for _x, _y, says in CALENDAR.drawn[0].days_off)
    assert any("Studiedag" in row[0] for row in CALENDAR.table.rows)


def test_every_day_with_absence_stands_in_the_table() -> None:
    with_absence = [day for day in CALENDAR.days if day.absent]

    assert sum(row[-1] not in ("", "–", f"0,0{NBSP}%") for row in CALENDAR.table.rows) == len(
        with_absence
    )


def test_a_day_without_acknowledged_lessons_has_no_share_rather_than_none_missed() -> None:
    row = next(row for row in CALENDAR.table.rows if f"3{NBSP}nov" in row[0])

    assert row[-1] == "–"


def test_a_narrow_page_gets_the_term_and_the_whole_year_when_it_is_asked_for() -> None:
    year = replace(CALENDAR, days=(*CALENDAR.days, CalendarDay(date(2027, 2, 1), DayKind.AHEAD)))

    assert [one.days[-1].on.year for one in year.drawn] == [2027, 2026, 2026]
    everywhere = replace(year, whole_year_everywhere=True)
    assert [one.days[-1].on.year for one in everywhere.drawn] == [2027] * 3


def test_the_line_begins_with_the_first_point_and_the_time_before_it_says_why() -> None:
    assert "färre än 20 skoldagar" in words(drawn(ROLLING)[0])
    assert not drawn(replace(ROLLING, points=[]))[0].findall(f".//{SVG}polyline")


def test_a_point_just_under_the_limit_is_not_written_as_the_limit() -> None:
    assert any(
        row[1] == f"14,9{NBSP}%" for row in replace(ROLLING, points=ROLLING.points[:1]).table.rows
    )


def test_what_lessons_not_acknowledged_could_change_is_hatched() -> None:
    areas = drawn(ROLLING)[0].iter(f"{SVG}polygon")

    assert [one.get("fill") for one in areas] == ["url(#chart-hatch)"]


def test_two_things_done_on_days_beside_each_other_do_not_cover_each_other() -> None:
    heights = [y for _x, y, _n, _says in ROLLING.drawn[0].marks]

    assert len(set(heights)) == 2


def test_flags_and_what_was_done_stand_in_the_table_too() -> None:
    happened = [row[-1] for row in ROLLING.table.rows if row[-1]]

    assert happened == ["Flagga", "1. Samtal", "2. Möte"]


def test_a_month_that_is_not_known_breaks_a_years_line() -> None:
    lines = [one.get("class") for one in drawn(YEARS)[0].iter(f"{SVG}polyline")]

    assert lines == ["c-line-b", "c-line-b", "c-line-a"]


def test_every_year_is_named_with_its_whole_share() -> None:
    assert {f"2025/26 6,0{NBSP}%", f"2026/27 15,0{NBSP}%"} <= set(words(drawn(YEARS)[0]))


@pytest.mark.parametrize(
    ("share", "step", "says"),
    [
        (None, 0, "–"),
        ((0, 0), 0, "–"),
        ((0, 60), 1, "0"),
        ((999, 10000), 1, "9"),
        ((10, 100), 2, "10"),
        ((1999, 10000), 2, "19"),
        ((20, 100), 3, "20"),
        ((35, 100), 4, "35"),
    ],
)
def test_a_pattern_cell_says_its_number_on_its_own_side_of_each_step(
    share: tuple[int, int] | None, step: int, says: str
) -> None:
    assert cell_of(share) == (step, says)


def test_a_pattern_is_a_table_with_a_number_in_every_cell() -> None:
    grid = PatternGrid(
        "Mest på onsdagar",
        ["mån", "tis"],
        [PatternRow("Lektion 1", [(1, 2), None])],
        whole=PatternRow("Hela dagen", [(1, 4), (0, 4)]),
    )
    written = (
        engines["django"]
        .from_string("{% load charts %}{% pattern_grid grid %}")
        .render({"grid": grid})
    )

    assert '<span class="pattern-4">50</span>' in written
    assert '<span class="pattern-0">–</span>' in written
    assert "<td>25</td><td>0</td>" in written


def test_a_spark_line_breaks_where_nothing_is_known() -> None:
    spark = SparkLine("8 till 17 %", [(8, 100), None, (12, 100), (17, 100)])

    assert len(spark.lines) == 2
    assert spark.end is not None
    assert replace(spark, shares=[(1, 10), None]).end is None


def test_the_legend_names_the_lighter_tone_only_where_it_is_used() -> None:
    assert "Oklassad frånvaro" in html(CALENDAR)
    assert "Oklassad frånvaro" not in html(replace(CALENDAR, days=CALENDAR.days[:4]))


def test_only_squares_that_can_be_pointed_at_say_what_they_hold() -> None:
    *large, smallest = CALENDAR.drawn

    assert all(one.says for drawing in large for one in drawing.squares)
    assert not any(one.says for one in smallest.squares)
