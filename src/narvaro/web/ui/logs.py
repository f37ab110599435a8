"""Structured log lines that hold no person's data."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message; of an error its kind and place only."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's own words; never its arguments' repr of a request, never a traceback's values."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _without_query(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
            said["place"] = _place(record)
        return json.dumps(said, ensure_ascii=False)


def _without_query(text: str) -> str:
    return text.partition("?")[0]


def _place(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
