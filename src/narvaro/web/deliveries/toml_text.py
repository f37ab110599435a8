"""Writes settings as TOML: tables of values, and inline tables where a value is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_of(table: Mapping[str, Any]) -> str:
    """The text of a table of tables. What is None is left out."""
    top = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    parts = [_lines(top)] if top else []
    parts += _sections(table, "")
    return "\n".join(part for part in parts if part)


def _sections(table: Mapping[str, Any], above: str) -> list[str]:
    parts = []
    for key, value in table.items():
        if not isinstance(value, Mapping):
            continue
        name = f"{above}{_key(key)}"
        deeper = key == "words" or not above
        own = {k: v for k, v in value.items() if k != "words"} if deeper else value
        parts.append(f"[{name}]\n{_lines(own)}")
        if "words" in value:
            parts.append(f"[{name}.words]\n{_lines(value['words'])}")
    return parts


def _lines(table: Mapping[str, Any]) -> str:
    said = [f"{_key(key)} = {_value(value)}" for key, value in table.items() if value is not None]
    return "\n".join(said) + "\n"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, Mapping):
        pairs = [f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None]
        return "{ " + ", ".join(pairs) + " }"
    return _text(str(value))


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda at: f"\\u{ord(at[0]):04x}", escaped) + '"'
