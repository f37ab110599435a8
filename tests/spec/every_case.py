"""All spec cases, in the order of the manual."""

from __future__ import annotations

from tests.spec import edge_cases, groups_and_spells, registration, rules, worked_examples
from tests.spec.cases import Case

PARTS = {
    "Worked examples": worked_examples.CASES,
    "Edge cases": edge_cases.CASES,
    "Rules": rules.CASES,
    "How far registration can be trusted": registration.CASES,
    "Groups and spells": groups_and_spells.CASES,
}
CASES: tuple[Case, ...] = tuple(one for cases in PARTS.values() for one in cases)
QUESTIONS = [
    (one, ask, f"{one.slug}-{number}")
    for one in CASES
    for number, ask in enumerate(one.asks, start=1)
]
