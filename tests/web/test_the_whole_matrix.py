"""Role × action × how near, every cell through the real addresses.

A new view without a row in the table, or a row without an address, fails here. DEVELOPING.md,
"Add a page", says how to enter one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from unittest.mock import patch

import pytest
from django.http import HttpResponse
from django.urls import get_resolver
from tests.web.matrix_town import MatrixTown
from tests.web.matrix_walk import (
    ADDRESSES,
    OTHERS,
    PARTS,
    actions_by_address,
    cells,
    outsiders,
    patterns,
    walk_all,
)

from narvaro.web.accounts.permissions import ACTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _short_refusals() -> Iterator[None]:
    """The page that says "not found" is drawn in its own tests; here it is met 30,000 times."""

    def not_found(code: int) -> Callable[..., HttpResponse]:
        return lambda *_given, **_named: HttpResponse(status=code)

    with patch.object(get_resolver(), "resolve_error_handler", not_found):
        yield


@pytest.fixture(scope="module", autouse=True)
def _no_count_in_the_menu() -> Iterator[None]:
    """What waits is counted on every page; who gets which count is tested with the queue."""
    with patch("narvaro.web.config.offers.count_waiting", return_value=0):
        yield


def test_every_address_has_an_action_of_the_table() -> None:
    without = {
        f"{one.name}: {one.pattern}"
        for one in patterns()
        if getattr(one.callback, "action", None) not in ACTIONS and one.name not in OTHERS
    }

    assert without == set()


def test_every_address_is_walked() -> None:
    assert set(actions_by_address()) - set(ADDRESSES) == set()
    assert set(ADDRESSES) - set(actions_by_address()) == set()


def test_every_action_has_an_address_or_is_a_part_of_a_page() -> None:
    assert set(ACTIONS) - set(actions_by_address().values()) - set(PARTS) == set()


def test_no_page_of_others_has_been_forgotten() -> None:
    assert set(OTHERS) - {one.name for one in patterns()} == set()
    assert all(len(reason) > 10 for reason in OTHERS.values())


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_everybody_gets_what_the_table_says(matrix_town: MatrixTown, name: str) -> None:
    action, address = actions_by_address()[name], ADDRESSES[name]

    assert outsiders(matrix_town, ACTIONS[action], address) == []
    if not ACTIONS[action].is_public:
        assert walk_all(matrix_town, action, address) == []


@pytest.mark.parametrize("action", sorted(PARTS))
def test_a_part_of_a_page_is_shown_as_the_table_says(matrix_town: MatrixTown, action: str) -> None:
    address = PARTS[action]
    assert outsiders(matrix_town, ACTIONS[action], address) == []
    assert walk_all(matrix_town, action, address) == []


def test_the_matrix_says_how_large_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    by_address = {name: actions_by_address()[name] for name in ADDRESSES}
    guarded = [(a, ADDRESSES[n]) for n, a in by_address.items() if not ACTIONS[a].is_public]
    count = sum(len(list(cells(*one))) for one in [*guarded, *PARTS.items()])
    count += 2 * (len(ADDRESSES) + len(PARTS))
    with capsys.disabled():
        sys.stderr.write(f"\nthe whole matrix: {count} cells\n")

    assert count > 400
