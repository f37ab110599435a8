"""What has to hold between the tables of a programme: names that are used exist, and lead on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from narvaro.programmes.model import Sourced
from narvaro.programmes.reading import Reading, Row, schema_fault
from narvaro.programmes.values import nearest

REFERENCES = (
    ("rules", "leads_to", "steps"),
    ("rules", "after_step", "steps"),
    ("counters", "leads_to", "steps"),
    ("counters", "rules", "rules"),
    ("steps", "leads_to", "steps"),
    ("steps", "forms", "forms"),
    ("cadence", "step", "steps"),
)
"""Table and key that name an id, and the table where that id has to stand."""


def check_links(reading: Reading) -> None:
    """Adds the faults between tables to the reading's own."""
    schema_fault(reading)
    for table, key, target in REFERENCES:
        _check_reference(reading, table=table, key=key, target=target)
    for row in _sourced_rows(reading):
        _check_source(reading, row)
    for table in ("sources", "rules", "counters", "steps", "forms", "tiers", "cadence", "places"):
        _check_unique(reading, table)
    _check_steps(reading)
    _check_dates(reading)
    _check_scope(reading)
    for rule in reading.of("rules"):
        _check_rule(reading, rule)


def _ids(reading: Reading, table: str) -> list[str]:
    return [row.values["id"] for row in reading.of(table) if "id" in row.values]


def _named(row: Row, key: str) -> tuple[str, ...]:
    """What a key names: nothing, one id or several."""
    value: Any = row.values.get(key)
    return (value,) if isinstance(value, str) else tuple(value or ())


def _check_reference(reading: Reading, *, table: str, key: str, target: str) -> None:
    known = _ids(reading, target)
    for row in reading.of(table):
        for name in _named(row, key):
            if name not in known:
                problem = f"{target} has nothing called {name}"
                reading.fault(row, key, problem, nearest(name, known))


def _sourced_rows(reading: Reading) -> Iterator[Row]:
    for rows in reading.rows.values():
        yield from (row for row in rows if row.is_given and issubclass(row.table.builds, Sourced))


def _check_source(reading: Reading, row: Row) -> None:
    known = _ids(reading, "sources")
    for name in _named(row, "source"):
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


def _check_unique(reading: Reading, table: str) -> None:
    seen: Counter[str] = Counter()
    for row in reading.of(table):
        name = row.values.get("id")
        if name is None:
            continue
        seen[name] += 1
        if seen[name] == 2:
            remedy = "Give one of them another id"
            reading.fault(row, "id", f"{name} stands twice in {table}", remedy)


def _check_steps(reading: Reading) -> None:
    """Every step can be reached from something that happens outside the routine."""
    steps = {row.values["id"]: row for row in reading.of("steps") if "id" in row.values}
    reached = {name for name, row in steps.items() if row.values.get("opened_by")}
    for table in ("rules", "counters"):
        reached.update(name for row in reading.of(table) for name in _named(row, "leads_to"))
    found = _all_reached(reached & steps.keys(), steps)
    for name, row in steps.items():
        if name not in found and "opened_by" in row.values:
            remedy = "Name it in leads_to of a rule, a counter or a step, or add opened_by"
            reading.fault(row, "id", f"nothing leads to the step {name}", remedy)


def _all_reached(first: Iterable[str], steps: dict[str, Row]) -> set[str]:
    found: set[str] = set()
    ahead = list(first)
    while ahead:
        name = ahead.pop()
        if name in found or name not in steps:
            continue
        found.add(name)
        ahead.extend(_named(steps[name], "leads_to"))
    return found


def _check_dates(reading: Reading) -> None:
    for row in reading.of("in_force"):
        first, last = row.values.get("from_on"), row.values.get("to_on")
        if first and last and last < first:
            reading.fault(row, "to", "it ends before it begins", "Write the earlier date in from")


def _check_scope(reading: Reading) -> None:
    for row in reading.of("scope"):
        grades, ages = row.values.get("grades"), row.values.get("ages")
        if grades and ages:
            reading.fault(row, "ages", "both grades and ages are given", "Keep one of them")
        if grades and "preschool" in grades and reading.of("rules"):
            problem = "preschool is voluntary, so no absence rule may run there"
            reading.fault(row, "grades", problem, "Take preschool out of grades, or the rules")


def _check_rule(reading: Reading, rule: Row) -> None:
    values = rule.values
    limit, upper = values.get("limit"), values.get("upper_limit")
    if limit and upper and upper <= limit:
        problem = "the band ends at or below its lower limit"
        reading.fault(rule, "upper_limit", problem, "Write the higher per cent in upper_limit")
    if values.get("minimum_minutes") and values.get("minimum_reason", 0) is None:
        problem = "a minimum of minutes is set without its reason"
        reading.fault(rule, "minimum_minutes", problem, "Add minimum_reason in sv and en")
    if values.get("minimum_reason") and values.get("minimum_minutes", 0) is None:
        problem = "a reason is given for a minimum that is not set"
        reading.fault(rule, "minimum_reason", problem, "Add minimum_minutes, or take this away")
