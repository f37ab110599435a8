"""A zip is taken apart without trusting it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from narvaro.exchange import Checked, check_delivery, unpacking

MARKS = "lesson,pupil\nl1,p1\n"


def zip_of(files: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in files.items():
            archive.writestr(name, contents)
    return packed.getvalue()


def check(packed: bytes, tmp_path: Path) -> Checked:
    file = tmp_path / "sent.zip"
    file.write_bytes(packed)
    return check_delivery(file, into=tmp_path / "staged")


def problems(checked: Checked) -> list[str]:
    assert checked.delivery is None
    return [fault.problem for fault in checked.faults]


def test_a_zip_of_a_folder_is_read_like_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "marks.csv").write_text(MARKS)
    from_folder = check_delivery(folder, into=tmp_path / "staged")

    files: dict[str, str | bytes] = {"spring/2026/marks.csv": MARKS, "__MACOSX/marks.csv": "x"}
    from_zip = check(zip_of(files), tmp_path)

    assert from_zip.delivery is not None
    assert from_folder.delivery is not None
    assert from_zip.delivery.counts == {"marks": 1}
    assert from_zip.delivery.content_hash == from_folder.delivery.content_hash


@pytest.mark.parametrize("keep", [0, 10, 60, -1, -30])
def test_a_truncated_zip_is_refused(tmp_path: Path, keep: int) -> None:
    whole = zip_of({"marks.csv": MARKS * 50})

    assert problems(check(whole[:keep], tmp_path)) == ["the zip is damaged or cut short"]


def test_a_zip_with_a_file_without_a_name_is_refused(tmp_path: Path) -> None:
    packed = zip_of({"marks.csv": MARKS}).replace(b"marks.csv", b"\0arks.csv")

    assert problems(check(packed, tmp_path)) == ["the zip is damaged or cut short"]


def test_a_zip_whose_contents_were_changed_is_refused(tmp_path: Path) -> None:
    packed = bytearray(zip_of({"marks.csv": MARKS}))
    place = packed.find(b"marks.csv") + len("marks.csv")
    packed[place + 3] ^= 0xFF

    assert problems(check(bytes(packed), tmp_path)) == ["the zip is damaged or cut short"]


@pytest.mark.parametrize(
    "name", ["../marks.csv", "a/../../marks.csv", "/etc/marks.csv", "..\\marks.csv", "C:/marks.csv"]
)
def test_a_path_that_leads_out_of_the_zip_is_refused(tmp_path: Path, name: str) -> None:
    found = problems(check(zip_of({name: MARKS}), tmp_path))

    assert found == ["the zip holds a path that leads out of it"]
    assert not (tmp_path / "marks.csv").exists()


def test_a_zip_bomb_is_refused_before_it_fills_the_disk(tmp_path: Path) -> None:
    bomb = zip_of({"marks.csv": b"\0" * (64 << 20)})

    found = problems(check(bomb, tmp_path))

    assert found == ["the zip unpacks to far more than a delivery holds"]


def test_a_zip_larger_than_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_UNPACKED", 10)

    found = problems(check(zip_of({"marks.csv": MARKS}), tmp_path))

    assert found == ["the zip unpacks to far more than a delivery holds"]


def test_a_zip_with_two_deliveries_is_refused(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a/marks.csv": MARKS, "b/pupils.csv": "pupil\np1\n"}

    found = problems(check(zip_of(files), tmp_path))

    assert found == ["the zip holds tables in more than one folder"]


def test_a_table_twice_in_one_zip_is_refused(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"marks.csv": MARKS, "MARKS.CSV": MARKS}

    found = problems(check(zip_of(files), tmp_path))

    assert found == ["the table is there more than once (csv)"]


def test_a_zip_with_too_many_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 1)

    found = problems(check(zip_of({"marks.csv": MARKS, "x.txt": ""}), tmp_path))

    assert found == ["the zip holds too many files"]


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    packed = bytearray(zip_of({"marks.csv": MARKS}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.find(mark) + place] |= 1

    assert problems(check(bytes(packed), tmp_path)) == ["the zip is protected by a password"]


def test_names_of_people_are_left_in_the_zip(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"marks.csv": MARKS, "identities.csv": "Anna", "a.txt": "b"}

    checked = check(zip_of(files), tmp_path)

    assert checked.faults == ()
    assert [notice.table for notice in checked.notices] == ["", "identities"]
