"""A form's file: what it can say, and every fault of it at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narvaro.errors import InputRefused
from narvaro.forms import Kind, Restriction, Voice, form_faults, read_form

HEAD = """
schema = 1
id = "a-form"
version = 1
valid_from = 2026-08-01
name = { sv = "Blankett", en = "Form" }
about = { sv = "Om", en = "About" }
"""
SECTION = '[[sections]]\nid = "s"\nname = { sv = "Del", en = "Part" }\n'


def field(name: str, kind: str, more: str = "") -> str:
    label = f'label = {{ sv = "{name}", en = "{name}" }}'
    return f'[[fields]]\nid = "{name}"\nsection = "s"\nkind = "{kind}"\n{label}\n{more}\n'


def said(text: str) -> list[tuple[str, str]]:
    return [(one.table, one.column) for one in form_faults(text)]


CHOICE = 'options = [{ id = "a", sv = "A", en = "A" }, { id = "b", sv = "B", en = "B" }]'


def test_a_form_is_what_its_file_says() -> None:
    fact = 'prefilled_from = "figures.share"'
    own = 'restriction = "student_health"\nwords_of = "pupil"\nrequired = true'
    form = read_form(HEAD + SECTION + field("known", "fact", fact) + field("told", "text", own))

    assert (form.id, form.version, form.name.sv, form.name.to("en")) == (
        "a-form", 1, "Blankett", "Form",
    )  # fmt: skip
    told = form.field("told")
    assert (told.kind, told.restriction, told.words_of, told.required) == (
        Kind.TEXT, Restriction.STUDENT_HEALTH, Voice.PUPIL, True,
    )  # fmt: skip
    assert [one.id for one in form.left_to_fill] == ["told"]
    assert len(form.fingerprint) == 64


def test_every_fault_is_told_at_once_with_its_line() -> None:
    text = (
        HEAD.replace("version = 1", 'version = "ett"') + SECTION + field("a", "txt", "requird = 1")
    )

    faults = form_faults(text)

    assert [(one.table, one.line, one.column) for one in faults] == [
        ("form", 4, "version"), ("fields[1]", 14, "kind"), ("fields[1]", 16, "requird"),
    ]  # fmt: skip
    assert "Did you mean required?" in faults[2].remedy
    with pytest.raises(InputRefused):
        read_form(text)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("", "fields"),
        (field("a", "fact"), "prefilled_from"),
        (field("a", "fact", 'prefilled_from = "x"\nrequired = true'), "required"),
        (field("a", "one_of"), "options"),
        (field("a", "text", CHOICE), "options"),
        (field("a", "table"), "columns"),
        (field("a", "text", CHOICE.replace("options", "rows")), "rows"),
        (field("a", "scale", "lowest = 3\nhighest = 3"), "highest"),
        (field("a", "text") + field("a", "text"), "id"),
        (field("a", "text").replace('section = "s"', 'section = "t"'), "section"),
        (field("a", "one_of", CHOICE.replace('"b"', '"a"')), "options"),
        (field("a", "text", 'needed_when = { field = "b", option = "a" }'), "needed_when"),
    ],
)
def test_parts_that_do_not_fit_each_other_are_a_fault(body: str, place: str) -> None:
    assert place in [column for _, column in said(HEAD + SECTION + body)]


def test_a_field_is_read_by_no_more_than_its_form() -> None:
    head = HEAD + 'restriction = "pupil_support"\n'
    text = head + SECTION + field("a", "text", 'restriction = "ordinary"')

    assert said(text) == [("fields[1]", "restriction")]
    assert read_form(head + SECTION + field("a", "text")).field("a").restriction == "pupil_support"


def test_a_form_asks_no_more_than_it_promises() -> None:
    head = HEAD + "most_to_fill = 1\n"
    filled = field("b", "text", 'prefilled_from = "case.tried"')

    assert said(head + SECTION + field("a", "text") + field("b", "text")) == [
        ("form", "most_to_fill")
    ]
    assert form_faults(head + SECTION + field("a", "text") + filled) == ()


LETTER = '[[letters]]\nlanguage = "{}"\nname = "x"\nsubject = "Hej"\nbody = "{}"\n'


@pytest.mark.parametrize(
    ("letters", "columns"),
    [
        (LETTER.format("sv", "Till {a} från {sender}") + LETTER.format("en", "{a}, {sender}"), []),
        (LETTER.format("sv", "{nobody}"), ["body"]),
        (LETTER.format("sv", "{a}") + LETTER.format("en", "nothing"), ["body"]),
        (LETTER.format("en", "{a}"), ["language"]),
    ],
)
def test_a_letter_says_the_same_in_every_language(letters: str, columns: list[str]) -> None:
    found = form_faults(HEAD + SECTION + field("a", "text") + letters)

    assert [one.column for one in found] == columns


def test_what_is_no_toml_or_too_long_is_one_fault() -> None:
    assert [one.problem for one in form_faults("id = ")] == ["this is not TOML"]
    assert "longer" in form_faults("#" * 1_000_001)[0].problem


@given(
    st.text("[]=\"'\n#aid s{}.", max_size=80),
    st.sampled_from([HEAD, HEAD + SECTION, HEAD + SECTION + "[[fields]]\n"]),
)
def test_reading_never_raises_whatever_the_file_holds(text: str, before: str) -> None:
    assert isinstance(form_faults(before + text), tuple)


@given(
    st.recursive(
        st.one_of(st.integers(), st.booleans(), st.text("ab.-", max_size=5)),
        lambda inner: st.lists(inner, max_size=2),
    ),
    st.sampled_from(["version", "restriction", "valid_from", "is_about_pupil", "most_to_fill"]),
)
def test_any_value_at_any_key_is_read_or_is_a_fault(value: object, key: str) -> None:
    import json

    lines = [line for line in HEAD.splitlines() if not line.startswith(f"{key} ")]
    text = "\n".join([*lines, f"{key} = {json.dumps(value)}\n"]) + SECTION + field("a", "text")

    assert all(one.column for one in form_faults(text))
