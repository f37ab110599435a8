"""Reads a mapping profile and says everything that is wrong with it at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Final, cast

from narvaro.errors import BadRequest, Fault, InputRefused, NotFound
from narvaro.sources.files import moments
from narvaro.sources.files.amounts import read_amount
from narvaro.sources.files.keys import FIELDS, KEYS, Key
from narvaro.sources.files.profile import Column, Layout, Profile, ReasonRule, word_key
from narvaro.sources.files.profile_faults import Faults
from narvaro.sources.files.profile_sense import check_form, check_sense
from narvaro.sources.files.reading_faults import CellUnreadable

_BY_PATH: Final = {key.path: key for key in KEYS}
_LARGEST: Final = 1_000_000  # characters; a profile is a page or two
_TAKES: Final = {
    "unit": "amount",
    "decimals": "amount",
    "identifier": "identifier",
    "check_digit": "identifier",
    "yes": "yes_no",
    "no": "yes_no",
}


def shipped_profiles() -> Mapping[str, str]:
    """The profiles that come with Närvaro: name and TOML text."""
    folder = resources.files("narvaro.sources.files") / "profiles"
    files = sorted(folder.iterdir(), key=lambda item: item.name)
    return {
        item.name.removesuffix(".toml"): item.read_text("utf-8")
        for item in files
        if item.name.endswith(".toml")
    }


def read_profile(named: str | Path) -> Profile:
    """A profile by its path, or by the name of a shipped one.

    Raises InputRefused with all faults, NotFound when there is neither.
    """
    path = Path(named)
    if path.suffix == ".toml" or isinstance(named, Path):
        if not path.is_file():
            raise NotFound("There is no such profile file.", remedy="Check the path.")
        return profile_from_text(_text_of(path))
    shipped = shipped_profiles()
    if named not in shipped:
        raise NotFound(
            "No shipped profile has that name.", remedy=f"There are: {', '.join(shipped)}."
        )
    return profile_from_text(shipped[str(named)])


def profile_from_text(text: str) -> Profile:
    """A profile from its TOML text. Raises InputRefused with all faults."""
    faults = Faults(text)
    try:
        table = tomllib.loads(text) if len(text) <= _LARGEST else {}
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else 0
        raise InputRefused(
            "The profile",
            [Fault("profile", line, "", "this is not TOML", "Correct the line.")],
        ) from None
    _check_keys(table, faults)
    profile = _built(table, faults) if not faults.found else None
    if profile:
        check_sense(profile, faults)
    if faults.found or not profile:
        raise InputRefused("The profile", faults.found or [faults.made("", "it is too long", "")])
    return profile


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (UnicodeDecodeError, OSError):
        raise BadRequest(
            "The profile cannot be read as text.", remedy="Save it as UTF-8."
        ) from None


def _check_keys(table: Mapping[str, object], faults: Faults) -> None:
    leaves = list(_leaves(table))
    for path, value in leaves:
        key = _BY_PATH.get(_pattern(path))
        if key is None:
            faults.add(path, "there is no such key", _nearest(path))
        elif not _has_kind(value, key):
            faults.add(path, f"it must be {_kind_in_words(key)}")
    there = {path for path, _ in leaves}
    for key in KEYS:
        if key.required and "WORD" not in key.path and key.path not in there:
            faults.add(key.path, "the key is missing", key.text)
    if table.get("schema", 1) != 1:
        faults.add("schema", "this version of Närvaro reads schema 1", "Write schema = 1.")
    _check_fields(table, faults)


def _leaves(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        path = f"{above}.{name}" if above else name
        open_ended = _pattern(path + ".x") in _BY_PATH or any(
            key.startswith(_pattern(path) + ".") for key in _BY_PATH
        )
        if isinstance(value, Mapping) and open_ended:
            yield from _leaves(cast("Mapping[str, object]", value), path)
        else:
            yield path, value


def _pattern(path: str) -> str:
    """The path as the table of keys has it: `columns.date.form` is `columns.FIELD.form`."""
    parts = path.split(".")
    if parts[0] in ("columns", "constants") and len(parts) > 1:
        parts[1] = "FIELD"
    if parts[:2] == ["reasons", "words"] and len(parts) > 2:
        last = parts[-1] if f"reasons.words.WORD.{parts[-1]}" in _BY_PATH else None
        parts = ["reasons", "words", "WORD", *([last] if last and len(parts) > 3 else [])]
    return ".".join(parts)


def _nearest(path: str) -> str:
    close = get_close_matches(_pattern(path), _BY_PATH, n=1)
    return f"Did you mean {close[0]}?" if close else "The reference lists every key."


def _has_kind(value: object, key: Key) -> bool:
    number = isinstance(value, int) and not isinstance(value, bool)
    texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    checks = {
        "text": isinstance(value, str | date) or (number and "constants" in key.path),
        "texts": texts or isinstance(value, str),
        "word": value in key.words if isinstance(value, str) else False,
        "number": number and cast("int", value) >= 0,
        "number_or_word": (number and cast("int", value) >= 0) or value in key.words,
        "yes_no": isinstance(value, bool),
    }
    return checks[key.kind] and (key.kind != "text" or "constants" in key.path or not texts)


def _kind_in_words(key: Key) -> str:
    words = ", ".join(key.words)
    return {
        "text": "text",
        "texts": "a text or a list of texts",
        "word": f"one of: {words}",
        "number": "a whole number, 0 or more",
        "number_or_word": f"a line number or one of: {words}",
        "yes_no": "true or false",
    }[key.kind]


def _check_fields(table: Mapping[str, object], faults: Faults) -> None:
    shape = table.get("shape")
    for part in ("columns", "constants"):
        fields = _part(table, part)
        for name in fields:
            known = FIELDS.get(name)
            path = f"{part}.{name}"
            if known is None:
                close = get_close_matches(name, FIELDS, n=1)
                remedy = f"Did you mean {close[0]}?" if close else "The reference lists them."
                faults.add(path, "there is no such field", remedy)
            elif shape in ("lessons", "period_summaries") and shape not in known.shapes:
                faults.add(path, f"a row of {shape} has no such field")
            elif part == "constants" and not known.may_be_constant:
                faults.add(path, "this field cannot be a constant", "Map a column to it.")
            elif part == "columns":
                _check_column(path, fields[name], faults)


def _check_column(path: str, value: object, faults: Faults) -> None:
    if not isinstance(value, Mapping):
        faults.add(path, "it must be a table", 'Write { header = "…" }.')
        return
    kind = FIELDS[path.split(".")[1]].kind
    if ("header" in value) == ("position" in value):
        faults.add(path, "give either header or position")
    if value.get("position") == 0:
        faults.add(f"{path}.position", "positions count from 1")
    for key, needed in _TAKES.items():
        if key in value and kind != needed:
            faults.add(f"{path}.{key}", f"only a field of kind {needed} has it")
    if "form" in value and isinstance(value["form"], str):
        check_form(f"{path}.form", value["form"], kind=kind, faults=faults)


def _built(table: Mapping[str, object], faults: Faults) -> Profile | None:
    file = _part(table, "file")
    reasons, late = _part(table, "reasons"), _part(table, "late")
    acknowledgement, rows = _part(table, "acknowledgement"), _part(table, "rows")
    words = _words(_part(reasons, "words"), faults)
    columns = {
        name: _column(name, _part(_part(table, "columns"), name))
        for name in _part(table, "columns")
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
        constants=_constants(_part(table, "constants"), faults),
        words=words,
        empty_word=ReasonRule(str(empty)) if empty else None,
        other_words=str(reasons.get("other_words", "refuse")),
        late_bucket=str(late.get("bucket", "unclassified")),
        **cast("dict[str, str]", {**top, **acknowledgement, **rows}),
    )


def _part(table: Mapping[str, object], name: str) -> Mapping[str, object]:
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


def _words(table: Mapping[str, object], faults: Faults) -> dict[str, ReasonRule]:
    rules: dict[str, ReasonRule] = {}
    for word in table:
        path = f"reasons.words.{word}"
        rule = _part(table, word)
        if "bucket" not in rule:
            faults.add(path, "the word has no bucket", "Give bucket, or remove the word.")
            continue
        if word_key(word) in rules:
            faults.add(path, "the word stands twice, but for case or spaces")
        rules[word_key(word)] = ReasonRule(**cast("dict[str, str]", rule))  # type: ignore[arg-type]
    return rules


def _constants(table: Mapping[str, object], faults: Faults) -> dict[str, str | int | date]:
    read: dict[str, str | int | date] = {}
    for name, value in table.items():
        try:
            read[name] = _constant(name, value)
        except CellUnreadable as error:
            faults.add(f"constants.{name}", error.problem, error.remedy)
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
