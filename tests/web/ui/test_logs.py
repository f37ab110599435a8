"""Log lines tell what happened and where, and nothing of anybody."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_GET

from narvaro.web.config import urls as shipped
from narvaro.web.ui.errors import fault, unreadable
from narvaro.web.ui.logs import JsonLines

TOLD = "Elsa Provsson 20150132-2387"


def breaks(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"{TOLD} {request.POST.get('note', '')}")


def is_gone(_request: HttpRequest, public_id: str) -> HttpResponse:
    raise Http404(public_id)


urlpatterns = [
    *shipped.urlpatterns,
    path("sidan/", breaks, name="breaks"),
    path("ar-dar/<str:public_id>/", is_gone),
    path("bara-fragor/", require_GET(breaks)),
]
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


def test_of_an_error_only_its_kind_and_place_are_kept() -> None:
    try:
        raise KeyError(TOLD)
    except KeyError:
        said = formatted("it broke", exc=sys.exc_info())

    assert said["error"] == "KeyError"
    assert said["place"].startswith("test_of_an_error_only")
    assert "Provsson" not in json.dumps(said, ensure_ascii=False)


NAME = "Elsa-Provsson"
SENT: Mapping[str, Callable[[Client], object]] = {
    "an address that is not there": lambda client: client.get(f"/elever/{NAME}/x/y/"),
    "an address that is there": lambda client: client.get(f"/ar-dar/{NAME}/"),
    "a query": lambda client: client.get(f"/finns-inte/?namn={NAME}"),
    "a host": lambda client: client.get("/sidan/", headers={"host": f"{NAME}.invalid"}),
    "a page linked from": lambda client: client.get(
        "/finns-inte/", headers={"referer": f"http://x.invalid/{NAME}", "user-agent": NAME}
    ),
    "a method": lambda client: client.generic(NAME, "/bara-fragor/"),
    "a method of an address with a name": lambda client: client.post(f"/bara-fragor/?{NAME}"),
    "a form": lambda client: client.post("/sidan/", {NAME: NAME}),
    "a form that came from elsewhere": lambda _client: Client(
        raise_request_exception=False, enforce_csrf_checks=True
    ).post(f"/ar-dar/{NAME}/", {"namn": NAME}, headers={"origin": f"https://{NAME}.invalid"}),
    "a path that leads up": lambda client: client.get(f"/../../{NAME}"),
}


@pytest.mark.django_db
@pytest.mark.urls("tests.web.ui.test_logs")
@pytest.mark.parametrize("what", SENT)
def test_no_line_holds_a_name_that_was_sent_as(what: str, lines: list[str]) -> None:
    SENT[what](Client(raise_request_exception=False))

    assert lines
    assert NAME not in "".join(lines)
    assert "elsa-provsson" not in "".join(lines).lower()


@pytest.mark.django_db
@pytest.mark.urls("tests.web.ui.test_logs")
def test_what_is_not_there_is_told_by_its_address_as_the_code_writes_it(lines: list[str]) -> None:
    client = Client(raise_request_exception=False)
    client.get(f"/ar-dar/{NAME}/")
    client.get(f"/elever/{NAME}/")

    assert [json.loads(one)["message"] for one in lines] == [
        "404 GET /ar-dar/<str:public_id>/",
        "404 GET unknown address",
    ]


def test_of_others_lines_only_what_the_code_says_is_kept() -> None:
    assert formatted("Not Found: %s", TOLD)["message"] == "Not Found: %s"


def test_a_line_is_one_line() -> None:
    record = logging.LogRecord("x", logging.INFO, "f.py", 1, "first\nsecond", (), None)

    assert "\n" not in JsonLines().format(record)
