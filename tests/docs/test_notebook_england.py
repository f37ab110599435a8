"""The notebook on England's attendance runs, shows what it gives, and says what is so."""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from tests.docs.notebook import Ran, cells, run, source

NAME = "england-daily-attendance.ipynb"
FILE = Path(__file__).parents[1] / "data" / "england" / "daily_2022_w37.csv"
Row = dict[str, str]


@pytest.fixture(scope="module")
def ran() -> Ran:
    return run(NAME)


@pytest.fixture(scope="module")
def published() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_page_shows_what_its_cells_print(ran: Ran) -> None:
    assert ran.shown == ran.printed


def test_every_published_rate_is_recomputed(ran: Ran, published: list[Row]) -> None:
    assert set(ran.names["COUNT_OF"]) == {name for name in published[0] if name.endswith("_perc")}
    assert len(set(ran.names["COUNT_OF"].values())) == 16


def test_rates_follow_from_counts_on_all_rows_with_sessions_but_totals(
    ran: Ran, published: list[Row]
) -> None:
    """Held against whole numbers of its own making: |published * possible - 100 * count|."""
    checked = 0
    for row in published:
        possible = int(row["possible_sessions"])
        if not possible or row["school_type"] == "Total":
            continue
        checked += 1
        for rate, count in ran.names["COUNT_OF"].items():
            apart = abs(Fraction(row[rate]) * possible - 100 * int(row[count]))
            assert apart * 1_000_000 <= possible, (row["la_name"], rate)

    assert checked == len(ran.names["agreeing"]) == 2374
    assert "2374 of 2374 rows" in "".join(ran.printed)


def test_totals_differ_from_their_counts_and_the_difference_is_shown(
    ran: Ran, published: list[Row]
) -> None:
    totals = [row for row in published if row["school_type"] == "Total"]
    largest = max(
        abs(
            Fraction(100 * int(row["overall_absence"]), int(row["possible_sessions"]))
            - Fraction(row["overall_absence_perc"])
        )
        for row in totals
    )

    assert len(totals) == 50
    assert abs(ran.names["total_differences"]["overall_absence_perc"]) == largest
    assert Fraction("0.108") < largest < Fraction("0.1081")
    assert "overall_absence_perc               +0.1080" in "".join(ran.printed)


def test_totals_are_their_types_weighted_by_all_pupils(ran: Ran, published: list[Row]) -> None:
    """One of them by hand: the country on 12 September."""
    country = {
        row["school_type"]: row
        for row in published
        if (row["geographic_level"], row["attendance_date"]) == ("National", "2022-09-12")
    }
    rates = {
        kind: Fraction(int(row["overall_absence"]) * 100, int(row["possible_sessions"]))
        for kind, row in country.items()
    }
    weighted = (
        4_615_583 * rates["Primary"] + 3_532_072 * rates["Secondary"] + 144_922 * rates["Special"]
    ) / (4_615_583 + 3_532_072 + 144_922)

    assert abs(weighted - Fraction(country["Total"]["overall_absence_perc"])) < Fraction(1, 10**12)
    assert len(ran.names["explained"]) == 50


def test_a_row_without_sessions_is_no_data(ran: Ran, published: list[Row]) -> None:
    empty = [row for row in published if row["possible_sessions"] == "0"]

    assert [row["la_name"] for row in empty] == ["Kingston upon Thames"]
    assert all(ran.names["recomputed"](empty[0], rate) is None for rate in ran.names["COUNT_OF"])
    assert "absence: no data\n" in "".join(ran.printed)


def test_it_says_what_share_of_schools_had_reported(ran: Ran, published: list[Row]) -> None:
    had: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for row in published:
        if row["school_type"] == "Total":
            had[row["region_name"]] += int(row["num_schools"])
            of[row["region_name"]] += int(row["total_num_schools"])
    overall = Fraction(had.pop(""), of.pop(""))

    assert ran.names["overall"] == overall == Fraction(71_763, 106_110)
    assert ran.names["by_region"] == {name: Fraction(had[name], of[name]) for name in of}
    assert len(ran.names["by_region"]) == 9
    assert "England                     67.6 %" in "".join(ran.printed)


def test_it_names_source_and_licence() -> None:
    words = " ".join(" ".join(source(cell) for cell in cells(NAME, "markdown")).split())
    beside = " ".join((FILE.parent / "README.md").read_text("utf-8").split())

    assert "Open Government Licence v3.0" in words
    assert "Open Government Licence v3.0" in beside
    assert "Department for Education" in words
    assert "Department for Education" in beside
