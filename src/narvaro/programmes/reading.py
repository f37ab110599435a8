"""From the text of a TOML file to rows of values, with every fault of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from narvaro.errors import Fault
from narvaro.programmes.keys import Key, Table
from narvaro.programmes.schema import SCHEMA, TABLES, TOP
from narvaro.programmes.values import Wrong, nearest
from narvaro.toml_lines import Path, key_lines

LARGEST_FILE = 1_000_000
"""Characters; the longest shipped programme has under 20 thousand."""


@dataclass(frozen=True)
class Row:
    """One table of the file, read: `values` lacks the keys that could not be used."""

    table: Table
    path: Path
    values: Mapping[str, Any]
    is_given: bool = True

    @property
    def place(self) -> str:
        """`programme`, `scope`, `rules[2]`: counted from 1, as a reader counts."""
        if not self.path:
            return self.table.file
        number = self.path[-1]
        return f"{self.path[0]}[{number + 1}]" if isinstance(number, int) else str(number)


@dataclass
class Reading:
    """What a file holds: its rows by table, its faults, and where things stand in it."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)

    def fault(self, row: Row, key: str, problem: str, remedy: str) -> None:
        places = ((*row.path, key), row.path, row.path[:1])
        line = next((self.lines[place] for place in places if place in self.lines), 1)
        self.faults.append(Fault(row.place, line, key, problem, remedy))

    def of(self, table: str) -> list[Row]:
        return self.rows.get(table, [])

    def top(self) -> Row:
        return self.rows[""][0]


def read(text: str, top: Table = TOP, tables: Sequence[Table] = TABLES) -> Reading:
    """Every row and every fault of a text, a programme's unless other tables are given; never raises."""
    reading = Reading()
    raw = _parse(text, reading, top)
    if raw is None:
        return reading
    reading.lines = key_lines(text)
    given = {table.name: raw.pop(table.name) for table in tables if table.name in raw}
    named = [*(key.name for key in top.keys), *(table.name for table in tables)]
    reading.rows[""] = [_row(top, (), raw, reading, known=named)]
    for table in tables:
        found = given.get(table.name, [] if table.repeated else {})
        reading.rows[table.name] = list(_rows(table, found, reading, top))
    _schema_fault(reading)
    return reading


def read_bytes(content: bytes, top: Table = TOP, tables: Sequence[Table] = TABLES) -> Reading:
    """As `read`, of a file's bytes; what is not UTF-8 is one fault with its line."""
    try:
        return read(content.decode("utf-8-sig"), top, tables)
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        fault = Fault(top.file, line, "", "this is not UTF-8", "Save the file as UTF-8")
        return Reading(faults=[fault])


def _parse(text: str, reading: Reading, top: Table) -> dict[str, Any] | None:
    if len(text) > LARGEST_FILE:
        problem = f"the file is longer than {LARGEST_FILE} characters"
        reading.faults.append(Fault(top.file, 0, "", problem, "Is it the right file?"))
        return None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as wrong:
        place = re.search(r"\(at line (\d+), column \d+\)", str(wrong))
        line = int(place[1]) if place else 0
    remedy = "See docs/reference/programmes.md; texts stand in quotation marks, tables as [name]"
    reading.faults.append(Fault(top.file, line, "", "this is not TOML", remedy))
    return None


def _rows(table: Table, given: object, reading: Reading, top: Table) -> Iterator[Row]:
    wanted = list if table.repeated else dict
    values = given if isinstance(given, list) else [given]
    if not isinstance(given, wanted) or not all(isinstance(value, dict) for value in values):
        row = Row(top, (), {})
        reading.fault(row, table.name, "this has to be a table", f"Write {table.header}")
        values = [] if table.repeated else [{}]
    for number, value in enumerate(values):
        path: Path = (table.name, number) if table.repeated else (table.name,)
        yield _row(table, path, value, reading)


def _row(
    table: Table,
    path: Path,
    given: Mapping[str, object],
    reading: Reading,
    *,
    known: Sequence[str] = (),
) -> Row:
    row = Row(table, path, {})
    names = known or [key.name for key in table.keys]
    own = {key.name for key in table.keys}
    for name in given:
        if name not in own:
            reading.fault(row, name[:60], "there is no such key here", nearest(name, names))
    values = {key.builds: value for key in table.keys for value in _value(key, given, row, reading)}
    return Row(table, path, values, bool(given))


def _value(key: Key, given: Mapping[str, object], row: Row, reading: Reading) -> Iterator[object]:
    """The key's value or its default; nothing when it cannot be used, which is then a fault."""
    if key.name not in given:
        if key.required:
            reading.fault(row, key.name, "this key is missing", f"Add it: {key.help}")
        else:
            yield key.default
        return
    try:
        yield key.kind.reads(given[key.name])
    except Wrong as wrong:
        reading.fault(row, key.name, wrong.problem, wrong.remedy)


def _schema_fault(reading: Reading) -> None:
    """A file written for another schema cannot be understood, whatever its keys are called."""
    if reading.top().values.get("schema", SCHEMA) != SCHEMA:
        remedy = f"This version reads schema {SCHEMA}"
        reading.fault(reading.top(), "schema", "this schema is not known", remedy)
