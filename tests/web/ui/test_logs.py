"""Log lines tell what happened and where, and nothing of anybody."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from narvaro.web.ui.errors import fault, unreadable
from narvaro.web.ui.logs import JsonLines

TOLD = "Elsa Provsson 20150132-2387"


def breaks(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"{TOLD} {request.POST.get('note', '')}")


def is_busy(_request: HttpRequest) -> HttpResponse:
    from django.db import OperationalError

    raise OperationalError(f"database is locked: {TOLD}")


urlpatterns = [path("sidan/", breaks, name="breaks"), path("upptagen/", is_busy)]
handler400, handler500 = unreadable, fault


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler.said
    logging.getLogger().removeHandler(handler)


def formatted(message: str, *given: object, **more: object) -> dict[str, str]:
    record = logging.LogRecord("x", logging.INFO, "f.py", 1, message, given, more.get("exc"))  # type: ignore[arg-type]
    return dict(json.loads(JsonLines().format(record)))


@pytest.mark.django_db
@pytest.mark.urls("tests.web.ui.test_logs")
def test_a_fault_is_told_with_a_number_and_nothing_that_was_sent(lines: list[str]) -> None:
    client = Client(raise_request_exception=False)

    answer = client.post(f"/sidan/?sok={TOLD}", {"note": "anna@exempel.invalid"})
    number = answer.content.decode().partition("Felet har nummer ")[2][:6]

    assert answer.status_code == 500
    assert number.isdigit()
    assert any(f"fault {number} at breaks" in line for line in lines)
    for part in ("Provsson", "2387", "anna@", "sok="):
        assert part not in "".join(lines) + answer.content.decode()


@pytest.mark.django_db
@pytest.mark.urls("tests.web.ui.test_logs")
def test_a_busy_database_asks_one_to_come_back(lines: list[str]) -> None:
    answer = Client(raise_request_exception=False).get("/upptagen/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "Systemet är upptaget" in answer.content.decode()
    assert "Provsson" not in "".join(lines)


def test_of_an_error_only_its_kind_and_place_are_kept() -> None:
    try:
        raise KeyError(TOLD)
    except KeyError:
        said = formatted("it broke", exc=sys.exc_info())

    assert said["error"] == "KeyError"
    assert said["place"].startswith("test_of_an_error_only")
    assert "Provsson" not in json.dumps(said, ensure_ascii=False)


def test_what_stands_after_a_question_mark_is_cut_off() -> None:
    assert formatted("Not Found: /elever/?namn=Elsa")["message"] == "Not Found: /elever/"


def test_a_line_is_one_line() -> None:
    record = logging.LogRecord("x", logging.INFO, "f.py", 1, "first\nsecond", (), None)

    assert "\n" not in JsonLines().format(record)
