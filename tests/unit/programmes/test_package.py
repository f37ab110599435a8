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
from narvaro.programmes import load, pack, text_of, unpack
from narvaro.programmes.package import LARGEST_PACKAGE, LARGEST_PART

PROGRAMME = text_of("boras-2018").encode()
ADAPTATION = b"""\
schema = 1
programme = "boras-2018"
version = 2
by = "Rektor, Almskolan"
decided_on = 2018-02-01
why = { sv = "Liten skola", en = "Small school" }

[[steps]]
step = "conversation"
owner = "special_educator"
"""
FORMS = {"teacher-documentation": b'id = "teacher-documentation"\nversion = 1\n'}
WHOLE = pack(PROGRAMME, ADAPTATION, FORMS)


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
    assert found.adapted.step("conversation").owner == "special_educator"
    assert "investigation" in found.forms_left_out
    assert "teacher-documentation" not in found.forms_left_out


def test_the_same_parts_give_the_same_bytes() -> None:
    assert pack(PROGRAMME, ADAPTATION, dict(FORMS)) == WHOLE
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
    left = {name: part for name, part in parts().items() if not name.startswith("forms/")}
    added = {**left, "forms/moon.toml": b'id = "moon"'}
    assert [table for table, _ in faults(zipped(added))] == [
        *("forms/moon.toml", "forms/teacher-documentation.toml")
    ]


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
    assert [problem for _, problem in faults(summed({**parts(), **others}))] == [
        *("this is not TOML", "its id is another than its name", "this is not TOML")
    ]


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
