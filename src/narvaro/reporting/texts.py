"""The interface's own words: one TOML file per language, the same keys in each."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from narvaro.reporting.markup import Child, Markup, many
from narvaro.timetable import Language

LANGUAGES: tuple[Language, ...] = ("sv", "en")
_PLACE = re.compile(r"\{(\w+)\}")


@cache
def texts(lang: Language) -> dict[str, str]:
    """Every text by its dotted key."""
    source = files("narvaro.reporting").joinpath("texts", f"{lang}.toml")
    return dict(_flat(tomllib.loads(source.read_text(encoding="utf-8")), ""))


def _flat(tree: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, value)]
    return found


@dataclass(frozen=True, slots=True)
class Voice:
    """Says texts in one language."""

    lang: Language

    def say(self, key: str, **values: str | int) -> str:
        """The text of `key` with its {places} filled. KeyError for an unknown key or place."""
        return texts(self.lang)[key].format(**values)

    def counted(self, key: str, n: int, shown: str) -> str:
        """`key`.one or `key`.other, with {n} as shown."""
        return self.say(f"{key}.{'one' if n == 1 else 'other'}", n=shown)

    def rich(self, key: str, **values: Child) -> Markup:
        """As `say`, but values may be markup; all other text is escaped."""
        parts = _PLACE.split(texts(self.lang)[key])
        return many(values[part] if number % 2 else part for number, part in enumerate(parts))
