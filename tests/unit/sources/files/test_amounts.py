"""Minutes, hours, clock durations and percentages."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narvaro.sources.files.amounts import bare_number, is_empty, own_unit, read_amount
from narvaro.sources.files.reading_faults import CellUnreadable

MINUTES = st.integers(0, 100_000)


@pytest.mark.parametrize(
    ("text", "unit", "minutes"),
    [
        ("45", "minutes", 45),
        ("45 min", "hours", 45),
        ("0:45", "minutes", 45),
        ("0,75", "hours", 45),
        ("0.75", "hours", 45),
        ("1 tim 15 min", "minutes", 75),
        ("1h 15", "clock", 75),
        ("1 h 5 m", "minutes", 65),
        ("1,5 timmar", "clock", 90),
        ("312:30", "clock", 18_750),
        ("1\u00a0234", "minutes", 1_234),
        ("00:45:00", "minutes", 45),
        ("16284", "minutes", 16_284),
    ],
)
def test_a_cell_that_says_its_own_unit_is_read_so_and_a_bare_number_as_the_column(
    text: str, unit: str, minutes: int
) -> None:
    assert read_amount(text, unit=unit, decimals=2 if unit == "hours" else None).value == minutes


@pytest.mark.parametrize(
    ("text", "decimals", "minutes"),
    [
        ("0,67", None, 40),
        ("1,33", None, 80),
        ("1,5", 2, 90),
        ("2", 2, 120),
        ("1,5", None, None),
        ("0,7", None, None),
    ],
)
def test_hours_with_two_decimals_tell_the_minute_and_with_one_they_do_not(
    text: str, decimals: int | None, minutes: int | None
) -> None:
    assert read_amount(text, unit="hours", decimals=decimals).whole_minutes == minutes


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.500 min"])
def test_a_mark_that_can_part_thousands_or_decimals_is_not_guessed(text: str) -> None:
    with pytest.raises(CellUnreadable) as told:
        read_amount(text, unit="minutes")
    assert "file.decimal" in told.value.remedy
    assert read_amount(text, unit="hours", mark="," if "." in text else ".").value > 1_000


def test_a_percentage_is_a_share_and_never_minutes() -> None:
    assert read_amount("12,5 %", unit="percent").value == Fraction(1, 8)
    assert read_amount("12,5", unit="percent").is_share
    with pytest.raises(CellUnreadable):
        read_amount("12,5 %", unit="minutes")
    with pytest.raises(CellUnreadable):
        read_amount("12 min", unit="percent")


@pytest.mark.parametrize(
    "text", ["x", "4 5", "45 apples", "1:75", "1e3", "=45", "--5", "45 min 3", "9" * 50, "٤٥ x"]
)
def test_what_is_no_amount_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(CellUnreadable) as told:
        read_amount(text, unit="minutes")
    assert text not in told.value.problem + told.value.remedy


@pytest.mark.parametrize("text", ["", " ", "-", "–", "—"])
def test_a_dash_is_an_empty_cell(text: str) -> None:
    assert is_empty(text)


@given(MINUTES)
def test_every_way_to_print_whole_minutes_reads_back_the_same(minutes: int) -> None:
    clock = f"{minutes // 60}:{minutes % 60:02d}"
    hours = f"{minutes / 60:.2f}".replace(".", ",")
    printed = {
        "minutes": [str(minutes), f"{minutes} min", clock],
        "clock": [clock, f"{minutes // 60} tim {minutes % 60} min"],
        "hours": [f"{hours} h", hours],
    }
    for unit, texts in printed.items():
        for text in texts:
            assert read_amount(text, unit=unit, mark=",").whole_minutes == minutes


@given(st.text(max_size=60), st.sampled_from(["minutes", "hours", "clock", "percent", "share"]))
def test_any_text_is_an_amount_or_is_refused_in_one_way(text: str, unit: str) -> None:
    own_unit(text)
    bare_number(text)
    try:
        found = read_amount(text, unit=unit)
    except CellUnreadable:
        return
    assert found.half >= 0
