"""The product answers every spec case on the command line; all cases lie in one ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.spec import adapter
from tests.spec.cases import Ask, Case
from tests.spec.every_case import CASES, QUESTIONS
from tests.spec.rows import stacked
from tests.spec.tables import as_text, in_order, table


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return adapter.ledger_of(stacked(CASES), tmp_path_factory.mktemp("cases"))


@pytest.mark.parametrize(
    ("one", "ask"), [(one, ask) for one, ask, _ in QUESTIONS], ids=[name for *_, name in QUESTIONS]
)
def test_the_command_line_answers_as_the_case_says(one: Case, ask: Ask, ledger: Path) -> None:
    expected = in_order(table(ask.expected))

    answer = adapter.answer(ask, ledger, one)

    assert as_text(answer, list(expected[0])) == expected
