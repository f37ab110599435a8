"""Checks that every kind of file needs: names that are used exist, once, and say whence they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from narvaro.programmes.model import Sourced
from narvaro.programmes.reading import Reading, Row
from narvaro.programmes.values import nearest


def check_sources(reading: Reading) -> None:
    """Every sourced row names a source that exists, or says what it assumes."""
    for row in _sourced_rows(reading):
        _check_source(reading, row)


def ids_of(reading: Reading, table: str) -> list[str]:
    """The ids of a table's rows."""
    return [row.values["id"] for row in reading.of(table) if "id" in row.values]


def named(row: Row, key: str) -> tuple[str, ...]:
    """What a key names: nothing, one id or several."""
    value: Any = row.values.get(key)
    return (value,) if isinstance(value, str) else tuple(value or ())


def check_reference(reading: Reading, *, table: str, key: str, target: str) -> None:
    """What a table's key names stands in another table of the file."""
    check_known(reading, table=table, key=key, target=target, known=ids_of(reading, target))


def check_known(
    reading: Reading, *, table: str, key: str, target: str, known: Sequence[str]
) -> None:
    """What a table's key names is one of `known`; `target` is what they are called together."""
    for row in reading.of(table):
        for name in named(row, key):
            if name not in known:
                problem = f"{target} has nothing called {name}"
                reading.fault(row, key, problem, nearest(name, known))


def _sourced_rows(reading: Reading) -> Iterator[Row]:
    for rows in reading.rows.values():
        yield from (row for row in rows if row.is_given and issubclass(row.table.builds, Sourced))


def _check_source(reading: Reading, row: Row) -> None:
    known = ids_of(reading, "sources")
    for name in named(row, "source"):
        if name not in known:
            reading.fault(row, "source", f"sources has nothing called {name}", nearest(name, known))
    values = row.values
    assumed, text = values.get("assumption"), values.get("assumption_text")
    if assumed is False and text is not None:
        problem = "an assumption is described but not marked"
        reading.fault(row, "assumption_text", problem, "Add assumption = true")
    if assumed and text is None and "assumption_text" in values:
        remedy = "Add assumption_text in sv and en"
        reading.fault(row, "assumption", "what is assumed is not said", remedy)
    if values.get("source") == () and assumed is False and text is None:
        remedy = 'Add source = "..." (an id of sources), or assumption = true and its text'
        reading.fault(row, "source", "neither a source nor an assumption is given", remedy)


def check_unique(reading: Reading, table: str) -> None:
    """No id stands twice in a table."""
    seen: Counter[str] = Counter()
    for row in reading.of(table):
        name = row.values.get("id")
        if name is None:
            continue
        seen[name] += 1
        if seen[name] == 2:
            remedy = "Give one of them another id"
            reading.fault(row, "id", f"{name} stands twice in {table}", remedy)
