"""Swedish pages speak Swedish of what is wrong with a file, whoever found it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override
from tests.web.deliveries.conftest import Send

import narvaro
from narvaro.web.deliveries.fault_words import PLACE, said, swedish_of, words
from narvaro.web.deliveries.models import Source

CORE = Path(narvaro.__file__).parent
OF_EXCHANGE = (
    "ancestry", "conversion", "csv_file", "duplicates", "finding_files", "header",
    "marks_and_lessons", "parquet_file", "records", "rules", "unpacking",
    "cells/keys", "cells/numbers", "cells/times", "cells/words",
)  # fmt: skip
OF_FILES = (
    "amounts", "cells", "delivery", "grid", "identifiers", "marks", "moments", "periods",
    "profile_build", "profile_check", "profile_needs", "profile_sense", "staging", "table",
    "workbook",
)  # fmt: skip
OF_PACKAGES = ("package", "package_parts", "package_texts")
OF_FORMS = ("links", "reading", "rows")
NOT_SAID = re.compile(
    r"\b(SELECT|FROM|CAST|WHEN|CASE|DATE|TABLE|INTERVAL|COPY|TIMESTAMP|UNION|AND|AS|IS|WHERE)\b"
    r"|[a-z_]+\(|[\\^|<>]|::|^\W|%[A-Z]|dict\[|Mapping\[|, auto_detect|_[a-z]+, |\"|'\{"
)
"""SQL, patterns and types: strings of these modules that nobody is told."""


def said_by(path: Path) -> Iterator[str]:
    """The texts of a module, `{}` for what varies; no documentation."""
    tree = ast.parse(path.read_text("utf-8"))
    parts = {
        id(one) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for one in node.values
    }
    parts |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = _template(node) if id(node) not in parts else ""
        if " " in text.strip() and not NOT_SAID.search(text):
            yield text


def _template(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else PLACE for one in node.values
        )
    return ""


NOT_OF_FAULTS = {
    # what was refused, as the command line calls it; pages say it in their own heading
    "The routine package",
    "The form",
    # names of months and words for protected people that are looked for in files
    "jan januari january",
    "feb febr februari february",
    "mar mars march",
    "apr april",
    "maj may",
    "jun juni june",
    "jul juli july",
    "aug augusti august",
    "sep sept september",
    "okt oktober oct october",
    "nov november",
    "dec december",
    "fictitious identity",
    "fingerad identitet",
    "fingerade personuppgifter",
    # columns, and what a reader of CSV and an engine say to us alone
    "lesson, pupil, recorded_at",
    "narvaro: a row may have a fault",
    "new-line character",
    "unexpected end of data",
}
"""Texts of these modules that nobody is told."""


def every_text() -> set[str]:
    modules = [CORE / "exchange" / f"{name}.py" for name in OF_EXCHANGE]
    modules += [CORE / "sources" / "files" / f"{name}.py" for name in OF_FILES]
    found = {text for path in modules for text in said_by(path)}
    modules += [CORE / "programmes" / f"{name}.py" for name in OF_PACKAGES]
    modules += [CORE / "forms" / f"{name}.py" for name in OF_FORMS]
    sql = (CORE / "ledger" / "references.py").read_text("utf-8")
    found |= set(re.findall(r"^    '([A-Za-z][^']* [^']*)'", sql, re.M))
    return found - NOT_OF_FAULTS


def test_what_nobody_is_told_is_still_there() -> None:
    modules = "".join(path.read_text("utf-8") for path in CORE.rglob("*.py"))

    assert [one for one in NOT_OF_FAULTS if one not in modules] == []


def test_every_text_has_its_swedish() -> None:
    assert sorted(text for text in every_text() if swedish_of(text) is None) == []


def test_both_languages_leave_room_for_the_same() -> None:
    assert [one for one, other in words().items() if one.count(PLACE) != other.count(PLACE)] == []


def test_every_word_of_the_catalogue_is_still_said_somewhere() -> None:
    every = "\n".join(
        path.read_text("utf-8") for path in CORE.rglob("*.py") if "fault_words" not in path.name
    )
    joined = re.sub(r'"\s*\n\s*f?"', "", every)
    parts = {one: one.split(PLACE) for one in words()}
    gone = [one for one, all_of in parts.items() if not all(part in joined for part in all_of)]

    assert gone == []


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("longer than 200 characters", "längre än 200 tecken"),
        ("Write one of: none, marked.", "Skriv något av: none, marked."),
        ("outside 1990 to 2100", "utanför 1990 till 2100"),
        ("100 % of {} and %s", None),
    ],
)
def test_what_varies_is_kept(english: str, swedish: str | None) -> None:
    assert swedish_of(english) == swedish


def test_english_pages_say_what_the_core_says() -> None:
    with override("en"):
        assert said("not a date").text == "not a date"


def test_the_page_of_a_refused_load_is_in_swedish(
    owner: Client, send: Send, source: Source
) -> None:
    load = send(source, "enrolments.csv", b"pupil,school,starts_on\na,b,igar\n")

    shown = owner.get(f"/kallor/leverans/{load.public_id}/").content.decode()
    assert "inte ett datum" in shown
    assert "not a date" not in shown
