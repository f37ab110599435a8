"""A profile says everything that is wrong with it at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.sources.files.reading import LESSONS, SUMMARIES, WORDS, with_columns

from narvaro.errors import InputRefused, NotFound
from narvaro.sources.files import profile_from_text, read_profile
from narvaro.sources.files.guessing.suggestion import toml


def wrong(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(InputRefused) as refused:
        profile_from_text(text)
    return [(fault.line, fault.column, fault.problem) for fault in refused.value.faults]


def test_all_faults_come_at_once_with_their_lines() -> None:
    found = wrong(
        """
profile = "Min Profil"
schema = 2
shape = "lessons"
colour = "red"
zone = "Europe/Ingenstans"
[file]
encoding = "utf-9"
delimiter = ";;"
decimal = ";"
[columns]
pupil = { header = "Elev", identifier = "namn" }
datum = { header = "Datum" }
starts = { header = "Start", position = 3 }
[constants]
offered_minutes = 10
"""
    )

    assert {(line, column) for line, column, _ in found} >= {
        (3, "schema"),
        (5, "colour"),
        (10, "file.decimal"),
        (12, "columns.pupil.identifier"),
        (13, "columns.datum"),
        (14, "columns.starts"),
        (16, "constants.offered_minutes"),
    }


def without(profile: str, field: str) -> str:
    return re.sub(rf"(?m)^{field} = .*\n", "", profile)


def changed(field: str, keys: str) -> str:
    return re.sub(rf"(?m)^{field} = .*$", f"{field} = {{ {keys} }}", LESSONS)


SHARE = 'valid_minutes = { header = "S", unit = "percent" }'
NO_SENSE = [
    (without(LESSONS, "pupil"), "columns.pupil", "no column holds the pupil"),
    (without(LESSONS, "school"), "columns.school", "no school"),
    (without(LESSONS, "date"), "columns.date", "no column tells the lesson's date"),
    (without(LESSONS, "starts"), "columns.starts", "no column tells when"),
    (without(LESSONS, "ends"), "columns.ends", "how long a lesson is"),
    (without(LESSONS, "group"), "columns.lesson", "nothing tells lessons apart"),
    (changed("ends", 'header = "start"'), "columns.ends", "has the same place"),
    (changed("date", 'header = "D", form = "hej"'), "columns.date.form", "neither a date"),
    (changed("date", 'header = "D", form = "H:mm"'), "columns.date.form", "does not fit"),
    (changed("date", 'header = "D", unit = "hours"'), "columns.date.unit", "kind amount"),
    (changed("date", "position = 0"), "columns.date.position", "count from 1"),
    (with_columns(LESSONS, 'status = { header = "S" }'), "reasons.words", "no table"),
    (
        with_columns(LESSONS, 'absent_minutes = { header = "S" }'),
        "columns.absent_minutes",
        "which absence",
    ),
    (with_columns(LESSONS, SHARE), "columns.valid_minutes", "share of a lesson"),
    (LESSONS + "[file]\nheader_row = 0\n", "columns.pupil", "no header"),
    (LESSONS + WORDS + '"sjuk " = { bucket = "valid" }\n', "reasons.words.sjuk ", "twice"),
    (LESSONS + WORDS + '"Nytt" = { reason = "leave" }\n', "reasons.words.Nytt", "no bucket"),
    (
        LESSONS + WORDS + '"nytt" = { bucket = "present", announced = true }\n',
        "reasons.words.nytt",
        "announced means an absence",
    ),
    (without(SUMMARIES, "from"), "columns.from", "nothing tells the period"),
    (
        with_columns(without(SUMMARIES, "offered_minutes"), SHARE),
        "columns.valid_minutes",
        "a share without the time offered",
    ),
    (
        SUMMARIES + '[acknowledgement]\nsummary = "sum"\n',
        "acknowledgement.summary",
        "needs present_minutes",
    ),
    (SUMMARIES + '[constants]\nfrom = "2026-08-17"\n', "constants.from", "is mapped too"),
]


@pytest.mark.parametrize(("profile", "column", "problem"), NO_SENSE)
def test_each_thing_that_makes_no_sense_is_named(profile: str, column: str, problem: str) -> None:
    found = wrong(profile)

    assert any(where == column and problem in what for _, where, what in found), found


def test_a_broken_toml_names_its_line() -> None:
    assert wrong('profile = "x"\nschema = = 1\n') == [(2, "", "this is not TOML")]


def test_a_profile_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    for named in (tmp_path / "none.toml", "no-such-profile"):
        with pytest.raises(NotFound):
            read_profile(named)


def test_a_word_with_dots_and_quotes_can_be_mapped() -> None:
    profile = profile_from_text(
        with_columns(LESSONS, 'status = { header = "S" }')
        + '[reasons.words]\n"Sj. \\"a\\" = b" = { bucket = "valid" }\n'
    )

    assert list(profile.words) == ['sj. "a" = b']


PIECES = st.lists(
    st.sampled_from(
        [
            *re.findall(r"[^\n]+", LESSONS + WORDS + SUMMARIES),
            "[file]",
            "[columns.pupil]",
            "[reasons]",
            'header_row = "find"',
            "header_row = 0",
            "columns = 3",
            "shape = []",
            "reasons = 1",
            "file.sheet = 1979-05-27",
            'constants.from = "x"',
            "constants = { to = 2026-01-01 }",
            "columns.date = { header = [1] }",
            "[reasons.words.x.y]",
            'lessons = "of:x"',
        ]
    ),
    max_size=14,
)


@given(PIECES)
def test_any_pile_of_keys_is_a_profile_or_is_refused_with_faults(pieces: list[str]) -> None:
    try:
        assert profile_from_text("\n".join(pieces)).columns
    except InputRefused as refused:
        found = refused.faults
        assert found


@given(st.text(max_size=300))
def test_any_text_is_a_profile_or_is_refused_with_faults(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        profile_from_text(text)
    assert refused.value.faults


@given(st.text(max_size=40))
def test_any_word_of_a_file_can_stand_in_a_suggested_profile(word: str) -> None:
    import tomllib

    from hypothesis import assume

    assume(not any("\ud800" <= letter <= "\udfff" for letter in word))
    assert tomllib.loads(f"x = {toml(word)}")["x"] == word
