"""The tables of a TOML file as Markdown: their keys, kinds, defaults and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from narvaro.programmes.keys import Key, Table


def describe_table(table: Table) -> Iterator[str]:
    """A table of a TOML file: its keys, kinds, defaults and words, as Markdown."""
    yield f"### `{table.header}`\n" if table.name else "### Before the first table\n"
    yield f"{table.help}\n"
    yield grid(("key", "kind", "when left out", "meaning"), map(_key, table.keys))
    for key in table.keys:
        if key.kind.choices and any(key.kind.choices.values()) and "role" not in key.kind.words:
            yield _words(key.name, key.kind.choices)


def _key(key: Key) -> tuple[str, ...]:
    return f"`{key.name}`", key.kind.words, _default(key), key.help


def _default(key: Key) -> str:
    if key.required:
        return "a fault"
    match key.default:
        case None | ():
            return "nothing"
        case bool():
            return f"`{str(key.default).lower()}`"
        case Fraction():
            return f"{key.default}"
        case tuple():
            return ", ".join(f"`{word}`" for word in key.default)
        case _:
            return f"`{key.default}`"


def _words(name: str, choices: Mapping[str, str]) -> str:
    lines = [f"- `{word}`: {meaning}" for word, meaning in choices.items()]
    return "\n".join([f"Words of `{name}`:\n", *lines, ""])


def grid(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    titles = tuple(header)
    lines = [titles, tuple("---" for _ in titles), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
