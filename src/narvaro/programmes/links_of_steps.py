"""What has to hold of a routine: it can be entered, it leads on, and it comes to an end."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from narvaro.programmes.checks import check_known, ids_of, named
from narvaro.programmes.law import duty_ids
from narvaro.programmes.paths import reached, without_an_end
from narvaro.programmes.reading import Reading, Row
from narvaro.programmes.steps import Evidence
from narvaro.programmes.values import nearest


def check_steps(reading: Reading) -> None:
    """Adds the faults of the routine to the reading's own."""
    steps = {row.values["id"]: row for row in reading.of("steps") if "id" in row.values}
    if any(named(row, "duties") for row in reading.of("steps")):
        check_known(reading, table="steps", key="duties", target="the law", known=duty_ids())
    for row in reading.of("steps"):
        for evidence in row.values.get("evidence", ()):
            _check_evidence(reading, row, evidence)
    _check_ways(reading, steps)
    _check_ladder(reading)
    _check_watching(reading)


def _check_evidence(reading: Reading, step: Row, evidence: Evidence) -> None:
    if evidence.kind == "form" and evidence.name not in named(step, "forms"):
        remedy = nearest(evidence.name, named(step, "forms"))
        problem = f"the step has no form called {evidence.name}"
        reading.fault(step, "evidence", problem, remedy)
    cadences = ids_of(reading, "cadence")
    if evidence.kind == "meeting" and evidence.name and evidence.name not in cadences:
        problem = f"cadence has nothing called {evidence.name}"
        reading.fault(step, "evidence", problem, nearest(evidence.name, cadences))


def _check_ways(reading: Reading, steps: Mapping[str, Row]) -> None:
    """Every step is reached from something outside the routine, and has a way to an end."""
    ways = {name: named(row, "leads_to") for name, row in steps.items()}
    first = {name for name, row in steps.items() if row.values.get("opened_by")}
    for table in ("rules", "counters"):
        first.update(name for row in reading.of(table) for name in named(row, "leads_to"))
    beside = {name: named(row, "also_begins") for name, row in steps.items()}
    found = reached(first, {name: (*ways[name], *beside[name]) for name in ways})
    ends = [name for name, row in steps.items() if row.values.get("may_end") or not ways[name]]
    endless = without_an_end(ways, ends)
    for name, row in steps.items():
        if name not in found and "opened_by" in row.values:
            remedy = "Name it in leads_to of a rule, a counter or a step, or add opened_by"
            reading.fault(row, "id", f"nothing leads to the step {name}", remedy)
        elif name in endless and "may_end" in row.values:
            remedy = "Add may_end here or to a step that it leads to"
            reading.fault(row, "may_end", f"no way leads from the step {name} to an end", remedy)


def _check_ladder(reading: Reading) -> None:
    rungs = [row for row in reading.of("silence") if "after" in row.values]
    for before, row in pairwise(rungs):
        if row.values["after"] <= before.values["after"]:
            problem = "this rung is not later than the one before it"
            reading.fault(row, "after", problem, "Write the rungs in order, each day once")


def _check_watching(reading: Reading) -> None:
    for row in reading.of("routine"):
        usual, most = row.values.get("watch_for"), row.values.get("watch_at_most")
        if usual and most and most < usual:
            problem = "a case is watched for longer than it may be"
            reading.fault(row, "watch_at_most", problem, f"Write {usual} or more")
