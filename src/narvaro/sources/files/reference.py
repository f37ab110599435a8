"""The reference page of mapping profiles, written from the table of keys and the shipped files.

`python -m narvaro.sources.files.reference > docs/reference/mapping-profiles.md`
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Final

from narvaro.sources.files.keys import BUCKETS, FIELDS, KEYS, REASONS, Key
from narvaro.sources.files.moments import PARTS_IN_WORDS
from narvaro.sources.files.shelf import read_profile, shipped_profiles
from narvaro.sources.files.staging import UNMATCHED
from narvaro.sources.files.systems import SYSTEMS

SMALLEST: Final = """\
profile = "our-report"
schema = 1
shape = "period_summaries"

[file]
period_in_title = true

[columns]
pupil = { header = "Personnummer" }
offered_minutes = { header = "Undervisningstid", unit = "hours", decimals = 2 }
absent_minutes = { header = "Frånvaro", unit = "hours", decimals = 2 }

[constants]
school = "Ekskolan"
"""
"""The smallest useful profile, for the page and its test."""

INTRODUCTION: Final = f"""\
# Mapping profiles

A mapping profile is one TOML file that says how one system writes its reports: where the header
is, what the columns are called, in which unit they are, what the words mean. With it a CSV file
or a workbook (XLSX, XLS, ODS) becomes a delivery in the exchange format. Nothing is guessed when
a file is read; guessing is done once, by inspecting a file, and its result is a profile to look
through and keep. [Import a file from any system](../how-to/import-a-file-from-any-system.md)
goes through it.

This page is written from the table of keys (schema 1) and the shipped profiles; do not edit it.

A file is read whole or not at all: every fault is reported at once with line, column and what to
do. Personal numbers and other identifiers become keys before anything is written; names are never
read; the words of the source are mapped and not kept.

## The smallest profile

```toml
{SMALLEST}```
"""


def write_reference() -> str:
    """The whole page."""
    parts: list[Iterable[str]] = [
        [INTRODUCTION],
        _keys(),
        _fields(),
        _forms(),
        _amounts(),
        _identifiers(),
        _words(),
        _systems(),
        _keys_of_lessons(),
        _unmatched(),
        _shipped(),
    ]
    return "\n".join(line for part in parts for line in part)


def _keys() -> Iterator[str]:
    yield "## Keys\n"
    yield "`FIELD` is one of the fields below, `WORD` a word of the file.\n"
    yield "| key | what | may be | if left out |"
    yield "|---|---|---|---|"
    for key in KEYS:
        yield f"| `{key.path}` | {_cell(key.text)} | {_may_be(key)} | {_default(key)} |"
    yield ""


def _may_be(key: Key) -> str:
    kinds = {
        "text": "text",
        "texts": "a text or a list of texts",
        "number": "a whole number",
        "number_or_word": "a whole number or " + ", ".join(f"`{w}`" for w in key.words),
        "yes_no": "`true`, `false`",
    }
    return kinds.get(key.kind) or ", ".join(f"`{word}`" for word in key.words)


def _default(key: Key) -> str:
    if key.required:
        return "required"
    if isinstance(key.default, bool):
        return f"`{str(key.default).lower()}`"
    if isinstance(key.default, tuple):
        return ", ".join(f"`{word}`" for word in key.default) or "none"
    return f"`{key.default}`" if key.default else "none"


def _fields() -> Iterator[str]:
    yield "## Fields\n"
    yield "A field stands under `columns` with its header or position, or (where the table says so)"
    yield "under `constants` with one value for every row.\n"
    yield "| field | in | what | constant |"
    yield "|---|---|---|---|"
    for field in FIELDS.values():
        shapes = ", ".join(f"`{shape}`" for shape in field.shapes)
        constant = "yes" if field.may_be_constant else ""
        yield f"| `{field.name}` | {shapes} | {_cell(field.text)} | {constant} |"
    yield ""


def _forms() -> Iterator[str]:
    yield "## Forms of dates and times\n"
    yield "A form is written with these parts; anything else in it stands for itself. ISO 8601 dates"
    yield "and moments, and times as `8:10`, are read whatever the form says, for that is what the"
    yield "cells of a workbook hold. Two-digit years from 90 are the 1990s, the others this century.\n"
    yield "| part | means |"
    yield "|---|---|"
    yield from (f"| `{part}` | {means} |" for part, means in PARTS_IN_WORDS.items())
    yield ""


def _amounts() -> Iterator[str]:
    yield """\
## Minutes

The unit says what a *bare* number means. A cell that says its own unit is read as it says:
`45 min`, `0:45`, `1 tim 15 min` and `0,75 h` are all read whatever the unit. A dash is an empty
cell, and empty is unknown, never zero.

Hours with two decimals tell the minute (`0,67` is 40 minutes); hours with fewer do not, unless
`decimals = 2` says that zeros at the end are dropped. What does not tell the minute makes a
period summary `rounded`, and such a summary never decides a limit exactly; in lesson rows it is
refused, unless `rows.rounded_minutes` is `nearest`. A share is always rounded.

Where a mark can part thousands or decimals (`1,234`), the file is refused until `file.decimal`
says which it is.
"""


def _identifiers() -> Iterator[str]:
    yield """\
## The pupil

| `identifier` | the column holds |
|---|---|
| `civic` | personal numbers: `YYYYMMDD-NNNN`, `YYYYMMDDNNNN`, `YYMMDD-NNNN`, `YYMMDDNNNN`, with \
`+` after a hundredth birthday; coordination numbers; temporary numbers with letters in the last \
four places, which are a kind of their own |
| `external` | an id of the source |
| `key` | a key that is pseudonymous already |

A personal number that has lost its first zero in a spreadsheet gets it back, and the import says
how many did. A number that was rounded (`1.5E+11`) has lost digits: the file is refused. A wrong
check digit is told of, or refused, as `check_digit` says.
"""


def _words() -> Iterator[str]:
    yield "## Words: status and reason\n"
    yield f"A bucket is one of {_listed(BUCKETS)}; a reason one of {_listed(REASONS)}."
    yield """\
`unknown` says nothing about time. A word without minutes of its own is the whole lesson, unless
`without_minutes` says otherwise. Where a file has both a status and a reason, the status decides;
the reason refines a status whose bucket is `unclassified`, and a reason that does not count as
absence wins. Case and spaces do not matter. A word that is not in the table refuses the file, for
a new reason can mean anything; its text is never shown.
"""


def _systems() -> Iterator[str]:
    yield "## What systems mean by reported\n"
    yield "The same reality gives different files. Announced absence never acknowledges a lesson.\n"
    yield "| the system | say | then |"
    yield "|---|---|---|"
    yield from (f"| {what} | {say} | {then} |" for what, say, then in SYSTEMS)
    yield ""


def _keys_of_lessons() -> Iterator[str]:
    yield """\
## The key of a lesson

Where the file has a column of lesson ids, that is the key. Else it is made from the school, the
start and the group; without a group, from the subject and the class. It is the same in every
delivery of the same lesson. Rows of one lesson that disagree about its end, length, school or
cancellation are a fault that names both lines.
"""


def _unmatched() -> Iterator[str]:
    yield "## Marks of another source's lessons\n"
    yield 'With `lessons = "of:NAME"` no lessons are written. The marks stand in a file of their'
    yield "own, `unmatched_marks.parquet`, to be joined to the lessons of NAME by school, start and"
    yield "group or class:\n"
    yield "| column | what |"
    yield "|---|---|"
    yield from (f"| `{name}` | {what} |" for name, what in UNMATCHED.items())
    yield ""


def _shipped() -> Iterator[str]:
    yield "## Shipped profiles\n"
    yield "Each is a beginning: what it assumes is listed, and a copy can be mended.\n"
    for name in shipped_profiles():
        profile = read_profile(name)
        yield f"### `{name}`\n"
        yield f"{profile.title}. {profile.source}\n"
        yield from (f"- {assumption}" for assumption in profile.assumptions)
        yield ""


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(write_reference())
