"""Files that are not what they should be, and files that only look odd."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from narvaro.errors import BadRequest, NotFound
from narvaro.exchange import TABLES, Checked, check_delivery

Check = Callable[..., Checked]
Rows = Callable[..., list[tuple[Any, ...]]]

HEADER = "lesson,pupil,valid_minutes\n"


def places(checked: Checked) -> list[tuple[int, str]]:
    return [(fault.line, fault.problem) for fault in checked.faults]


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        (b"", [(0, "the file is empty")]),
        (b"\xef\xbb\xbf", [(0, "the file is empty")]),
        (b"\n\r\n\n", [(0, "the file is empty")]),
        ("lesson,pupil\n".encode("utf-16"), [(0, "the file is UTF-16")]),
        (b"lesson,valid_minutes\nl1,5\n", [(1, "the column is missing")]),
        (b"lesson;pupil\nl1;p1\n", [(1, "the column is missing"), (1, "the column is missing")]),
        (b"lesson,pupil,PUPIL \nl1,p1,p1\n", [(1, "the column is there twice")]),
        (b"lesson,pupil\nl1,p1\nlesson,pupil\n", [(3, "the header row is repeated here")]),
        (b"lesson,pupil\nl1\nl2,p2\nl3,p3,4\n", [(2, "not as many cells as the header"),
                                                (4, "not as many cells as the header")]),
        (b"lesson,pupil\nl1,\xe5\nl2,p2\n\xff,p3\n", [(2, "not UTF-8"), (4, "not UTF-8")]),
        (b"lesson,p\xe5pil\nl1,p1\n", [(1, "not UTF-8")]),
        (b"lesson,pupil\nl1,p\x001\nl2,p2\n", [(2, "holds a NUL byte")]),
        (b"\x00\x00\x00\n", [(1, "holds a NUL byte")]),
        (b'lesson,pupil\nl1,"p1\nl2,p2\n', [(2, "a quotation mark is opened and never closed")]),
        (b'lesson,pupil\nl1,"p"1\nl2,p2\n', [(2, "text stands beside a quoted cell")]),
        (b"lesson,pupil\nl1,p1\rl2,p2\nl3,p3\n",
         [(2, "holds a carriage return on its own")]),
        (b"lesson,pupil\n" + b"x" * 10_000_000 + b",p1\nl2,p2\n",
         [(2, "longer than 1,000,000 bytes")]),
        (b'lesson,pupil\n"' + (b"x" * 50 + b"\n") * 30_000 + b'",p1\n',
         [(2, "a quotation mark is opened and never closed")]),
        (b"lesson,pupil\n" + b"l" * 900_000 + b",p1\n", [(2, "longer than 200 characters")]),
        (b"PK\x03\x04\x14\x00\x00\x00", [(1, "holds a NUL byte")]),
        (b"<html><body>Not found</body></html>",
         [(1, "the column is missing"), (1, "the column is missing")]),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_the_line(
    check: Check, contents: bytes, expected: list[tuple[int, str]]
) -> None:
    checked = check({"marks": contents})

    assert checked.delivery is None
    assert places(checked)[: len(expected)] == expected
    assert all(fault.remedy for fault in checked.faults)


@pytest.mark.parametrize(
    "contents",
    [
        b"lesson,pupil,valid_minutes\nl1,p1,5\nl2,p2,6\n",
        b"lesson,pupil,valid_minutes\nl1,p1,5\nl2,p2,6",
        b"\xef\xbb\xbflesson,pupil,valid_minutes\r\nl1,p1,5\r\nl2,p2,6\r\n",
        b'\xef\xbb\xbf"lesson","pupil","valid_minutes"\nl1,p1,5\nl2,p2,6\n',
        b"lesson,pupil,valid_minutes\r\nl1,p1,5\nl2,p2,6\r\n",
        b'"lesson","pupil","valid_minutes"\n"l1","p1","5"\nl2,"p2",6\n',
        b" Lesson ,PUPIL,Valid_Minutes\nl1,p1,5\nl2,p2,6\n",
        b"valid_minutes,pupil,lesson\n5,p1,l1\n6,p2,l2\n",
        b"lesson,pupil,valid_minutes\nl1,p1,5\nl2,p2,6\n\n\r\n\n",
        b"lesson,pupil,colour,valid_minutes\nl1,p1,red,5\nl2,p2,,6\n",
    ],
)
def test_the_same_table_in_other_dress_is_read_the_same(
    check: Check, rows: Rows, contents: bytes
) -> None:
    checked = check({"marks": contents})

    assert checked.faults == ()
    assert rows("marks", "lesson, pupil, valid_minutes, line") == [
        ("l1", "p1", 5, 2),
        ("l2", "p2", 6, 3),
    ]


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ('s1,"A\nname\nof three lines",area\n', 5),
        ("s1,A name,area\n\n\n", 5),
        ('s1,"A ""quoted"" name",area\n', 3),
        ('s1,"A\r\nname",area\r\n', 4),
        ('"s\n1",A name,area\n', 4),
    ],
)
def test_the_line_of_a_fault_is_right_after_line_breaks_in_cells(
    check: Check, before: str, line: int
) -> None:
    checked = check({"organisations": f"organisation,name,kind\n{before},B,area\n"})

    assert places(checked)[-1] == (line, "empty")


def test_after_a_stray_quotation_mark_the_rest_is_still_checked(check: Check) -> None:
    text = HEADER + 'l1,"p1,5\nl2,p2,x\nl3,"p"3,5\nl4,p4,6\n'

    checked = check({"marks": text})

    assert {(2, "not a whole number"), (3, "not a whole number")} & set(places(checked)) == {
        (3, "not a whole number")
    }
    assert [line for line, _ in places(checked)] == [2, 3, 4]


def test_a_header_alone_is_an_empty_table(check: Check) -> None:
    checked = check({"marks": HEADER})

    assert checked.delivery is not None
    assert checked.delivery.counts == {"marks": 0}
    assert checked.delivery.file("marks") is None
    assert list(checked.delivery.folder.iterdir()) == []


def test_an_unknown_column_is_kept_out_and_named(check: Check) -> None:
    checked = check({"marks": "lesson,pupil,shoe size\nl1,p1,43\n"})

    assert checked.delivery is not None
    assert [(notice.column, notice.message) for notice in checked.notices] == [
        ("shoe size", "unknown column, kept out")
    ]


def test_a_table_as_csv_and_as_parquet_is_a_fault(check: Check) -> None:
    checked = check({"marks": HEADER, "marks.parquet": b"PAR1"})

    assert places(checked) == [(0, "the table is there more than once (csv and parquet)")]


def test_a_folder_without_any_table_is_a_fault(check: Check) -> None:
    checked = check({"notes.txt": "hello"})

    assert checked.delivery is None
    assert places(checked) == [(0, "no table of the exchange format is there")]
    assert [str(notice) for notice in checked.notices] == ["1 other file, not opened."]


def test_a_file_that_may_be_meant_as_a_table_is_named_and_others_are_counted(check: Check) -> None:
    checked = check(
        {"pupils": "pupil\np1\n", "mark": "x", "Anna.pdf": b"", "Bo.xlsx": b"", ".x": ""}
    )

    assert [str(notice) for notice in checked.notices] == [
        "2 other files, not opened.",
        "mark.csv: no table of the format; not opened.",
    ]


def test_a_file_without_header_does_not_have_its_first_line_told(check: Check) -> None:
    checked = check({"marks": "secret-lesson,secret-pupil\nl1,p1\n"})

    told = [*map(str, checked.faults), *map(str, checked.notices)]
    assert {fault.column for fault in checked.faults} == {"lesson", "pupil"}
    assert "secret" not in " ".join(told)
    assert "The first line must be a header" in told[0]


def test_a_single_file_is_a_delivery_of_one_table(tmp_path: Path) -> None:
    file = tmp_path / "pupils.csv"
    file.write_text("pupil\np1\n")

    checked = check_delivery(file, into=tmp_path / "staged")

    assert checked.delivery is not None
    assert checked.delivery.counts == {"pupils": 1}


def test_a_path_with_signs_that_mean_something_to_the_engine_is_read(tmp_path: Path) -> None:
    folder = tmp_path / 'it\'s [all] a * and ? {x} "odd" name'
    alike = tmp_path / 'it\'s [all] a better and longer {x} "odd" name'
    for each in (folder, alike):
        each.mkdir()
        (each / "pupils.csv").write_text("pupil\np1\n")

    checked = check_delivery(folder, into=tmp_path / "stag'ed [1] *")

    assert checked.delivery is not None
    assert checked.delivery.counts == {"pupils": 1}


def test_nothing_at_the_path_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        check_delivery(tmp_path / "absent", into=tmp_path / "staged")


def test_an_unknown_zone_is_said(check: Check) -> None:
    with pytest.raises(BadRequest):
        check({"marks": HEADER}, zone="Europe/Atlantis")


def test_tables_with_names_are_never_opened(check: Check) -> None:
    checked = check(
        {
            "pupils": "pupil\np1\n",
            "identities": b"\xff\xfe not even readable, Anna Andersson",
            "guardians.parquet": b"nonsense",
            "staff": "",
        }
    )

    assert checked.faults == ()
    assert [notice.table for notice in checked.notices] == ["guardians", "identities", "staff"]
    assert checked.delivery is not None
    assert [file.name for file in checked.delivery.folder.iterdir()] == ["pupils.parquet"]


def test_a_fault_of_a_whole_table_refuses_everything_even_with_quarantine(check: Check) -> None:
    checked = check({"marks": b"", "pupils": "pupil\np1\n"}, on_fault="quarantine")

    assert checked.delivery is None


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if not table.people])
def test_no_message_shows_what_a_cell_holds(check: Check, name: str) -> None:
    columns = [column.name for column in TABLES[name].all_columns]
    secret = ["Secret\x07Sven"] * len(columns)
    lines = [columns, secret, ["=Secret"] * len(columns), ["Secret"] * 2, secret]

    checked = check({name: "\n".join(map(",".join, lines)) + '\n"Secret"x,\n'})

    told = " ".join([*map(str, checked.faults), *map(str, checked.notices), str(checked.delivery)])
    assert checked.fault_count > 4
    assert "Secret" not in told


def test_the_content_hash_is_the_same_for_the_same_and_other_for_other_contents(
    check: Check,
) -> None:
    def content_hash(marks: str, **how: str) -> str:
        delivery = check({"marks": marks}, **how).delivery
        assert delivery is not None
        return delivery.content_hash

    sent = content_hash(HEADER + "l1,p1,5\n")

    assert content_hash(HEADER + "l1,p1,5\n") == sent
    assert content_hash(HEADER + "l1,p1,6\n") != sent
    assert content_hash(HEADER + "l1,p1,5\n", zone="Europe/Stockholm") != sent
