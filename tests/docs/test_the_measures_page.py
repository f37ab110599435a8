"""The manual of measures is what the spec cases say, and promises no more than they."""

from __future__ import annotations

from tests.spec.edge_cases import DOCUMENTED_CHOICES
from tests.spec.every_case import CASES
from tests.spec.manual import PAGE, page


def test_the_page_is_written_from_the_cases() -> None:
    remedy = "run `python -m tests.spec.manual` with src on the path"

    assert PAGE.read_text(encoding="utf-8") == page(), remedy


def test_every_case_is_on_the_page() -> None:
    assert all(f"### {one.title}\n" in page() for one in CASES)


def test_at_most_five_edge_cases_are_only_explained() -> None:
    assert len(DOCUMENTED_CHOICES) <= 5
