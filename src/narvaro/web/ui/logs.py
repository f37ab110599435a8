"""Structured log lines that hold no person's data."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from django.http import HttpRequest

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
UNKNOWN = "unknown address"


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message; of an error its kind and place only."""

    def format(self, record: logging.LogRecord) -> str:
        """Our own words whole; of others' lines what happened at which address, never what was sent."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
            said["place"] = _place(record)
        return json.dumps(said, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return (
            f"{getattr(record, 'status_code', '')} {_method(request)} {_address(request)}".strip()
        )
    if record.name.partition(".")[0] == "narvaro":
        return record.getMessage()
    return str(record.msg)  # as it is written in the code: its arguments may be anybody's


def _method(request: HttpRequest) -> str:
    return request.method if request.method in METHODS else "?"


def _address(request: HttpRequest) -> str:
    """The address as the code writes it; never as somebody typed it."""
    found = request.resolver_match
    return UNKNOWN if found is None else f"/{found.route}"


def _place(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
