"""Files that are broken, hostile or not what they seem: one clear answer, nothing taken in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.sources.files.reading import (
    LESSONS,
    TODAY,
    WORDS,
    read,
    refusal,
    said,
    with_columns,
)
from tests.unit.sources.files.spreadsheets import write_xlsx

from narvaro.errors import BadRequest, InputRefused, NarvaroError, NotFound
from narvaro.sources.files import (
    inspect_file,
    preview,
    profile_from_text,
    read_file,
    read_profile,
    shipped_profiles,
)

HEAD = "Elev;Skola;Datum;Start;Slut;Grupp;Status"
ROW = "p1;Ekskolan;2026-09-01;08:10;09:00;Ma;Sjuk"
STATUS = with_columns(LESSONS, 'status = { header = "Status" }') + WORDS


def test_a_profile_of_another_encoding_is_refused_and_names_the_right_one(tmp_path: Path) -> None:
    text = f"{HEAD}\n{ROW.replace('Ekskolan', 'Åkerskolan')}"
    for says, encoding in (("utf-8", "cp1252"), ("cp1252", "utf-8")):
        folder = tmp_path / says
        folder.mkdir()
        profile = STATUS + f'[file]\nencoding = "{says}"\n'
        (fault,) = refusal(text, profile, folder, encoding=encoding)
        assert fault.remedy == f"Set file.encoding to {encoding}."


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"Elev;Skola\n\x00\x01\x02;\xff\n" * 20)

    with pytest.raises(InputRefused) as refused:
        read_file(file, profile_from_text(STATUS), keys=lambda _, v: v, into=tmp_path / "out")
    assert "cannot tell the encoding" in refused.value.faults[0].problem


@pytest.mark.parametrize("size", [40_000, 10_000_000])
def test_an_enormous_cell_is_refused_at_its_line(size: int, tmp_path: Path) -> None:
    (fault,) = refusal(f"{HEAD}\n{ROW}\n{ROW.replace('Ma', 'x' * size)}", STATUS, tmp_path)

    assert fault.line == 3
    assert len(str(fault)) < 300


def test_a_quotation_mark_that_is_never_closed_is_refused(tmp_path: Path) -> None:
    text = f"{HEAD}\n" + f"{ROW}\n" * 3 + '"' + f"{ROW}\n" * 4_000

    assert refusal(text, STATUS, tmp_path)[0].line == 5


@pytest.mark.parametrize(
    ("start", "said_of_it"),
    [
        (b"<html><table><tr><td>Elev</td></tr></table></html>", "web page"),
        (b"%PDF-1.7 ...", "web page or a document"),
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0 not really a workbook", "damaged"),
        (b"PK\x03\x04 not really a zip", "damaged"),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_said_so(
    start: bytes, said_of_it: str, tmp_path: Path
) -> None:
    file = tmp_path / "report.xls"
    file.write_bytes(start)

    for use in (
        lambda: inspect_file(file, today=TODAY),
        lambda: preview(file, read_profile("generic-lesson-rows")),
    ):
        with pytest.raises(InputRefused) as refused:
            use()
        assert said_of_it in refused.value.faults[0].problem


def test_a_workbook_that_would_unpack_to_gigabytes_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)

    with pytest.raises(InputRefused) as refused:
        inspect_file(file, today=TODAY)
    assert "unpacks" in refused.value.faults[0].problem


def test_formulas_without_a_value_and_with_an_error_are_named_by_their_cells(
    tmp_path: Path,
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.append(HEAD.split(";"))
    page.append(ROW.split(";"))
    page["G2"] = "=CONCATENATE(A1,B1)"
    page["C2"] = "=TODAY()"
    book.save(tmp_path / "a.xlsx")

    with pytest.raises(InputRefused) as refused:
        read_file(
            tmp_path / "a.xlsx",
            profile_from_text(STATUS),
            keys=lambda _, v: v,
            into=tmp_path / "out",
        )

    assert {(fault.line, fault.column) for fault in refused.value.faults} == {(2, "C"), (2, "G")}


def test_a_missing_or_doubled_header_names_it_and_a_missing_file_is_not_found(
    tmp_path: Path,
) -> None:
    (fault,) = refusal(f"{HEAD.replace('Grupp', 'Lag')}\n{ROW}", STATUS, tmp_path)
    assert (fault.line, fault.column) == (1, "grupp")
    folder = tmp_path / "double"
    folder.mkdir()
    (fault,) = refusal(f"{HEAD};Grupp\n{ROW};Ma", STATUS, folder)
    assert "several columns" in fault.problem
    with pytest.raises(NotFound):
        inspect_file(tmp_path / "none.csv")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    read(f"{HEAD}\n{ROW}", STATUS, tmp_path)

    with pytest.raises(BadRequest):
        read(f"{HEAD}\n{ROW}", STATUS, tmp_path)


def test_all_faults_come_at_once_and_a_flood_of_them_is_counted(tmp_path: Path) -> None:
    bad = ROW.replace("08:10", "kl 8")
    text = f"{HEAD}\n" + f"{bad}\n" * 1_500

    with pytest.raises(InputRefused) as refused:
        read(text, STATUS, tmp_path)

    assert refused.value.total == 1_500
    assert len(refused.value.faults) == 1_000


def test_rows_without_a_pupil_can_be_left_out_and_are_counted(tmp_path: Path) -> None:
    text = f"{HEAD}\n{ROW}\n{ROW.replace('p1', '')}\n;;;;;;\n"

    delivery = read(text, STATUS + '[rows]\nwithout_pupil = "leave_out"\n', tmp_path)

    assert delivery.counts["marks"] == 1
    assert said(delivery)["a row without a pupil was left out"] == 1


def test_a_sheet_is_read_by_its_name(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "a.xlsx", [HEAD.split(";"), ROW.split(";")], sheet="Data å")
    profile = STATUS + '[file]\nsheet = "SHEET"\n'

    delivery = read_file(
        file,
        profile_from_text(profile.replace("SHEET", "Data å")),
        keys=lambda _, v: v,
        into=tmp_path / "out",
    )
    assert delivery.counts["marks"] == 1
    with pytest.raises(InputRefused):
        preview(file, profile_from_text(profile.replace("SHEET", "Annat")))


def test_a_file_without_header_is_read_by_positions(tmp_path: Path) -> None:
    profile = STATUS + "[file]\nheader_row = 0\n"
    for position, header in enumerate(HEAD.split(";"), start=1):
        profile = profile.replace(f'header = "{header}"', f"position = {position}")

    assert read(f"{ROW}\n", profile, tmp_path).counts["marks"] == 1


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(st.binary(max_size=400))
def test_any_bytes_are_inspected_or_refused_in_one_way(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "any.csv"
    file.write_bytes(data)
    try:
        found = inspect_file(file, today=TODAY)
    except NarvaroError:
        return
    assert found.cannot_tell or found.profile_text


CELLS = st.sampled_from(
    ["Personnummer", "Skola", "Datum", "Start", "Slut", "Status", "Frånvaro (min)", "Undv. tid", "N", "GF", "F",
     "20100315-1230", "0,75", "45 min", "0:45", "1/9 2026", "08:10", "Sjuk", "", "-", "Totalt", "x", "=A1", "12 %"]
)  # fmt: skip


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=8), min_size=1, max_size=12))
def test_any_table_is_inspected_and_what_is_suggested_reads_or_refuses(
    tmp_path: Path, table: list[list[str]]
) -> None:
    file = tmp_path / "any.csv"
    file.write_text("\n".join(";".join(row) for row in table), encoding="utf-8")
    try:
        found = inspect_file(file, today=TODAY)
        preview(file, profile_from_text(found.profile_text), today=TODAY)
    except NarvaroError:
        return


def test_a_preview_shows_no_person_and_no_text_that_is_not_mapped(tmp_path: Path) -> None:
    profile = with_columns(STATUS, 'teachers = { header = "Lärare" }')
    file = tmp_path / "a.csv"
    rows = [f"{ROW};Berit Påhittad;Kalle var ledsen", f"{ROW.replace('Sjuk', 'Migrän')};ÖHM;"]
    file.write_text("\n".join([f"{HEAD};Lärare;Notering", *rows]), encoding="utf-8")

    shown = preview(file, profile_from_text(profile), today=TODAY)

    assert [row.before["Elev"] for row in shown.rows] == ["pupil 1", "pupil 1"]
    assert shown.rows[0].before["Lärare"] == "teacher 1"
    assert shown.rows[0].after is not None
    assert shown.rows[0].after["valid_minutes"] == 50
    assert shown.rows[1].after is None
    assert shown.not_read == ("Notering",)
    assert not any(word in str(shown) for word in ("Berit", "Kalle", "Migrän", "p1"))


def test_a_file_without_any_column_of_absence_is_not_taken_for_full_attendance(
    tmp_path: Path,
) -> None:
    text = "Personnr;Skola;Grupp;Datum;Start;Slut;Rapporterad;Uppgift\n"
    text += "20120304-1040;Ekskolan;Ma;2026-09-01;08:10;09:00;Ja;Sjuk\n"

    faults = refusal(text, shipped_profiles()["generic-lesson-rows"], tmp_path)

    assert [(fault.line, fault.problem) for fault in faults] == [
        (1, "nothing tells who was absent")
    ]


def test_rows_without_a_pupil_are_asked_about_when_a_file_is_inspected(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    row = "20120304-1040;Ekskolan;Ma;2026-09-{:02d};08:10;09:00;Sjuk\n"
    text = "Personnr;Skola;Grupp;Datum;Start;Slut;Status\n" + "".join(map(row.format, (1, 2, 15)))
    file.write_text(text + ";;;;;;Sjuk\n;;;;;;\n", encoding="utf-8")

    open_questions = inspect_file(file, today=TODAY).cannot_tell

    assert len(open_questions) == 1
    assert open_questions[0].startswith("rows without a pupil: 1 rows have none")
