"""A principal's adaptation of a common routine: a small file of what is added or made stricter.

It names the programme and the version it was written for. It has no tables for rules, scope,
counters or the way between steps, so it can neither hide a flag nor take away a step.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from narvaro.errors import Fault, InputRefused
from narvaro.programmes.adaptation import Adaptation, FormHere, PromptHere, StepHere
from narvaro.programmes.checks import check_unique, named
from narvaro.programmes.keys import ID, NAME, Key, Table, table
from narvaro.programmes.reading import Reading, read_bytes
from narvaro.programmes.roles import ROLES
from narvaro.programmes.schema import TABLES
from narvaro.programmes.values import DAY, DEADLINE, SLUG, TEXT, TEXTS, listed, whole, word
from narvaro.programmes.vocabulary import SCHOOL_DAYS

OUTSIDE = frozenset(
    {"pupil", "guardian", "social_services", "child_psychiatry", "primary_care"}
    | {"home_municipality", "school_authority"}
)
"""Roles that a school cannot make the owner of a step: they do not work in it."""


_WHY = Key("why", TEXTS, "Why, where it differs from the why of the whole.")
ADAPTATION_TOP = Table(
    "",
    "What the file is.",
    (
        Key("schema", whole(1), "The schema's number, 1.", required=True),
        Key("programme", SLUG, "The id of the common programme.", required=True),
        Key("version", whole(1), "The version of it that this was written for.", required=True),
        Key("by", TEXT, "Who decided: the role and the school, such as `Rektor, Almskolan`.", True),
        Key("decided_on", DAY, "The day it was decided.", required=True),
        Key("why", TEXTS, "Why the school does otherwise.", required=True),
    ),
    Adaptation,
    file="adaptation",
)
ADAPTATION_TABLES: tuple[Table, ...] = (
    table(
        "steps",
        "What is otherwise in a step of the common programme.",
        Key("step", SLUG, "The id of the step.", required=True),
        _WHY,
        Key("guidance", listed(TEXTS), "Added to what is done in it.", default=()),
        Key(
            "owner",
            word(
                {r: t.en for r, t in ROLES.items() if r not in OUTSIDE}, called="role in a school"
            ),
            "Another owner.",
        ),
        Key("deadline", DEADLINE, "A shorter one, in the unit of the common one."),
        Key("within", SCHOOL_DAYS, "Fewer school days for a deadline that is a word, or none."),
        Key(
            "forms", listed(SLUG), "Forms to sign besides: own ones or the programme's.", default=()
        ),
        builds=StepHere,
        repeated=True,
    ),
    table("forms", "The school's own forms.", ID, NAME, builds=FormHere, repeated=True),
    table(
        "prompts",
        "What to think of besides.",
        ID,
        Key("steps", listed(SLUG), "Which steps; all when left out.", default=()),
        Key("text", TEXTS, "What to think of.", required=True),
        _WHY,
        builds=PromptHere,
        repeated=True,
    ),
)
_FIXED = {table.name for table in TABLES} - {table.name for table in ADAPTATION_TABLES}


def read_adaptation(content: bytes) -> Adaptation:
    """The adaptation in a file's bytes. Raises InputRefused with all its faults."""
    reading = _checked(content)
    if reading.faults:
        raise InputRefused("The local adaptation", reading.faults)
    top = {name: value for name, value in reading.top().values.items() if name != "schema"}
    return Adaptation(**top, **_parts(reading), fingerprint=sha256(content).hexdigest())


def check_adaptation(content: bytes) -> tuple[Fault, ...]:
    """Every fault of an adaptation's file by itself, in the order of its lines."""
    return tuple(_checked(content).faults)


def _parts(reading: Reading) -> Mapping[str, Any]:
    return {
        table.name: tuple(table.builds(**row.values) for row in reading.of(table.name))
        for table in ADAPTATION_TABLES
    }


def _checked(content: bytes) -> Reading:
    reading = read_bytes(content, ADAPTATION_TOP, ADAPTATION_TABLES)
    reading.faults[:] = [_said_better(fault) for fault in reading.faults]
    for table_name in ("forms", "prompts"):
        check_unique(reading, table_name)
    _check_steps(reading)
    reading.faults.sort(key=lambda fault: (fault.line, fault))
    return reading


def _said_better(fault: Fault) -> Fault:
    """A table of the programme that an adaptation may not touch is named as such."""
    if fault.table != "adaptation" or fault.column not in _FIXED:
        return fault
    problem = "a school cannot change this part of the common programme"
    remedy = "It may add text, forms and prompts, shorten deadlines and name another owner"
    return Fault(fault.table, fault.line, fault.column, problem, remedy)


def _check_steps(reading: Reading) -> None:
    seen: set[str] = set()
    used = {form for row in reading.of("steps") for form in named(row, "forms")}
    for row in reading.of("steps"):
        name = row.values.get("step", "")
        if name in seen:
            remedy = "Write all of it in one place"
            reading.fault(row, "step", f"{name} stands twice in steps", remedy)
        seen.add(name)
    for row in reading.of("forms"):
        if "id" in row.values and row.values["id"] not in used:
            remedy = "Name it in forms of a step, or take it away"
            reading.fault(row, "id", "no step has this form", remedy)
