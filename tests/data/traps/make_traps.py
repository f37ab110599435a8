"""Makes the six trap files again; all that is in them is invented.

    python -m tests.data.traps.make_traps

The XLS needs the package xlwt, which nothing else does; without it that file is left as it is.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from tests.unit.sources.files.invented import dashed, number, short
from tests.unit.sources.files.spreadsheets import Cell, write_csv, write_ods, write_xlsx

HERE = Path(__file__).parent
PUPILS = [
    number(f"2012{month:02d}{day:02d}", 100 + day) for month, day in ((3, 4), (5, 17), (8, 29))
]
OLD = [number("20070211", 123), number("20090930", 246)]


def words(text: str) -> list[str]:
    return text.split("|")


def lessons_semicolon_cp1252() -> Path:
    header = words(
        "Personnr|Elev|Skola|Klass|Undervisningsgrupp|Ämne|Lärarsignatur|Datum|"
        "Tid|Frånvarotyp|Frånvaro (tim)|Kvitterad"
    )
    pupils = [dashed(PUPILS[0]), short(PUPILS[1]), "20130101TF01"]
    kinds = [
        ("Giltig frånvaro", "45 min", "Ja"),
        ("Ogiltig frånvaro", "0:45", "Ja"),
        ("Sen ankomst", "0,25", "Ja"),
        ("Närvarande", "", "Ja"),
        ("Anmäld frånvaro", "0,75", "Nej"),
    ]
    rows: list[list[str]] = [["Frånvarorapport Åkerskolan", *[""] * 11], [""], header]
    for day in (1, 2, 14, 15, 28):
        for at, pupil in enumerate(pupils):
            kind, amount, reported = kinds[(day + at) % len(kinds)]
            rows.append(
                [
                    pupil,
                    "Påhittad Elev",
                    "Åkerskolan",
                    "7A",
                    "7A Ma",
                    "Matematik",
                    "ÖHM",
                    f"{day}/9 2026",
                    "08:10-08:55",
                    kind,
                    amount,
                    reported,
                ]
            )
        if day == 14:
            rows.append(header)
    rows.append(["Totalt", *[""] * 9, "6,25", ""])
    return write_csv(HERE / "lessons-semicolon-cp1252.csv", rows, encoding="cp1252")


def lessons_excel_mangled() -> Path:
    header = words(
        "Klass|Personnummer|Skola|Ämne|Lektionsid|Datum|Start|Slut|Status|Orsak|Rapporterad"
    )
    lost_zero = OLD[0][2:].lstrip("0")
    pupils = [lost_zero, f'="{OLD[1]}"', PUPILS[0]]
    rows: list[list[str]] = [header]
    for day in ("26-09-01", "26-09-02", "26-09-17", "26-09-30"):
        for at, pupil in enumerate(pupils):
            status, reason = [("Frånvarande", "Sjuk"), ("Närvarande", ""), ("Frånvarande", "")][at]
            place = [pupil, "Ekskolan", "Svenska", f"SV-{day}"]
            row = ["8B", *place, day, "9.00", "10.00", status, reason, "x"]
            rows.append(row)
            if at == 1:
                rows.append(["8C", *row[1:]])
    rows.insert(5, ["8B", "2,01203E+11", *rows[4][2:]])
    return write_csv(HERE / "lessons-excel-mangled.csv", rows, encoding="utf-8-sig", delimiter=",")


def summaries_hours_bom() -> Path:
    header = words(
        "Skolenhet|Klass|Namn|Personnummer|Från|Till|Undervisningstid (tim)|"
        "Giltig frånvaro (tim)|Ogiltig frånvaro (tim)"
    )
    data = [("271,4", "12,75", "0"), ("268,25", "3,33", "1,5"), ("271,4", "0,67", "20,25")]
    rows: list[list[str]] = [header]
    for at, (offered, valid, invalid) in enumerate(data):
        row = ["Påhittad Elev", PUPILS[at], "2026-08-17", "2026-12-18", offered, valid, invalid]
        classes = ("9A", "9 Val") if at == 1 else ("9A",)
        rows.extend(["Björkskolan", klass, *row] for klass in classes)
    rows.append(["Medel", *[""] * 5, "270,35", "5,58", "7,25"])
    return write_csv(HERE / "summaries-hours-bom.csv", rows, encoding="utf-8-sig")


def summaries_percent() -> Path:
    rows: list[Sequence[Cell]] = [
        ["Närvarorapport Ekskolan 2026-08-17 - 2026-12-18"],
        [],
        words("Enhet|Klass|Elev|Personnummer|Undv. tid|Lekt.|N %|GF %|F %|Ej reg tid"),
    ]
    shares = [(82, 15, 0, 3), (97, 2, 1, 0), (60, 10, 25, 5)]
    for pupil, (present, valid, invalid, left) in zip(PUPILS, shares, strict=True):
        rows.append(
            ["Ekskolan", "8A", "Påhittad Elev", pupil, 16284, 301, present, valid, invalid, left]
        )
    rows.append(["Genomsnitt", None, None, None, 16284, 301, 80, 9, 9, 3])
    return write_xlsx(HERE / "summaries-percent.xlsx", rows, merged_title=True)


def summaries_subjects() -> Path:
    rows: list[Sequence[Cell]] = [
        ["Utdrag per ämne"],
        words(
            "Elev-pnr|Skola|Ämne|Fr.o.m.|T.o.m.|Schemalagd tid|Närvaro|"
            "Giltig frånvaro|Ogiltig frånvaro"
        ),
    ]
    amounts = [("48:20", "45:00", "2:30", "0:50"), ("36:15", "30:15", "6:00", "0:00")]
    for pupil in ("20130415TF07", dashed(PUPILS[1]), short(PUPILS[2])):
        for subject, cells in zip(("Engelska", "Idrott"), amounts, strict=True):
            rows.append([pupil, "Ekskolan", subject, "17/8 26", "18/12 26", *cells])
    rows.append(["Summa", None, None, None, None, "253:45", "225:45", "25:30", "2:30"])
    return write_ods(HERE / "summaries-subjects.ods", rows)


def lessons_old() -> Path | None:
    try:
        xlwt: Any = importlib.import_module("xlwt")
    except ImportError:
        return None
    header = words("Skola|Grupp|Datum|Starttid|Sluttid|Pnr|Status|Frånvarotid (min)")
    rows: list[Sequence[object]] = [["Lektionslista"], header]
    numbers = [int(OLD[0][2:]), int(OLD[1]), int(PUPILS[2][2:])]
    for day in (1, 2, 3):
        for pupil, status, minutes in zip(
            numbers, ("Ogiltig frånvaro", "Närvarande", "Sen ankomst"), (50, 0, 12), strict=True
        ):
            when = [date(2026, 9, day), time(8, 10), time(9, 0)]
            rows.append(["Ekskolan", "9A En", *when, pupil, status, minutes])
    rows.append(["Totalt", *[""] * 6, 186])
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Blad1")
    day_style, clock_style = (xlwt.easyxf(num_format_str=text) for text in ("YYYY-MM-DD", "hh:mm"))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            style = {date: [day_style], time: [clock_style]}.get(type(cell), [])
            sheet.write(at, column, cell, *style)
    book.save(str(HERE / "lessons-old.xls"))
    return HERE / "lessons-old.xls"


if __name__ == "__main__":
    for make in (
        lessons_semicolon_cp1252,
        lessons_excel_mangled,
        summaries_hours_bom,
        summaries_percent,
        summaries_subjects,
        lessons_old,
    ):
        make()
