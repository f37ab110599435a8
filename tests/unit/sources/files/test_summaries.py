"""What a row of a report says of a pupil's period."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.unit.sources.files.reading import SUMMARIES, read, refusal, rows, said, with_columns

from narvaro.sources.files import read_profile
from narvaro.sources.files.shelf import shipped_profiles

HEAD = "Elev;Skola;Från;Till;Tid"
ROW = "p1;Ekskolan;2026-08-17;2026-12-18;16284"
TWO = with_columns(
    SUMMARIES, 'valid_minutes = { header = "G" }', 'invalid_minutes = { header = "O" }'
)
ALL = "offered_minutes, valid_minutes, invalid_minutes, unclassified_minutes, precision"


def test_minutes_are_exact(tmp_path: Path) -> None:
    delivery = read(f"{HEAD};G;O\n{ROW};2000;443", TWO, tmp_path)

    assert rows(delivery, "period_summaries", ALL) == [(16284, 2000, 443, None, "exact")]


def test_empty_is_unknown_and_never_zero(tmp_path: Path) -> None:
    delivery = read(f"{HEAD};G;O\n{ROW};;0", TWO, tmp_path)

    assert rows(delivery, "period_summaries", ALL) == [(16284, None, 0, None, "exact")]


@pytest.mark.parametrize(
    ("column", "cell", "minutes", "precision"),
    [
        ('unit = "percent"', "15", 2443, "rounded"),
        ('unit = "percent"', "15,0 %", 2443, "rounded"),
        ('unit = "percent"', "0", 0, "rounded"),
        ('unit = "share"', "0,15", 2443, "rounded"),
        ('unit = "hours"', "40,7", 2442, "rounded"),
        ('unit = "hours"', "40,72", 2443, "exact"),
        ('unit = "hours", decimals = 2', "40,7", 2442, "exact"),
        ('unit = "clock"', "40:43", 2443, "exact"),
    ],
)
def test_what_was_rounded_is_marked_rounded(
    column: str, cell: str, minutes: int, precision: str, tmp_path: Path
) -> None:
    profile = with_columns(SUMMARIES, f'valid_minutes = {{ header = "G", {column} }}')

    delivery = read(f"{HEAD};G\n{ROW};{cell}", profile, tmp_path)

    assert rows(delivery, "period_summaries", "valid_minutes, precision") == [(minutes, precision)]


def test_all_absence_less_what_is_named_is_unclassified(tmp_path: Path) -> None:
    profile = with_columns(TWO, 'absent_minutes = { header = "F" }')

    delivery = read(f"{HEAD};G;O;F\n{ROW};100;50;200", profile, tmp_path)

    assert rows(delivery, "period_summaries", ALL) == [(16284, 100, 50, 50, "exact")]


def test_the_rest_of_absence_is_invalid_where_the_profile_says_so(tmp_path: Path) -> None:
    profile = with_columns(
        SUMMARIES, 'valid_minutes = { header = "G" }', 'absent_minutes = { header = "F" }'
    )
    profile += '[rows]\nrest_of_absence = "invalid"\n'

    delivery = read(f"{HEAD};G;F\n{ROW};100;200", profile, tmp_path)

    assert rows(delivery, "period_summaries", ALL) == [(16284, 100, 100, None, "exact")]


VKLASS = """Närvaro 2026-08-17 - 2026-12-18;;;;;;;
Personnummer;Skola;Undv. tid;N min;GF min;F min;Ej reg tid
20100315-1230;Ekskolan;16284;{present};200;100;{left}
"""


@pytest.mark.parametrize(
    ("present", "left", "acknowledged", "precision"),
    [
        ("14000", "12", 14300, "exact"),
        ("15984", "12", 14330, "rounded"),
        ("15984", "0", 16284, "exact"),
    ],
)
def test_reported_time_is_the_sum_unless_the_share_not_reported_contradicts_it(
    present: str, left: str, acknowledged: int, precision: str, tmp_path: Path
) -> None:
    text = VKLASS.format(present=present, left=left)
    profile = shipped_profiles()["vklass-report-minutes"]

    delivery = read(text, profile, tmp_path)

    found = rows(delivery, "period_summaries", 'acknowledged_minutes, precision, "from", "to"')
    assert found == [(acknowledged, precision, date(2026, 8, 17), date(2026, 12, 18))]


def test_a_month_is_its_first_to_its_last_day(tmp_path: Path) -> None:
    profile = TWO.replace(
        'from = { header = "Från" }\nto = { header = "Till" }',
        'month = { header = "Månad", form = "YYYY-MM" }',
    )

    delivery = read("Elev;Skola;Månad;Tid;G;O\np1;Ekskolan;2028-02;5000;0;0", profile, tmp_path)

    assert rows(delivery, "period_summaries", '"from", "to"') == [
        (date(2028, 2, 1), date(2028, 2, 29))
    ]


def test_a_title_that_names_no_period_refuses_the_file_once(tmp_path: Path) -> None:
    text = VKLASS.format(present=14000, left=12).replace("2026-08-17 - ", "t.o.m. ")

    faults = refusal(text, shipped_profiles()["vklass-report-minutes"], tmp_path)

    assert [fault.problem for fault in faults] == [
        "the rows above the header do not name one period"
    ]


def test_the_day_a_report_was_printed_is_no_part_of_its_period(tmp_path: Path) -> None:
    text = "Utskriven 2027-01-11;;\n" + VKLASS.format(present=14000, left=12)

    delivery = read(text, shipped_profiles()["vklass-report-minutes"], tmp_path)

    assert rows(delivery, "period_summaries", '"from", "to"') == [
        (date(2026, 8, 17), date(2026, 12, 18))
    ]


def test_several_rows_of_a_pupil_are_refused_until_the_profile_says_what_they_are(
    tmp_path: Path,
) -> None:
    profile = with_columns(TWO, 'class = { header = "Klass" }')
    text = f"{HEAD};G;O;Klass\n{ROW};100;0;7A\n{ROW};200;0;7B\n"
    folder = tmp_path / "refused"
    folder.mkdir()
    faults = refusal(text, profile, folder)
    assert [(fault.line, fault.problem) for fault in faults] == [
        (3, "the same pupil, school and period as on line 2")
    ]

    delivery = read(text, profile + '[rows]\nseveral_per_pupil = "sum"\n', tmp_path)

    assert rows(delivery, "period_summaries", ALL) == [(32568, 300, 0, None, "exact")]


def test_one_part_of_a_total_cannot_come_twice(tmp_path: Path) -> None:
    profile = with_columns(TWO, 'class = { header = "Klass" }')
    text = f"{HEAD};G;O;Klass\n{ROW};100;0;7A\n{ROW};100;0;7A\n"

    faults = refusal(text, profile + '[rows]\nseveral_per_pupil = "sum"\n', tmp_path)

    assert "same part" in faults[0].problem


def test_a_row_that_says_the_same_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    delivery = read(f"{HEAD};G;O\n{ROW};100;0\n{ROW};100;0\n", TWO, tmp_path)

    assert delivery.counts["period_summaries"] == 1
    assert said(delivery) == {"a row that says what another says was left out": 1}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (f"{ROW};16000;300", "more minutes are accounted for than were offered"),
        (f"{ROW};-1;0", "below zero"),
        ("p1;Ekskolan;2026-12-18;2026-08-17;16284;0;0", "ends before it begins"),
        ("p1;Ekskolan;2026-08-17;2026-08-17;1441;0;0", "more time than the period has"),
        ("p1;Ekskolan;;2026-08-17;100;0;0", "period is missing"),
        ("p1;Ekskolan;2026-08-17;2026-12-18;200000 min;0;0", "more time than the period"),
    ],
)
def test_impossible_rows_are_refused(row: str, problem: str, tmp_path: Path) -> None:
    faults = refusal(f"{HEAD};G;O\n{row}", TWO, tmp_path)

    assert any(problem in fault.problem for fault in faults)


def test_a_share_above_all_is_refused(tmp_path: Path) -> None:
    profile = with_columns(SUMMARIES, 'valid_minutes = { header = "G", unit = "percent" }')

    assert "above 100 %" in refusal(f"{HEAD};G\n{ROW};101", profile, tmp_path)[0].problem


def test_rounding_alone_never_makes_more_absence_than_time(tmp_path: Path) -> None:
    profile = with_columns(
        SUMMARIES,
        'valid_minutes = { header = "G", unit = "percent" }',
        'invalid_minutes = { header = "O", unit = "percent" }',
    )

    delivery = read(
        f"{HEAD.replace('Tid', 'Tid')};G;O\n{ROW.replace('16284', '101')};50;50", profile, tmp_path
    )

    (found,) = rows(delivery, "period_summaries", "valid_minutes + invalid_minutes")
    assert found[0] <= 101


def test_every_shipped_profile_is_sound_and_says_what_it_assumes() -> None:
    for name in shipped_profiles():
        profile = read_profile(name)
        assert profile.name == name
        assert profile.title
        assert profile.source
        assert profile.assumptions
