"""What goes wrong is said as a problem: what, where, why, what next. Nothing can be written."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.web.api.conftest import Filled, program
from tests.web.api.test_what_is_told import every_address

from narvaro.web.accounts.roles import Role
from narvaro.web.api.problems import PROBLEM_TYPE

WRITING = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HITTEPA")


def is_problem(answer: Any) -> bool:
    said = answer.json()
    whole: bool = {"type", "title", "status", "detail", "instance", "next"} <= set(said)
    return whole and answer["Content-Type"] == PROBLEM_TYPE


@pytest.mark.parametrize("method", WRITING)
def test_nothing_can_be_written(filled: Filled, method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    for url in [*every_address(filled), "/api/v1/openapi.json"]:
        answer = strict.generic(method, url, b'{"a": 1}', content_type="application/json")

        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
        assert is_problem(answer)


def test_everything_that_is_wrong_is_said_at_once(filled: Filled) -> None:
    answer = filled.asked(
        Role.PRINCIPAL,
        "/api/v1/flags",
        limit="0",
        state="elsewhere",
        changed_since="2026-12-02T08:00:00",
        namn="Åsa Öberg",
    )

    assert answer.status_code == 400
    assert is_problem(answer)
    named = [one["where"] for one in answer.json()["faults"]]
    assert named == ["query: parameter 4", "query: limit", "query: state", "query: changed_since"]
    assert "Åsa" not in answer.content.decode()


@pytest.mark.parametrize("cursor", ["x", "1", "1.x", "9" * 200])
def test_a_cursor_of_somebody_elses_making_is_no_page(filled: Filled, cursor: str) -> None:
    answer = filled.asked(Role.PRINCIPAL, "/api/v1/flags", cursor=cursor)

    assert answer.status_code == 404
    assert is_problem(answer)


@pytest.mark.parametrize("url", ["/api/v1/nothing", "/api/v2/flags", "/api/v1/flags?school=%00"])
def test_pages_of_errors_are_problems_too(filled: Filled, url: str) -> None:
    answer = program(filled.school.posts[Role.PRINCIPAL]).get(url)

    assert answer.status_code == 404
    assert is_problem(answer)
    assert answer["X-Frame-Options"] == "DENY"


def test_the_description_is_there_for_everybody_and_draws_on_nothing_outside() -> None:
    answer = Client().get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert "http" not in answer.content.decode().replace('"type": "http"', "")
