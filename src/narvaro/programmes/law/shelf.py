"""The shipped law, or another file of the same kind: checked whole, asked by day."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from itertools import combinations
from typing import Any

from narvaro.errors import BadRequest, Fault, InputRefused
from narvaro.programmes.checks import check_reference, check_unique
from narvaro.programmes.law.model import Duty, Law
from narvaro.programmes.law.schema import LAW_TABLES, LAW_TOP
from narvaro.programmes.reading import Reading, Row, read_bytes

_FILE = resources.files("narvaro.programmes.law") / "sweden.toml"


def read_law(content: bytes | None = None) -> Law:
    """The law in a file's bytes, the shipped one when none are given.

    Raises InputRefused with all the faults of a file that cannot be used.
    """
    return _shipped() if content is None else _read(content)


def check_law(content: bytes) -> tuple[Fault, ...]:
    """Every fault of a file of duties, in the order of its lines; none when it can be used."""
    return tuple(_checked(content).faults)


def duties_on(day: date, law: Law | None = None) -> tuple[Duty, ...]:
    """The duties that hold on a day, in the order of the file."""
    return tuple(duty for duty in (law or read_law()).duties if duty.holds(day))


def duty(duty_id: str, day: date, law: Law | None = None) -> Duty:
    """A duty as it reads on a day.

    Raises BadRequest when there is none with that id, or it does not hold on the day.
    """
    known = law or read_law()
    for each in known.duties:
        if each.id == duty_id and each.holds(day):
            return each
    if duty_id in duty_ids(known):
        remedy = "Ask for a day on which it holds; docs/reference/law.md says which."
        raise BadRequest(f"The duty {duty_id} does not hold on {day}.", remedy=remedy)
    remedy = f"Known are {', '.join(duty_ids(known))}."
    raise BadRequest("There is no such duty in law.", remedy=remedy)


def duty_ids(law: Law | None = None) -> tuple[str, ...]:
    """The ids of all duties, each once, whenever they hold."""
    return tuple(dict.fromkeys(duty.id for duty in (law or read_law()).duties))


@cache
def _shipped() -> Law:
    return _read(_FILE.read_bytes())


def _read(content: bytes) -> Law:
    reading = _checked(content)
    if reading.faults:
        raise InputRefused("The file of duties in law", reading.faults)
    parts: dict[str, Any] = {
        table.name: tuple(table.builds(**row.values) for row in reading.of(table.name))
        for table in LAW_TABLES
    }
    version = reading.top().values["version"]
    return Law(version=version, **parts, fingerprint=sha256(content).hexdigest())


def _checked(content: bytes) -> Reading:
    reading = read_bytes(content, LAW_TOP, LAW_TABLES)
    for table in ("duties", "dates", "under_way"):
        check_reference(reading, table=table, key="source", target="sources")
    for table in ("sources", "dates", "under_way"):
        check_unique(reading, table)
    for row in reading.of("duties"):
        _check_days(reading, row)
    for first, second in combinations(reading.of("duties"), 2):
        _check_overlap(reading, first, second)
    reading.faults.sort(key=lambda fault: (fault.line, fault))
    return reading


def _check_days(reading: Reading, row: Row) -> None:
    first, last = row.values.get("from_on"), row.values.get("to_on")
    if first and last and last < first:
        reading.fault(row, "to", "it ends before it begins", "Write the earlier date in from")


def _check_overlap(reading: Reading, first: Row, second: Row) -> None:
    """The same duty holds in one wording on a day."""
    if first.values.get("id") != second.values.get("id") or "id" not in first.values:
        return
    if _begins(second) <= _ends(first) and _begins(first) <= _ends(second):
        problem = f"{second.values['id']} holds twice on the same day"
        reading.fault(second, "id", problem, "End the earlier one the day before this begins")


def _begins(row: Row) -> date:
    return row.values.get("from_on") or date.min


def _ends(row: Row) -> date:
    return row.values.get("to_on") or date.max
