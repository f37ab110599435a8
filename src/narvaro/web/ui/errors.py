"""What is answered when something goes wrong: words, a number to tell, nothing personal."""

from __future__ import annotations

import logging
import secrets
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

LOG = logging.getLogger("narvaro.web")


def fault(request: HttpRequest) -> HttpResponse:
    """A fault of ours: 500 with a number that is in the log too; 503 when the database is busy."""
    kind, error, trace = sys.exc_info()
    number = 100_000 + secrets.randbelow(900_000)
    where = request.resolver_match.view_name if request.resolver_match else "-"
    told = (kind, error, trace) if kind and error else None
    LOG.error("fault %s at %s", number, where, exc_info=told)
    if kind is not None and issubclass(kind, OperationalError):
        return _page("503.html", 503, number)
    return _page("500.html", 500, number)


def unreadable(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """What was sent cannot be read: 400."""
    return _page("400.html", 400)


def _page(template: str, status: int, number: int | None = None) -> HttpResponse:
    answer = HttpResponse(render_to_string(template, {"number": number}), status=status)
    if status == 503:
        answer["Retry-After"] = "60"
    return answer
