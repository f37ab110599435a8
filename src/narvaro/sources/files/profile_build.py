"""Builds the profile from its checked TOML table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from narvaro.sources.files import moments
from narvaro.sources.files.amounts import read_amount
from narvaro.sources.files.keys import FIELDS
from narvaro.sources.files.profile import Column, Layout, Profile, ReasonRule, word_key
from narvaro.sources.files.reading_faults import CellUnreadable

Told = Callable[[str, str, str], None]  # path, problem, remedy


def built_profile(table: Mapping[str, object], tell: Told) -> Profile:
    """The profile; what cannot be read of it is told."""
    file = part_of(table, "file")
    reasons, late = part_of(table, "reasons"), part_of(table, "late")
    acknowledgement, rows = part_of(table, "acknowledgement"), part_of(table, "rows")
    words = _words(part_of(reasons, "words"), tell)
    columns = {
        name: _column(name, part_of(part_of(table, "columns"), name))
        for name in part_of(table, "columns")
    }
    empty = reasons.get("empty")
    top = {
        key: table[key] for key in ("title", "source", "zone", "lessons", "schools") if key in table
    }
    return Profile(
        name=str(table["profile"]),
        shape=str(table["shape"]),
        columns=columns,
        assumptions=_texts(table.get("assumptions", [])),
        layout=_layout(file),
        constants=_constants(part_of(table, "constants"), tell),
        words=words,
        empty_word=ReasonRule(str(empty)) if empty else None,
        other_words=str(reasons.get("other_words", "refuse")),
        late_bucket=str(late.get("bucket", "unclassified")),
        **cast("dict[str, str]", {**top, **acknowledgement, **rows}),
    )


def part_of(table: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = table.get(name, {})
    return cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {}


def _texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(cast("list[str]", value))


def _column(name: str, table: Mapping[str, object]) -> Column:
    given: dict[str, object] = {key: table[key] for key in table if key != "header"}
    for key in ("yes", "no"):
        if key in given:
            given[key] = tuple(word_key(word) for word in _texts(given[key]))
    if "form" not in given and FIELDS[name].kind in ("time", "times"):
        given["form"] = moments.CLOCK
    headers = tuple(word_key(header) for header in _texts(table.get("header", [])))
    return Column(name, headers=headers, **given)  # type: ignore[arg-type]


def _layout(table: Mapping[str, object]) -> Layout:
    given = {key: value for key, value in table.items() if value != "find"}
    if "total_words" in given:
        given["total_words"] = tuple(word_key(word) for word in _texts(given["total_words"]))
    return Layout(**given)  # type: ignore[arg-type]


def _words(table: Mapping[str, object], tell: Told) -> dict[str, ReasonRule]:
    rules: dict[str, ReasonRule] = {}
    for word in table:
        path = f"reasons.words.{word}"
        rule = part_of(table, word)
        if "bucket" not in rule:
            tell(path, "the word has no bucket", "Give bucket, or remove the word.")
            continue
        if word_key(word) in rules:
            tell(path, "the word stands twice, but for case or spaces", "Remove one.")
        rules[word_key(word)] = ReasonRule(**cast("dict[str, str]", rule))  # type: ignore[arg-type]
    return rules


def _constants(table: Mapping[str, object], tell: Told) -> dict[str, str | int | date]:
    read: dict[str, str | int | date] = {}
    for name, value in table.items():
        try:
            read[name] = _constant(name, value)
        except CellUnreadable as error:
            tell(f"constants.{name}", error.problem, error.remedy)
    return read


def _constant(name: str, value: object) -> str | int | date:
    kind = FIELDS[name].kind
    if kind == "date":
        return moments.read_date(str(value), form=moments.ISO_DATE)
    if kind == "amount":
        minutes = read_amount(str(value), unit="minutes").whole_minutes
        if minutes is None or minutes < 0:
            raise CellUnreadable("it is not a whole number of minutes, 0 or more")
        return minutes
    return str(value)
