"""What a row of a lesson file says of a lesson and of the pupil's mark."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from tests.unit.sources.files.reading import LESSONS, WORDS, read, refusal, rows, said, with_columns

HEAD = "Elev;Skola;Datum;Start;Slut;Grupp"
ROW = "p1;Ekskolan;2026-09-01;08:10;09:00;Ma"
STATUS = with_columns(LESSONS, 'status = { header = "Status" }') + WORDS
MINUTES = with_columns(
    LESSONS, 'status = { header = "Status" }', 'absent_minutes = { header = "Min" }'
)
WITH_MINUTES = MINUTES + WORDS
BUCKETS = "present_minutes, valid_minutes, invalid_minutes, unclassified_minutes, other_minutes"


def buckets(status: str, minutes: str, folder: Path, extra: str = "") -> tuple[object, ...]:
    text = f"{HEAD};Status;Min\n{ROW};{status};{minutes}"
    return rows(read(text, WITH_MINUTES + extra, folder), "marks", BUCKETS)[0]


@pytest.mark.parametrize(
    ("status", "minutes", "expected"),
    [
        ("Närvarande", "", (50, None, None, None, None)),
        ("Närvarande", "0", (50, None, None, None, None)),
        ("Sjuk", "", (None, 50, None, None, None)),
        ("Sjuk", "20", (None, 20, None, None, None)),
        ("Skolk", "50", (None, None, 50, None, None)),
        ("Borta", "", (None, None, None, 50, None)),
        ("Sen", "7", (None, None, None, 7, None)),
        ("Distans", "", (None, None, None, None, 50)),
        ("Ej rapporterad", "", (None, None, None, None, None)),
    ],
)
def test_a_word_decides_the_bucket_and_without_minutes_the_whole_lesson(
    status: str, minutes: str, expected: tuple[object, ...], tmp_path: Path
) -> None:
    assert buckets(status, minutes, tmp_path) == expected


@pytest.mark.parametrize(
    ("status", "minutes", "problem"),
    [
        ("Sen", "", "needs minutes"),
        ("Närvarande", "10", "word that means present"),
        ("Sjuk", "51", "more minutes are accounted for"),
        ("Sjuk", "-5", "below zero"),
        ("Hemlig", "", "not in the profile's table"),
        ("", "", "says nothing about attendance"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_at_its_line(
    status: str, minutes: str, problem: str, tmp_path: Path
) -> None:
    faults = refusal(f"{HEAD};Status;Min\n{ROW};{status};{minutes}", WITH_MINUTES, tmp_path)

    assert [fault.line for fault in faults] == [2]
    assert problem in faults[0].problem
    assert "Hemlig" not in str(faults[0])


def test_an_unknown_word_counts_as_unclassified_where_the_profile_says_so(tmp_path: Path) -> None:
    profile = WITH_MINUTES + '[reasons]\nother_words = "unclassified"\n'

    delivery = read(f"{HEAD};Status;Min\n{ROW};Hemlig;", profile, tmp_path)

    assert rows(delivery, "marks", "unclassified_minutes, reason") == [(50, None)]
    assert "Hemlig" not in str(delivery.notices)


def test_the_reason_refines_what_the_status_leaves_open(tmp_path: Path) -> None:
    profile = with_columns(
        LESSONS, 'status = { header = "Status" }', 'reason = { header = "Orsak" }'
    )
    text = f"{HEAD};Status;Orsak\n{ROW};Borta;Sjuk\n{ROW.replace('p1', 'p2')};Borta;\n"
    text += f"{ROW.replace('p1', 'p3')};Sjuk;Distans\n"

    found = rows(read(text, profile + WORDS, tmp_path), "marks", f"pupil, reason, {BUCKETS}")

    assert found == [
        ("key:p1", "other_valid", None, 50, None, None, None),
        ("key:p2", None, None, None, None, 50, None),
        ("key:p3", "other_activity", None, None, None, None, 50),
    ]


def test_minutes_late_are_absence_of_the_profiles_bucket(tmp_path: Path) -> None:
    profile = with_columns(
        LESSONS, 'status = { header = "Status" }', 'late_minutes = { header = "Sen" }'
    )
    text = f"{HEAD};Status;Sen\n{ROW};Närvarande;7\n{ROW.replace('p1', 'p2')};Skolk;\n"

    delivery = read(text, profile + WORDS + '[late]\nbucket = "invalid"\n', tmp_path)

    assert rows(delivery, "marks", f"pupil, {BUCKETS}") == [
        ("key:p1", 43, None, 7, None, None),
        ("key:p2", None, None, 50, None, None),
    ]


def test_columns_for_each_bucket_need_no_words(tmp_path: Path) -> None:
    profile = with_columns(
        LESSONS, 'valid_minutes = { header = "G" }', 'invalid_minutes = { header = "O" }'
    )

    delivery = read(f"{HEAD};G;O\n{ROW};10;40\n{ROW.replace('p1', 'p2')};;\n", profile, tmp_path)

    assert rows(delivery, "marks", "valid_minutes, invalid_minutes") == [(10, 40), (None, None)]


def acknowledged(status: str, answer: str, folder: Path, extra: str) -> str:
    profile = with_columns(
        LESSONS, 'status = { header = "Status" }', 'acknowledged = { header = "Rapp" }'
    )
    text = f"{HEAD};Status;Rapp\n{ROW};{status};{answer}"
    return str(rows(read(text, profile + WORDS + extra, folder), "marks", "acknowledged")[0][0])


@pytest.mark.parametrize(
    ("status", "answer", "extra", "expected"),
    [
        ("Sjuk", "Ja", "", "yes"),
        ("Sjuk", "Nej", "", "no"),
        ("Sjuk", "", "", "unknown"),
        ("Sjuk", "", 'row_means = "yes"', "yes"),
        ("Anmäld", "", 'row_means = "yes"', "unknown"),
        ("Anmäld", "", 'row_means = "yes"\nannounced_row_means = "no"', "no"),
        ("Anmäld", "Ja", 'row_means = "no"', "yes"),
        ("Ej rapporterad", "", 'row_means = "yes"', "no"),
    ],
)
def test_announced_absence_never_acknowledges_a_lesson(
    status: str, answer: str, extra: str, expected: str, tmp_path: Path
) -> None:
    settings = f"[acknowledgement]\n{extra}\n"

    assert acknowledged(status, answer, tmp_path, settings) == expected


def test_a_time_of_reporting_says_that_the_lesson_was_reported(tmp_path: Path) -> None:
    profile = with_columns(
        STATUS, 'acknowledged_at = { header = "Rapp", form = "YYYY-MM-DD HH:mm" }'
    )

    delivery = read(f"{HEAD};Status;Rapp\n{ROW};Sjuk;2026-09-01 09:05", profile, tmp_path)

    assert rows(delivery, "marks", "acknowledged") == [("yes",)]
    assert rows(delivery, "lessons", "acknowledged_at") == [
        (datetime(2026, 9, 1, 7, 5, tzinfo=UTC),)
    ]


@pytest.mark.parametrize(
    ("becomes", "counts"),
    [
        ("mark", {"lessons": 1, "marks": 2, "organisations": 1}),
        ("announcement", {"lessons": 1, "marks": 0, "announced_absences": 2, "organisations": 1}),
        ("both", {"lessons": 1, "marks": 2, "announced_absences": 2, "organisations": 1}),
    ],
)
def test_what_announced_absence_becomes_is_a_fact_about_the_source(
    becomes: str, counts: dict[str, int], tmp_path: Path
) -> None:
    profile = STATUS + f'[acknowledgement]\nannounced_becomes = "{becomes}"\n'
    text = f"{HEAD};Status\n{ROW};Anmäld\n{ROW.replace('p1', 'p2')};Ledig"

    delivery = read(text, profile, tmp_path)

    assert delivery.counts == counts
    if becomes != "mark":
        assert rows(delivery, "announced_absences", "pupil, kind") == [
            ("key:p1", "notified"),
            ("key:p2", "leave"),
        ]


def test_the_key_of_a_lesson_without_id_is_the_same_in_every_delivery(tmp_path: Path) -> None:
    first, again = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    again.mkdir()
    text = f"{HEAD};Status\n{ROW};Sjuk\n{ROW.replace('Ma', 'En')};Sjuk\n"
    one = rows(read(text, STATUS, first), "lessons", "lesson")
    moved = f"{HEAD};Status\n{ROW.replace('Ma', 'EN').replace('09:00', '08:55')};Sjuk\n"
    moved += f"{ROW.replace('p1', 'p2').replace('Ma', ' ma')};Skolk\n"
    two = rows(read(moved, STATUS, again), "lessons", "lesson")

    assert one == two
    assert len(set(one)) == 2


def test_a_lesson_of_several_classes_has_none_and_keeps_its_group(tmp_path: Path) -> None:
    profile = with_columns(STATUS, 'class = { header = "Klass" }')
    text = f"{HEAD};Status;Klass\n{ROW};Sjuk;7A\n{ROW.replace('p1', 'p2')};Sjuk;7B\n"

    delivery = read(text, profile, tmp_path)

    assert rows(delivery, "lessons", '"group", "class"') == [("Ma", None)]


def test_teachers_are_kept_as_keys_in_one_order(tmp_path: Path) -> None:
    profile = with_columns(STATUS, 'teachers = { header = "Lärare" }')
    text = f'{HEAD};Status;Lärare\n{ROW};Sjuk;"ÖHM, abc"\n{ROW.replace("p1", "p2")};Sjuk;ABC\n'

    delivery = read(text, profile, tmp_path)

    assert rows(delivery, "lessons", "teachers") == [("staff:abc;staff:öhm",)]


def test_rows_that_disagree_about_a_lesson_or_a_mark_name_both_lines(tmp_path: Path) -> None:
    text = f"{HEAD};Status\n{ROW};Sjuk\n{ROW.replace('p1', 'p2').replace('09:00', '09:10')};Sjuk\n{ROW};Skolk\n"

    faults = refusal(text, STATUS, tmp_path)

    assert [(fault.line, fault.problem) for fault in faults] == [
        (3, "the lesson's end is not that of line 2"),
        (4, "other contents for the pupil and lesson of line 2"),
    ]


def test_a_correction_with_its_own_time_stands_beside_the_first(tmp_path: Path) -> None:
    profile = with_columns(STATUS, 'recorded_at = { header = "Ändrad", form = "YYYY-MM-DD HH:mm" }')
    text = f"{HEAD};Status;Ändrad\n{ROW};Skolk;2026-09-01 09:05\n{ROW};Sjuk;2026-09-02 07:00\n"

    delivery = read(text, profile, tmp_path)

    assert rows(delivery, "marks", "invalid_minutes, valid_minutes") == [(50, None), (None, 50)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("p1;Ekskolan;2026-09-01;09:00;08:10;Ma", "does not end after it starts"),
        ("p1;Ekskolan;1914-06-28;08:10;09:00;Ma", "outside 1990-2100"),
        ("p1;Ekskolan;;08:10;09:00;Ma", "date or the time is missing"),
        ("p1;;2026-09-01;08:10;09:00;Ma", "school is missing"),
        (";Ekskolan;2026-09-01;08:10;09:00;Ma", "row has no pupil"),
        ("p1;Ekskolan;2026-09-01;08:10;09:00;", "nothing tells this lesson from others"),
        ("p1;Ekskolan;2026-03-29;02:30;03:30;Ma", "does not exist"),
        ("p1;Ekskolan;=IDAG();08:10;09:00;Ma", "formula"),
    ],
)
def test_impossible_rows_are_refused(row: str, problem: str, tmp_path: Path) -> None:
    faults = refusal(f"{HEAD};Status\n{row};Sjuk", STATUS, tmp_path)

    assert problem in faults[0].problem


def test_a_lesson_of_25_hours_is_refused(tmp_path: Path) -> None:
    moments = STATUS.replace(
        'starts = { header = "Start" }', 'starts = { header = "Start", form = "YYYY-MM-DD H:mm" }'
    ).replace('ends = { header = "Slut" }', 'ends = { header = "Slut", form = "YYYY-MM-DD H:mm" }')
    row = "p1;Ekskolan;2026-09-01;2026-09-01 08:00;2026-09-02 09:00;Ma;Sjuk"

    faults = refusal(f"{HEAD};Status\n{row}", moments, tmp_path)

    assert "longer than 24 hours" in faults[0].problem


def test_rounded_lesson_minutes_are_refused_unless_the_profile_takes_the_nearest(
    tmp_path: Path,
) -> None:
    hours = WITH_MINUTES.replace('{ header = "Min" }', '{ header = "Min", unit = "hours" }')
    text = f"{HEAD};Status;Min\n{ROW};Sjuk;0,7"
    folder = tmp_path / "refused"
    folder.mkdir()
    assert "rounded" in refusal(text, hours, folder)[0].problem

    delivery = read(text, hours + '[rows]\nrounded_minutes = "nearest"\n', tmp_path)

    assert rows(delivery, "marks", "valid_minutes") == [(42,)]
    assert said(delivery)["minutes came rounded; the nearest whole number was taken"] == 1


def test_a_file_of_absence_alone_is_told_of(tmp_path: Path) -> None:
    delivery = read(f"{HEAD};Status\n{ROW};Sjuk", STATUS, tmp_path)

    assert any("every row is an absence" in message for message in said(delivery))


def test_marks_of_another_sources_lessons_carry_what_is_needed_to_find_them(
    tmp_path: Path,
) -> None:
    profile = STATUS.replace('shape = "lessons"', 'shape = "lessons"\nlessons = "of:timetable"')

    delivery = read(f"{HEAD};Status\n{ROW};Sjuk", profile, tmp_path)

    assert delivery.counts == {"unmatched_marks": 1}
    assert delivery.unmatched_marks == tmp_path / "out" / "unmatched_marks.parquet"
    beside = rows(
        type(delivery)(tmp_path / "out", {}, ()),
        "unmatched_marks",
        'pupil, school, starts_at, "group", valid_minutes, acknowledged, line',
    )
    assert beside == [
        ("key:p1", "Ekskolan", datetime(2026, 9, 1, 6, 10, tzinfo=UTC), "Ma", 50, "unknown", 2)
    ]
    assert not (delivery.folder / "lessons.parquet").exists()


def test_no_identifier_and_no_words_of_the_source_reach_the_disk(tmp_path: Path) -> None:
    from narvaro.sources.files import profile_from_text, read_file

    file = tmp_path / "file.csv"
    file.write_text(f"{HEAD};Status\n{ROW.replace('p1', 'elev-4711')};Sjuk", encoding="utf-8")

    read_file(file, profile_from_text(STATUS), keys=lambda *_: "k" * 32, into=tmp_path / "out")

    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".parquet"}
    with duckdb.connect() as con:
        written = str([con.execute(f"FROM '{path}'").fetchall() for path in files])
    assert "k" * 32 in written
    assert "4711" not in written
    assert "Sjuk" not in written
