"""Personal numbers in their forms, temporary numbers, and what spreadsheets do to them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.sources.files.invented import check_digit, dashed, number, short

from narvaro.sources.files.identifiers import looks_civic, read_identifier, unwrapped
from narvaro.sources.files.reading_faults import CellUnreadable

TODAY = date(2026, 11, 15)
BORN = st.dates(date(1990, 1, 1), TODAY)
CHILD = number("20100315", 123)
WITH_ZERO = number("20070211", 123)


def civic(text: str) -> str:
    return read_identifier(text, kind="civic", today=TODAY).value


@pytest.mark.parametrize(
    "text",
    [
        CHILD,
        dashed(CHILD),
        short(CHILD),
        CHILD[2:],
        f"  {CHILD} ",
        f'="{CHILD}"',
        f"'{CHILD}",
        f"{CHILD}.0",
    ],
)
def test_the_forms_of_a_personal_number_are_one_pupil(text: str) -> None:
    assert civic(text) == CHILD


def test_a_lost_first_zero_is_put_back_and_told() -> None:
    for text in (WITH_ZERO[3:], f"{WITH_ZERO[3:8]}-{WITH_ZERO[8:]}"):
        found = read_identifier(text, kind="civic", today=TODAY)
        assert found.value == WITH_ZERO
        assert found.leading_zero_restored


@pytest.mark.parametrize("text", ["1.5E+11", "2,01003E+11", "2e11", "2,0100315E+11"])
def test_rounded_digits_are_never_made_up(text: str) -> None:
    for kind in ("civic", "external", "key"):
        with pytest.raises(CellUnreadable, match="digits are lost"):
            read_identifier(text, kind=kind, today=TODAY)


def test_an_exponent_that_kept_all_digits_is_the_number() -> None:
    mantissa = f"{CHILD[0]},{CHILD[1:]}E+11"

    assert civic(mantissa) == CHILD


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20130101TF01", "20130101TF01"),
        ("130101-TF01", "20130101TF01"),
        ("20130101-tf01", "20130101TF01"),
        ("130101-T012", "20130101T012"),
    ],
)
def test_a_temporary_number_is_its_own_kind(text: str, value: str) -> None:
    found = read_identifier(text, kind="civic", today=TODAY)

    assert (found.kind, found.value, found.check_digit_fails) == ("temporary", value, False)


def test_a_coordination_number_keeps_its_day_plus_sixty() -> None:
    assert civic("20100375-1230") == "201003751230"


def test_two_digit_years_are_the_latest_that_have_been_and_plus_a_century_before() -> None:
    assert civic("261201-1234").startswith("1926")
    assert civic("261101-1234").startswith("2026")
    assert civic("101201+1234").startswith("1910")


def test_a_wrong_check_digit_is_told_and_a_right_one_is_not() -> None:
    nine = "851332123"  # month 13: no person
    assert (check_digit(nine) + 1) % 10 != check_digit(nine)
    assert read_identifier(CHILD, kind="civic", today=TODAY).check_digit_fails


@pytest.mark.parametrize(
    "text",
    ["20101315-1234", "20100230-1234", "101315-1234", "hej", "12345678", "", "20300101-1234"],
)
def test_impossible_numbers_are_refused_without_repeating_them(text: str) -> None:
    with pytest.raises(CellUnreadable) as told:
        civic(text)
    assert not text or text not in told.value.problem + told.value.remedy


@given(BORN, st.integers(100, 999))
def test_every_form_of_every_number_reads_to_the_same_twelve_digits(
    born: date, serial: int
) -> None:
    twelve = number(f"{born:%Y%m%d}", serial)

    for text in (twelve, dashed(twelve)):
        assert civic(text) == twelve
    if born.year > 1926:
        assert civic(short(twelve)) == twelve


@given(st.text(max_size=80), st.sampled_from(["civic", "external", "key"]))
def test_any_text_is_an_identifier_or_is_refused_in_one_way(text: str, kind: str) -> None:
    unwrapped(text)
    looks_civic(text, today=TODAY)
    try:
        found = read_identifier(text, kind=kind, today=TODAY)
    except CellUnreadable:
        return
    assert found.value
