"""Answers: one way to write each, every fault at once, the same fingerprint for the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narvaro.forms import check, fingerprint, labels_of, letter_of, newest, read_form, shown, tidied
from narvaro.forms.answers import MISSING, canonical
from narvaro.forms.model import Form

DAY = date(2026, 12, 2)
CHOICE = '[{ id = "a", sv = "A", en = "Aa" }, { id = "b", sv = "B", en = "Bb" }]'
KINDS = ["text", "long_text", "one_of", "many_of", "date", "number", "scale", "person_list"]


def every_kind() -> Form:
    head = """
schema = 1
id = "a-form"
version = 1
valid_from = 2026-08-01
name = { sv = "Blankett", en = "Form" }
about = { sv = "Om", en = "About" }
[[sections]]
id = "s"
name = { sv = "Del", en = "Part" }
"""
    fields = [
        f'[[fields]]\nid = "{kind}"\nsection = "s"\nkind = "{kind}"\nmax_length = 20\n'
        f'label = {{ sv = "{kind}", en = "{kind}" }}\n'
        + (f"options = {CHOICE}\n" if kind in ("one_of", "many_of") else "")
        for kind in KINDS
    ]
    table = (
        '[[fields]]\nid = "table"\nsection = "s"\nkind = "table"\nmax_length = 20\n'
        'label = { sv = "t", en = "t" }\n'
        'columns = [{ id = "x", sv = "X", en = "X", required = true }, { id = "y", sv = "Y", en = "Y" }]\n'
    )
    return read_form("\n".join([head, *fields, table]))


FORM = every_kind()
GOOD: dict[str, Any] = {
    "text": "en rad",
    "long_text": "två\nrader",
    "one_of": "b",
    "many_of": ["a", "b"],
    "date": "2026-12-15",
    "number": "-12.5",
    "scale": 3,
    "person_list": ["Åsa Öberg", "Per Ek"],
    "table": [{"x": "1", "y": "2"}, {"x": "3"}],
}


def test_good_answers_have_no_fault_and_are_shown_with_their_labels() -> None:
    assert check(FORM, GOOD) == ()
    rows = {one.id: one for one in shown(labels_of(FORM), GOOD)[0].answers}
    assert rows["many_of"].lines == ("A", "B")
    assert rows["date"].lines == ("15 december 2026",)
    assert rows["number"].lines == ("\u221212,5",)
    assert rows["table"].rows == (("1", "2"), ("3", ""))
    english = {one.id: one for one in shown(labels_of(FORM), GOOD, "en")[0].answers}
    assert english["many_of"].lines == ("Aa", "Bb")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("text", "två\nrader"),
        ("text", "x" * 21),
        ("text", ["x"]),
        ("text", "\0"),
        ("one_of", "c"),
        ("one_of", ["a"]),
        ("many_of", ["a", "a"]),
        ("many_of", ["c"]),
        ("many_of", "a"),
        ("date", "2026-02-30"),
        ("date", "1066-01-01"),
        ("date", 20261215),
        ("number", "tolv"),
        ("number", "9" * 30),
        ("number", "NaN"),
        ("scale", 6),
        ("scale", True),
        ("scale", "3"),
        ("person_list", ["x" * 21]),
        ("person_list", ["x"] * 21),
        ("table", [{"z": "1"}]),
        ("table", [{"y": "1"}]),
        ("table", [{"x": "x" * 21}]),
        ("table", [{"x": 1}]),
        ("table", [{"x": "1"}] * 51),
        ("nothing", "x"),
    ],
)
def test_each_answer_that_cannot_stand_is_named(name: str, wrong: Any) -> None:
    assert {one.field for one in check(FORM, GOOD | {name: wrong})} == {name}


def test_all_faults_come_at_once_in_the_forms_order() -> None:
    found = check(FORM, {"scale": 9, "text": 1, "date": "i går"})

    assert [one.field for one in found] == ["text", "date", "scale"]


def test_answers_are_kept_in_one_way() -> None:
    sent = {"text": "  A\u030a  ", "many_of": ["b", "a"], "number": "\u221212,50", "long_text": "a\r\nb",
            "person_list": ["  Åsa ", ""], "table": [{"x": " "}, {"x": "1 "}], "date": "", "odd": "x"}  # fmt: skip

    assert tidied(FORM, sent) == {
        "text": "Å", "many_of": ["a", "b"], "number": "-12.50", "long_text": "a\nb",
        "person_list": ["Åsa"], "table": [{"x": "1"}],
    }  # fmt: skip


def test_the_fingerprint_is_the_same_however_the_answers_are_ordered() -> None:
    again = dict(reversed(list(GOOD.items())))

    assert fingerprint("a-form", 1, GOOD) == fingerprint("a-form", 1, again)
    assert fingerprint("a-form", 2, GOOD) != fingerprint("a-form", 1, GOOD)
    assert canonical("a-form", 1, {"b": "Å", "a": ["x"]}).decode() == (
        '{"answers":{"a":["x"],"b":"Å"},"form":"a-form","version":1}'
    )
    assert fingerprint("a-form", 1, GOOD | {"text": "annan"}) != fingerprint("a-form", 1, GOOD)


ODD: list[Any] = [None, True, 0, -1, 3, "", "a", "x\n", "\0", "2026-12-02", "1e5", [], {}, ["a"], ["a", "a"],
       [None], [[]], [{}], [{"x": "1"}], [{"x": 1}], [{"row": []}], [{"x": "1"}, "x"], {"x": "1"}]  # fmt: skip


@given(st.dictionaries(st.sampled_from([*KINDS, "table", "odd"]), st.sampled_from(ODD)))
def test_whatever_is_sent_is_told_or_taken_and_never_raises(sent: dict[str, Any]) -> None:
    check(FORM, sent)
    kept = tidied(FORM, sent)

    assert tidied(FORM, kept) == kept
    check(FORM, kept)


INVESTIGATED: dict[str, Any] = {
    "took_part": ["pupil", "guardian", "student_health"],
    "pupil_says": "Det är svårt på morgonen.",
    "home_says": "Vi vill ha besked samma dag.",
    "cause_map": [
        {"row": level, "hinders": "Inget känt", "protects": "En vän"}
        for level in ("individual", "school", "family", "peers", "structure")
    ],
    "conclusion": "Vi ändrar schemat.",
    "next": [{"what": "Nytt schema", "who": "Rektor", "by": "15 december"}],
    "special_support": "no",
    "follow_up_on": "2027-01-15",
}


def test_the_cause_mapping_is_mandatory_at_every_level_with_what_protects() -> None:
    form = newest("investigation", on=DAY)
    without = INVESTIGATED | {"cause_map": INVESTIGATED["cause_map"][:4]}
    half = INVESTIGATED | {"cause_map": [{"row": "school", "hinders": "Buller"}]}

    assert check(form, INVESTIGATED) == ()
    assert [one.field for one in check(form, without)] == ["cause_map", "cause_map"]
    assert "”Skyddar” för ”Struktur”" in check(form, without)[1].text.sv
    assert len(check(form, half)) == 9
    assert {one.field for one in check(form, {})} >= {"cause_map", "follow_up_on"}


@pytest.mark.parametrize("cause", ["long_illness", "chronic_illness", "external_assessment"])
def test_a_restricted_cause_demands_how_the_right_to_education_is_met(cause: str) -> None:
    """P6: a known cause is not the end of it."""
    form = newest("investigation", on=DAY)
    answers = INVESTIGATED | {"restricted_causes": [cause]}

    assert [(one.field, one.text) for one in check(form, answers)] == [
        (f"education_{cause}", MISSING)
    ]
    assert check(form, answers | {f"education_{cause}": "Undervisning på distans"}) == ()
    assert form.field("restricted_causes").restriction == "student_health"
    assert form.field(f"education_{cause}").restriction == "student_health"


def test_a_letter_is_filled_with_the_answers_in_its_language() -> None:
    form = newest("guardian-letter", on=DAY)
    answers = {
        "meeting_on": "2026-12-15",
        "meeting_time": "15.30",
        "place": "Sal Ö",
        "phone": "010",
    }
    given_too = {"sender": "Åsa Öberg-Wästerlund", "school": "Almskolan", "day": "2 december 2026"}

    subject, body = letter_of(labels_of(form), answers, given_too, language="sv")
    _, english = letter_of(labels_of(form), answers, given_too, language="en")

    assert subject == "Vi vill träffa er"
    assert "den 15 december 2026 klockan 15.30. Vi ses här: Sal Ö." in body
    assert "Åsa Öberg-Wästerlund\nAlmskolan, 2 december 2026" in body
    assert "{" not in body
    assert "\n\n\n" not in body
    assert "on 15 December 2026 at 15.30" in english
