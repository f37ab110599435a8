"""Each page of cases, flags, documents, meetings, routine and keys: axe, keyboard and 320 px."""

from __future__ import annotations

import json
from collections.abc import Iterator
from inspect import getclosurevars
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.journeys.conftest import Installation, Walker
from tests.journeys.pages_of_cases import CASES, NO_PAGES, PLACES, THINGS, Case

HOME = "narvaro.web."


def _views(resolver: Any) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _views(one)
        else:
            yield one


def _is_ours(one: URLPattern) -> bool:
    module = one.callback.__module__.removeprefix(HOME)
    return module.startswith(tuple(f"{place}." for place in PLACES))


def _only_takes(one: URLPattern) -> bool:
    """Whether it answers nothing but what is sent: it stands behind `require_POST`."""
    view: Any = one.callback
    while view is not None:
        if "request_method_list" in view.__code__.co_freevars:
            return bool(getclosurevars(view).nonlocals["request_method_list"] == ["POST"])
        view = getattr(view, "__wrapped__", None)
    return False


def _is_for_programs(one: URLPattern) -> bool:
    return one.callback.__module__ == f"{HOME}api.views"


def test_every_page_has_its_case() -> None:
    pages = {
        str(one.name)
        for one in _views(get_resolver())
        if _is_ours(one) and not _only_takes(one) and not _is_for_programs(one)
    }

    assert pages - {one.name for one in CASES} == set(NO_PAGES)


@pytest.fixture(scope="module")
def addresses(installation: Installation) -> dict[str, str]:
    """Where each page is in this demo."""
    lines = [f"{one.name!r}: reverse({one.name!r}, args=[{_args(one)}])," for one in CASES]
    code = "\n".join([THINGS, "print(json.dumps({", *lines, "}))"])
    found = json.loads(installation.python(code))
    assert isinstance(found, dict)
    return found


def _args(one: Case) -> str:
    return ", ".join(f"names[{of!r}]" for of in one.of)


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_a_page_is_reached_by_keyboard_fits_a_phone_and_has_no_fault(
    one: Case, walker: Walker, addresses: dict[str, str]
) -> None:
    page = walker.be(one.role)
    answer = page.goto(walker.installation.address + addresses[one.name])

    assert answer is not None
    assert answer.status == 200
    walker.look()
