"""An adaptation as the text of its file, for those who fill it in on a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from narvaro.programmes.adaptation import Adaptation
from narvaro.programmes.model import Deadline
from narvaro.programmes.roles import Text
from narvaro.programmes.schema import SCHEMA

_TABLES = ("steps", "forms", "prompts")


def write_adaptation(adaptation: Adaptation) -> str:
    """The TOML text that `read_adaptation` reads as the same adaptation."""
    top = ("programme", "version", "by", "decided_on", "why")
    lines = [f"schema = {SCHEMA}", *_keys(adaptation, top)]
    for table in _TABLES:
        for row in getattr(adaptation, table):
            lines += ["", f"[[{table}]]", *_keys(row, tuple(row.__slots__))]
    return "\n".join(lines) + "\n"


def _keys(row: object, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = getattr(row, name)
        if value is not None and value != ():
            yield f"{name} = {_value(value)}"


def _value(value: object) -> str:
    match value:
        case Text():
            return f"{{ sv = {_quoted(value.sv)}, en = {_quoted(value.en)} }}"
        case Deadline():
            return _quoted(f"{value.number} {value.kind}" if value.number else value.kind)
        case tuple():
            return f"[{', '.join(map(_value, value))}]"
        case date():
            return value.isoformat()
        case int():
            return str(value)
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """JSON's escapes are among TOML's; printable text needs no others."""
    return json.dumps(text, ensure_ascii=False)
