"""One file with a whole routine: the same parts the same bytes, and nothing odd is taken in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narvaro.errors import InputRefused
from narvaro.forms import text_of as form_text
from narvaro.programmes import Origin, RoutineText, load, pack, text_of, unpack
from narvaro.programmes.package_parts import LARGEST_PACKAGE, LARGEST_PART

PROGRAMME = text_of("boras-2018").encode()
ADAPTATION = b"""\
schema = 1
programme = "boras-2018"
version = 3
by = "Rektor, Almskolan"
decided_on = 2018-02-01
why = { sv = "Liten skola", en = "Small school" }

[[steps]]
step = "conversation"
owner = "special_educator"
"""
FORMS = {"teacher-documentation": form_text("teacher-documentation", 1).encode()}
FORMS_OF_MOON = FORMS["teacher-documentation"].replace(b"teacher-documentation", b"moon")
TEXTS = (RoutineText("Ringa hem", "# Ringa\n\nSamma dag.", 20), RoutineText("Börja här", "Läs."))
ORIGIN = Origin("Linnåsa kommun", "CC-BY-4.0")
WHOLE = pack(PROGRAMME, ADAPTATION, FORMS, texts=TEXTS, origin=ORIGIN)


def parts(content: bytes = WHOLE) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes], *, kind: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def summed(files: Mapping[str, bytes]) -> bytes:
    """A package whose list of parts is right, whatever the parts are."""
    sums = {n: sha256(c).hexdigest() for n, c in files.items() if n != "package.json"}
    return zipped({**files, "package.json": json.dumps({"package": 1, "parts": sums}).encode()})


def faults(content: bytes) -> list[tuple[str, str]]:
    with pytest.raises(InputRefused) as refused:
        unpack(content)
    assert all(fault.remedy for fault in refused.value.faults)
    return [(fault.table, fault.problem) for fault in refused.value.faults]


def test_a_package_gives_back_what_was_put_in() -> None:
    found = unpack(WHOLE)
    assert found.programme == load("boras-2018")
    assert (found.programme_file, found.adaptation_file) == (PROGRAMME, ADAPTATION)
    assert found.forms == FORMS
    assert (found.texts, found.origin) == (TEXTS, ORIGIN)
    assert found.adapted.step("conversation").owner == "special_educator"
    assert "investigation" in found.forms_left_out
    assert "teacher-documentation" not in found.forms_left_out


def test_the_same_parts_give_the_same_bytes() -> None:
    backwards = TEXTS[::-1]
    assert pack(PROGRAMME, ADAPTATION, dict(FORMS), texts=backwards, origin=ORIGIN) == WHOLE
    assert unpack(pack(PROGRAMME)).adaptation is None
    assert unpack(pack(PROGRAMME)).adapted == load("boras-2018")


def test_a_package_that_could_not_be_taken_in_is_not_made() -> None:
    with pytest.raises(InputRefused):
        pack(PROGRAMME.replace(b"limit = 15", b"limit = 150"))
    with pytest.raises(InputRefused):
        pack(text_of("boras-2016").encode(), ADAPTATION)
    with pytest.raises(InputRefused):
        pack(PROGRAMME, forms={"../moon": b'id = "../moon"'})


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("../programme.toml", "no such part"),
        ("/etc/passwd", "no such part"),
        ("forms/../x.toml", "no such part"),
        ("forms/deep/x.toml", "no such part"),
        ("forms/", "no such part"),
        ("notes.txt", "no such part"),
        ("forms/Åsa.toml", "no such part"),
    ],
)
def test_a_part_of_another_name_is_refused(name: str, problem: str) -> None:
    ((_, said),) = faults(summed({**parts(), name: b""}))
    assert problem in said


def test_a_changed_part_is_seen() -> None:
    changed = {**parts(), "programme.toml": PROGRAMME + b"\n"}
    assert faults(zipped(changed)) == [("programme.toml", "it is not what the package says it is")]


def test_a_lost_part_and_an_added_part_are_seen() -> None:
    left = {name: part for name, part in parts().items() if name != "texts.json"}
    added = {**left, "adaptation.toml": ADAPTATION, "forms/moon.toml": FORMS_OF_MOON}
    assert [table for table, _ in faults(zipped(added))] == ["forms/moon.toml", "texts.json"]


@pytest.mark.parametrize("missing", ["package.json", "programme.toml"])
def test_a_package_without_its_core_is_refused(missing: str) -> None:
    left = {name: part for name, part in parts().items() if name != missing}
    assert (missing, "it is missing") in faults(zipped(left))


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"package": 1, "parts": [1]}',
        b'{"package": 2, "parts": {}}',
        b'{"package": true, "parts": {}}',
    ],
)
def test_a_list_of_parts_that_is_none_is_refused(manifest: bytes) -> None:
    assert faults(zipped({**parts(), "package.json": manifest}))


def test_a_part_that_stands_twice_is_refused() -> None:
    target = BytesIO(WHOLE)
    with ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("programme.toml", PROGRAMME)
    assert ("programme.toml", "it stands twice") in faults(target.getvalue())


def test_a_bomb_is_not_let_off() -> None:
    """A thousandfold compressed part is refused by what it says of itself."""
    bomb = summed({**parts(), "forms/bomb.toml": b"#" * (LARGEST_PART + 1)})
    assert len(bomb) < 100_000
    ((name, said),) = faults(bomb)
    assert (name, "larger than" in said) == ("forms/bomb.toml", True)


def test_a_bomb_that_lies_of_its_size_is_not_let_off_either() -> None:
    content = bytearray(zipped({**parts(), "forms/bomb.toml": b"#" * (20 * LARGEST_PART)}))
    true, small = (20 * LARGEST_PART).to_bytes(4, "little"), (9).to_bytes(4, "little")
    assert content.count(true) == 2
    assert faults(bytes(content.replace(true, small)))


def test_many_small_bombs_are_one_large() -> None:
    bombs = {f"forms/f{n}.toml": b"#" * LARGEST_PART for n in range(25)}
    ((name, said),) = faults(zipped({**parts(), **bombs}))
    assert (name, "together larger than" in said) == ("package", True)


def test_too_many_parts_and_too_much_are_refused() -> None:
    many = {f"forms/f{n}.toml": b"" for n in range(300)}
    ((_, said),) = faults(zipped({**parts(), **many}, kind=ZIP_STORED))
    assert "more than 200 parts" in said
    ((_, said),) = faults(b"PK" + bytes(LARGEST_PACKAGE))
    assert "larger than" in said


def test_forms_are_toml_with_their_own_id() -> None:
    others = {"forms/a.toml": b"id = ", "forms/b.toml": b'id = "c"', "forms/d.toml": b"\xff"}
    found = faults(summed({**parts(), **others}))
    assert ("forms/a.toml", "this is not TOML") in found
    assert ("forms/b.toml", "its id is another than its name") in found
    assert ("forms/d.toml", "this is not TOML") in found


def test_a_form_that_could_not_be_filled_in_is_refused_with_its_line() -> None:
    form = FORMS["teacher-documentation"].replace(b"kind =", b"kinds =", 1)
    found = faults(summed({**parts(), "forms/teacher-documentation.toml": form}))
    assert any("there is no such key here" in problem for _, problem in found)


def told(**more: object) -> bytes:
    """A package whose list of parts says something else."""
    manifest = json.loads(parts()["package.json"]) | more
    return zipped({**parts(), "package.json": json.dumps(manifest).encode()})


@pytest.mark.parametrize(
    "more",
    [
        {"licence": "none at all"},
        {"licence": ""},
        {"licence": ["CC0-1.0"]},
        {"made_by": ""},
        {"made_by": "A\nB"},
        {"made_by": "A" * 121},
        {"made_by": 7},
        {"more": "x"},
    ],
)
def test_a_package_says_whose_it_is_and_what_may_be_done_with_it(more: dict[str, object]) -> None:
    assert {table for table, _ in faults(told(**more))} == {"package.json"}


def test_a_package_may_leave_out_whose_it_is() -> None:
    assert unpack(pack(PROGRAMME)).origin is None
    assert unpack(pack(PROGRAMME)).texts == ()


TEXT = {"name": "Ringa", "text": "Ring.", "place": 1, "form": ""}


@pytest.mark.parametrize(
    ("texts", "column"),
    [
        ([TEXT | {"name": " "}], "name"),
        ([TEXT | {"name": "A\nB"}], "name"),
        ([TEXT | {"name": 1}], "name"),
        ([TEXT | {"text": ""}], "text"),
        ([TEXT | {"text": "a\0"}], "text"),
        ([TEXT | {"text": "\ud800"}], "text"),
        ([TEXT | {"text": "a" * 60_001}], "text"),
        ([TEXT | {"place": -1}], "place"),
        ([TEXT | {"place": True}], "place"),
        ([TEXT | {"form": "../x"}], "form"),
        ([TEXT, TEXT], "name"),
        ([TEXT | {"who": "A"}], ""),
        ([TEXT] * 201, ""),
        ({"name": "A"}, ""),
        (["A"], ""),
    ],
)
def test_texts_that_could_not_be_kept_are_refused(texts: object, column: str) -> None:
    with pytest.raises(InputRefused) as refused:
        unpack(summed({**parts(), "texts.json": json.dumps(texts).encode()}))
    assert {fault.column for fault in refused.value.faults} == {column}


def test_faults_of_every_part_are_told_at_once() -> None:
    bad = {
        **parts(),
        "programme.toml": PROGRAMME.replace(b"limit = 15", b"limit = 150"),
        "forms/teacher-documentation.toml": b"id = ",
        "texts.json": b"{}",
        "package.json": b"[]",
    }
    assert {table for table, _ in faults(zipped(bad))} == {
        "package.json",
        "programme.toml rules[1]",
        "forms/teacher-documentation.toml",
        "texts.json",
    }


def test_faults_inside_name_the_part_and_the_line_of_all_of_them() -> None:
    bad = {
        **parts(),
        "programme.toml": PROGRAMME.replace(b"limit = 15", b"limit = 150"),
        "adaptation.toml": ADAPTATION.replace(b"special_educator", b"boss"),
    }
    with pytest.raises(InputRefused) as refused:
        unpack(summed(bad))
    found = refused.value.faults
    assert [fault.table for fault in found] == [
        *("programme.toml rules[1]", "adaptation.toml steps[1]")
    ]
    assert all(fault.line for fault in found)


@given(content=st.binary(max_size=300))
def test_any_bytes_are_refused_and_no_crash(content: bytes) -> None:
    assert faults(content)


@given(at=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255))
def test_a_package_with_one_byte_changed_is_refused_or_the_same(at: int, byte: int) -> None:
    changed = WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]
    try:
        found = unpack(changed)
    except InputRefused:
        return
    assert found == unpack(WHOLE)
