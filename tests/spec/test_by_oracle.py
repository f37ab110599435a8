"""The oracle satisfies every spec case: two independent readings of one meaning."""

from __future__ import annotations

import pytest
from tests.spec.by_oracle import answer
from tests.spec.cases import Ask, Case
from tests.spec.every_case import CASES, QUESTIONS
from tests.spec.rows import deliveries
from tests.spec.tables import as_text, in_order, table


@pytest.mark.parametrize(
    ("one", "ask"), [(one, ask) for one, ask, _ in QUESTIONS], ids=[name for *_, name in QUESTIONS]
)
def test_the_oracle_answers_as_the_case_says(one: Case, ask: Ask) -> None:
    expected = in_order(table(ask.expected))

    assert as_text(answer(ask, deliveries(one)), list(expected[0])) == expected


def test_every_case_has_a_name_of_its_own() -> None:
    slugs = [one.slug for one in CASES]

    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("number", range(1, 13))
def test_every_worked_example_is_a_case(number: int) -> None:
    assert any(one.source == f"C.3.{number}" for one in CASES)
