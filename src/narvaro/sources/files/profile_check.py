"""Reads a mapping profile and says everything that is wrong with it at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Final, cast

from narvaro.errors import Fault, InputRefused
from narvaro.sources.files.keys import FIELDS, KEYS, Key
from narvaro.sources.files.profile import Profile
from narvaro.sources.files.profile_build import built_profile, part_of
from narvaro.sources.files.profile_faults import Faults
from narvaro.sources.files.profile_sense import check_form, check_sense

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
    profile = built_profile(table, faults.add) if not faults.found else None
    if profile:
        check_sense(profile, faults)
    if faults.found or not profile:
        raise InputRefused("The profile", faults.found or [faults.made("", "it is too long", "")])
    return profile


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
        fields = part_of(table, part)
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
