"""No text makes the reader crash, and every line it names is a line of the text."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import narvaro.programmes
from narvaro.errors import InputRefused, NotFound, StorageFailed
from narvaro.programmes import check, check_text, load, programme_ids
from narvaro.programmes.reading import read
from narvaro.programmes.schema import TABLES, TOP
from narvaro.programmes.values import Wrong
from narvaro.toml_lines import key_lines

GOOD = (Path(__file__).parents[2] / "unit" / "programmes" / "good.toml").read_text()
KEYS = sorted({key.name for table in (TOP, *TABLES) for key in table.keys})
VALUES = st.recursive(
    st.none().map(lambda _: 0)
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.dates(date(1, 1, 1))
    | st.datetimes(datetime(1, 1, 1))  # noqa: DTZ001 - TOML has times without offset
    | st.times(time(0))
    | st.sampled_from(["decision", "month", "talk", "mentor", "7", ">=", "10 days", "1 per month"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS, "sv", "en", "from", "to"]), inner, max_size=4)
    ),
    max_leaves=8,
)
READERS = sorted(
    {key.kind.words: key.kind for table in (TOP, *TABLES) for key in table.keys}.items()
)


@given(text=st.text(max_size=300))
@example(text="")
@example(text="\ufeffschema = 1")
@example(text="a = " + "[" * 2000)
@example(text="version = " + "9" * 5000)
@example(text="version = 0x" + "f" * 9000)
@example(text="id = '\ud800'")
@example(text="[[rules]]\nid.x.y = 1\n")
@example(text="rules = [[1], {}]")
@example(text="scope = [{}]")
@example(text="x" * 1_000_001)
def test_any_text_gives_faults_and_no_crash(text: str) -> None:
    faults = check_text(text)
    assert faults
    assert all(fault.line <= text.count("\n") + 1 and fault.remedy for fault in faults)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    lines = GOOD.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["drop", "double", "swap", "cut", "insert"]))
        if change == "drop":
            lines[at] = ""
        elif change == "double":
            lines.insert(at, lines[at])
        elif change == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif change == "cut":
            lines[at] = lines[at][: draw(st.integers(0, max(0, len(lines[at]))))]
        else:
            place = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:place] + draw(st.text(max_size=5)) + lines[at][place:]
    return "\n".join(lines)


@given(text=mutated())
def test_a_mutated_programme_is_read_or_refused(text: str) -> None:
    for fault in check_text(text):
        assert 1 <= fault.line <= text.count("\n") + 1 or not fault.line
        assert fault.remedy


@pytest.mark.parametrize(("words", "kind"), READERS)
@given(value=VALUES)
def test_every_kind_of_value_is_read_or_refused_with_a_remedy(
    words: str, kind: object, value: object
) -> None:
    reads = dict(READERS)[words].reads
    try:
        reads(value)
    except Wrong as wrong:
        said = (wrong.problem, wrong.remedy)
    else:
        said = ("read", "read")
    assert all(said), kind


@given(data=st.data())
def test_a_value_of_another_kind_anywhere_is_no_crash(data: st.DataObject) -> None:
    lines = GOOD.split("\n")
    at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if " = " in line]))
    name = lines[at].partition(" = ")[0]
    value = data.draw(st.sampled_from(["1", "-1", "1.5", "nan", "''", "'x'", "[]", "{}", "true"]))
    lines[at] = f"{name} = {value}"
    assert all(fault.remedy for fault in check_text("\n".join(lines)))


def paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every key of the file; one inside an inline table stands on the line of its parent."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        return [found for n, each in enumerate(value) for found in paths(each, (*path, n))]
    if isinstance(value, dict) and len(path) < 3:
        return [found for name, each in value.items() for found in paths(each, (*path, name))]
    return [path]


@pytest.mark.parametrize("programme", programme_ids())
def test_every_key_of_a_shipped_file_has_its_line(programme: str) -> None:
    file = Path(narvaro.programmes.__file__).parent / "library" / f"{programme}.toml"
    text = file.read_text()
    lines, found = text.split("\n"), key_lines(text)
    for path in paths(tomllib.loads(text)):
        known = path if path in found else path[:-1]
        assert str(known[-1]) in lines[found[known] - 1]


def test_lines_are_right_after_long_texts_and_lists_over_lines() -> None:
    text = '''
a = """
[not.a.table]
b = 1
"""
c = [
  "x = 1", # d = 2 ]
  ["y"],
]
"quoted key" = 1
[[t]]
k.l = "]]] = '"
[[t]]
k = '# [x]'
[t.u] # comment
z = 1
'''
    assert key_lines(text) == {
        ("a",): 2,
        ("c",): 6,
        ("quoted key",): 10,
        ("t", 0): 11,
        ("t", 0, "k"): 12,
        ("t", 0, "k", "l"): 12,
        ("t", 1): 13,
        ("t", 1, "k"): 14,
        ("t", "u"): 15,
        ("t", "u", "z"): 16,
    }


def test_bytes_that_are_not_utf_8_are_one_fault_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes("schema = 1\nid = 'borås'".encode("latin-1"))
    (fault,) = check(file)
    assert (fault.line, fault.problem) == (2, "this is not UTF-8")
    with pytest.raises(InputRefused):
        load(file)


def test_a_missing_file_and_a_folder_are_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path, Path("a\0b.toml")):
        with pytest.raises((NotFound, StorageFailed)):
            load(path)
    with pytest.raises(NotFound):
        load(str(tmp_path / "none.toml"))


def test_a_good_file_reads_without_a_fault() -> None:
    assert read(GOOD).faults == []
    assert check_text(GOOD) == ()
    assert check_text("\ufeff" + GOOD) == ()
    assert check_text(GOOD.replace("\n", "\r\n")) == ()
