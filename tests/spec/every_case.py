"""All spec cases, in the order of the manual."""

from __future__ import annotations

from tests.spec import edge_cases, rules, worked_examples
from tests.spec.cases import Case

PARTS = {
    "Worked examples": worked_examples.CASES,
    "Edge cases": edge_cases.CASES,
    "Rules": rules.CASES,
}
CASES: tuple[Case, ...] = tuple(one for cases in PARTS.values() for one in cases)
QUESTIONS = [
    (one, ask, f"{one.slug}-{number}")
    for one in CASES
    for number, ask in enumerate(one.asks, start=1)
]
