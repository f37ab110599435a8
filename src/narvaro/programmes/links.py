"""What has to hold between the tables of a programme: names that are used exist, and lead on."""

from __future__ import annotations

from narvaro.programmes.checks import check_reference, check_sources, check_unique
from narvaro.programmes.links_of_steps import check_steps
from narvaro.programmes.reading import Reading, Row

REFERENCES = (
    ("rules", "leads_to", "steps"),
    ("rules", "after_step", "steps"),
    ("counters", "leads_to", "steps"),
    ("counters", "rules", "rules"),
    ("steps", "leads_to", "steps"),
    ("steps", "also_begins", "steps"),
    ("steps", "forms", "forms"),
    ("cadence", "step", "steps"),
    ("prompts", "steps", "steps"),
    ("reminders", "steps", "steps"),
)
"""Table and key that name an id, and the table where that id has to stand."""

WITH_ID = (
    *("sources", "rules", "counters", "steps", "prompts", "forms", "tiers", "cadence", "places"),
)


def check_links(reading: Reading) -> None:
    """Adds the faults between tables to the reading's own."""
    for table, key, target in REFERENCES:
        check_reference(reading, table=table, key=key, target=target)
    check_sources(reading)
    for table in WITH_ID:
        check_unique(reading, table)
    check_steps(reading)
    _check_dates(reading)
    _check_scope(reading)
    for rule in reading.of("rules"):
        _check_rule(reading, rule)


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
