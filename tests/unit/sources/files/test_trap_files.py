"""The six trap files: every column is guessed right with a reason, and what is read is right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.data.traps.make_traps import OLD, PUPILS

from narvaro.errors import InputRefused
from narvaro.exchange import check_delivery
from narvaro.sources.files import FileDelivery, inspect_file, profile_from_text, read_file

TRAPS = Path("tests/data/traps")
TODAY = date(2026, 11, 15)

# header: the field it is read for, or None where it is knowingly not read; then settings
EXPECTED: dict[str, dict[str, tuple[str | None, dict[str, object]]]] = {
    "lessons-semicolon-cp1252.csv": {
        "Personnr": ("pupil", {"identifier": "civic"}),
        "Elev": (None, {}),
        "Skola": ("school", {}),
        "Klass": ("class", {}),
        "Undervisningsgrupp": ("group", {}),
        "Ämne": ("subject", {}),
        "Lärarsignatur": ("teachers", {}),
        "Datum": ("date", {"form": "D/M YYYY"}),
        "Tid": ("times", {"form": "H:mm"}),
        "Frånvarotyp": ("status", {}),
        "Frånvaro (tim)": ("absent_minutes", {"unit": "hours", "decimals": 2}),
        "Kvitterad": ("acknowledged", {"yes": ["ja"], "no": ["nej"]}),
    },
    "lessons-excel-mangled.csv": {
        "Klass": ("class", {}),
        "Personnummer": ("pupil", {"identifier": "civic"}),
        "Skola": ("school", {}),
        "Ämne": ("subject", {}),
        "Lektionsid": ("lesson", {}),
        "Datum": ("date", {"form": "YY-MM-DD"}),
        "Start": ("starts", {"form": "H.mm"}),
        "Slut": ("ends", {"form": "H.mm"}),
        "Status": ("status", {}),
        "Orsak": ("reason", {}),
        "Rapporterad": ("acknowledged", {"yes": ["x"]}),
    },
    "summaries-hours-bom.csv": {
        "Skolenhet": ("school", {}),
        "Klass": ("class", {}),
        "Namn": (None, {}),
        "Personnummer": ("pupil", {"identifier": "civic"}),
        "Från": ("from", {"form": "YYYY-MM-DD"}),
        "Till": ("to", {"form": "YYYY-MM-DD"}),
        "Undervisningstid (tim)": ("offered_minutes", {"unit": "hours", "decimals": 2}),
        "Giltig frånvaro (tim)": ("valid_minutes", {"unit": "hours", "decimals": 2}),
        "Ogiltig frånvaro (tim)": ("invalid_minutes", {"unit": "hours", "decimals": 2}),
    },
    "summaries-percent.xlsx": {
        "Enhet": ("school", {}),
        "Klass": ("class", {}),
        "Elev": (None, {}),
        "Personnummer": ("pupil", {"identifier": "civic"}),
        "Undv. tid": ("offered_minutes", {"unit": "minutes"}),
        "Lekt.": (None, {}),
        "N %": ("present_minutes", {"unit": "percent"}),
        "GF %": ("valid_minutes", {"unit": "percent"}),
        "F %": ("invalid_minutes", {"unit": "percent"}),
        "Ej reg tid": ("not_acknowledged", {"unit": "percent"}),
    },
    "summaries-subjects.ods": {
        "Elev-pnr": ("pupil", {"identifier": "civic"}),
        "Skola": ("school", {}),
        "Ämne": ("subject", {}),
        "Fr.o.m.": ("from", {"form": "D/M YY"}),
        "T.o.m.": ("to", {"form": "D/M YY"}),
        "Schemalagd tid": ("offered_minutes", {"unit": "clock"}),
        "Närvaro": ("present_minutes", {"unit": "clock"}),
        "Giltig frånvaro": ("valid_minutes", {"unit": "clock"}),
        "Ogiltig frånvaro": ("invalid_minutes", {"unit": "clock"}),
    },
    "lessons-old.xls": {
        "Skola": ("school", {}),
        "Grupp": ("group", {}),
        "Datum": ("date", {"form": "YYYY-MM-DD"}),
        "Starttid": ("starts", {"form": "H:mm"}),
        "Sluttid": ("ends", {"form": "H:mm"}),
        "Pnr": ("pupil", {"identifier": "civic"}),
        "Status": ("status", {}),
        "Frånvarotid (min)": ("absent_minutes", {"unit": "minutes"}),
    },
}


def read(name: str, into: Path) -> FileDelivery:
    profile = profile_from_text(inspect_file(TRAPS / name, today=TODAY).profile_text)
    return read_file(
        TRAPS / name, profile, keys=lambda kind, value: f"{kind}:{value}", into=into, today=TODAY
    )


def rows(delivery: FileDelivery, table: str, columns: str) -> list[tuple[Any, ...]]:
    file = delivery.folder / f"{table}.parquet"
    with duckdb.connect() as con:
        return con.execute(f"SELECT {columns} FROM '{file}' ORDER BY ALL").fetchall()


def said(delivery: FileDelivery) -> dict[str, int]:
    return {notice.message: notice.count for notice in delivery.notices}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_column_of_a_trap_file_is_guessed_right_and_says_why(name: str) -> None:
    found = inspect_file(TRAPS / name, today=TODAY)

    guessed = {guess.header: (guess.field, dict(guess.settings)) for guess in found.columns}
    assert guessed == EXPECTED[name]
    assert found.cannot_tell == ()
    assert all(guess.why for guess in found.columns)
    assert all(fact.why for fact in found.facts)
    assert found.shape == ("lessons" if name.startswith("lessons") else "period_summaries")


def test_45_min_and_0_45_and_0_75_are_the_same_three_quarters_of_an_hour(tmp_path: Path) -> None:
    delivery = read("lessons-semicolon-cp1252.csv", tmp_path / "out")

    amounts = rows(delivery, "marks", "valid_minutes, invalid_minutes, unclassified_minutes")
    assert {amount for row in amounts for amount in row if amount is not None} == {45, 15}
    assert delivery.counts == {"lessons": 5, "marks": 15, "organisations": 1}


def test_titles_repeated_headers_and_totals_are_no_data_and_are_told_of(tmp_path: Path) -> None:
    delivery = read("lessons-semicolon-cp1252.csv", tmp_path / "out")

    assert said(delivery)["repeated header rows were passed over"] == 1
    assert said(delivery)["total rows were passed over"] == 1
    assert rows(delivery, "organisations", "organisation") == [("Åkerskolan",)]


def test_a_temporary_number_is_a_kind_of_its_own_and_never_a_civic_one(tmp_path: Path) -> None:
    delivery = read("lessons-semicolon-cp1252.csv", tmp_path / "out")

    assert [row[0] for row in rows(delivery, "marks", "DISTINCT pupil")] == [
        f"civic:{PUPILS[0]}",
        f"civic:{PUPILS[1]}",
        "temporary:20130101TF01",
    ]


def test_announced_absence_in_an_unreported_lesson_stays_unreported(tmp_path: Path) -> None:
    delivery = read("lessons-semicolon-cp1252.csv", tmp_path / "out")

    found = rows(delivery, "marks", "DISTINCT reason, acknowledged")
    assert ("notified", "no") in found
    assert ("notified", "yes") not in found


def test_digits_a_spreadsheet_rounded_away_refuse_the_file_and_name_the_line(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputRefused) as refused:
        read("lessons-excel-mangled.csv", tmp_path / "out")

    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(6, "Personnummer")]
    assert "as text" in refused.value.faults[0].remedy
    assert not list((tmp_path / "out").iterdir())


def test_without_the_rounded_line_lost_zeros_come_back_and_doubles_count_once(
    tmp_path: Path,
) -> None:
    text = (TRAPS / "lessons-excel-mangled.csv").read_text("utf-8-sig")
    mended = tmp_path / "mended.csv"
    mended.write_text("\n".join(line for line in text.splitlines() if "E+11" not in line))
    profile = profile_from_text(inspect_file(mended, today=TODAY).profile_text)

    delivery = read_file(
        mended, profile, keys=lambda _, value: value, into=tmp_path / "out", today=TODAY
    )

    pupils = [row[0] for row in rows(delivery, "marks", "DISTINCT pupil")]
    assert pupils == sorted([*OLD, PUPILS[0]])
    assert said(delivery)["a personal number had lost its first zero, which was put back"] == 4
    assert said(delivery)["a row that says what another says was left out"] == 4
    assert delivery.counts["marks"] == 12


def test_two_digit_years_are_this_century(tmp_path: Path) -> None:
    delivery = read("summaries-subjects.ods", tmp_path / "out")

    assert rows(delivery, "period_summaries", 'DISTINCT "from", "to"') == [
        (date(2026, 8, 17), date(2026, 12, 18))
    ]


def test_rows_of_subjects_add_up_to_the_pupils_total(tmp_path: Path) -> None:
    delivery = read("summaries-subjects.ods", tmp_path / "out")

    assert (
        rows(delivery, "period_summaries", "offered_minutes, valid_minutes, precision")
        == [(48 * 60 + 20 + 36 * 60 + 15, 150 + 360, "exact")] * 3
    )


def test_hours_with_two_decimals_give_the_very_minutes(tmp_path: Path) -> None:
    delivery = read("summaries-hours-bom.csv", tmp_path / "out")

    found = rows(
        delivery, "period_summaries", "pupil, offered_minutes, valid_minutes, invalid_minutes"
    )
    assert found == [
        (f"civic:{PUPILS[0]}", 16284, 765, 0),
        (f"civic:{PUPILS[1]}", 16095, 200, 90),
        (f"civic:{PUPILS[2]}", 16284, 40, 1215),
    ]
    assert rows(delivery, "period_summaries", "DISTINCT precision") == [("exact",)]


def test_a_pupil_listed_with_one_total_in_two_classes_counts_once(tmp_path: Path) -> None:
    delivery = read("summaries-hours-bom.csv", tmp_path / "out")

    assert delivery.counts["period_summaries"] == 3
    assert said(delivery)["a row that says what another says was left out"] == 1


def test_percentages_are_rounded_and_never_pretend_to_be_minutes(tmp_path: Path) -> None:
    delivery = read("summaries-percent.xlsx", tmp_path / "out")

    assert rows(delivery, "period_summaries", "DISTINCT precision") == [("rounded",)]
    assert rows(delivery, "period_summaries", 'DISTINCT "from", "to"') == [
        (date(2026, 8, 17), date(2026, 12, 18))
    ]


def test_an_old_workbook_keeps_numbers_dates_and_times(tmp_path: Path) -> None:
    delivery = read("lessons-old.xls", tmp_path / "out")

    assert rows(delivery, "lessons", "CAST(starts_at AT TIME ZONE 'UTC' AS VARCHAR)")[0] == (
        "2026-09-01 06:10:00",
    )
    assert len(rows(delivery, "marks", "DISTINCT pupil")) == 3


@pytest.mark.parametrize("name", [name for name in EXPECTED if "mangled" not in name])
def test_what_a_file_becomes_passes_the_check_of_every_delivery(name: str, tmp_path: Path) -> None:
    delivery = read(name, tmp_path / "out")

    checked = check_delivery(delivery.folder, into=tmp_path / "staged")

    assert checked.faults == ()
    assert checked.delivery is not None
    assert dict(checked.delivery.counts) == dict(delivery.counts)
