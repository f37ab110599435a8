"""What is answered when something goes wrong: words, a number to tell, nothing personal."""

from __future__ import annotations

import logging
import secrets
import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from narvaro.web.ui.database_faults import database_fault

LOG = logging.getLogger("narvaro.web")


def fault(request: HttpRequest) -> HttpResponse:
    """A fault of ours: 500 with a number that is in the log too; 503 when it is the database's."""
    kind, error, trace = sys.exc_info()
    number = 100_000 + secrets.randbelow(900_000)
    where = request.resolver_match.view_name if request.resolver_match else "-"
    told = (kind, error, trace) if kind and error else None
    found = database_fault(error)
    if found is None:
        LOG.error("fault %s at %s", number, where, exc_info=told)
        return _page("500.html", 500, number)
    said = "fault %s at %s: the database is %s. %s"
    LOG.error(said, number, where, found.kind, found.remedy, exc_info=told)
    if not found.passes:
        return _page("503_database.html", 503, number)
    answer = _page("503.html", 503, number)
    answer["Retry-After"] = "60"
    return answer


def unreadable(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """What was sent cannot be read: 400."""
    return _page("400.html", 400)


def _page(template: str, status: int, number: int | None = None) -> HttpResponse:
    return HttpResponse(render_to_string(template, {"number": number}), status=status)
