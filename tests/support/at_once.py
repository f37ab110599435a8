"""Two who act at the same moment, each on a connection of their own; run in an installation."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.documents.actions import AlreadySigned

TOLD = (ChangedMeanwhile, Refused, AlreadySigned)
"""What the second of two is told, in words, on the page."""
PATIENCE = 60


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Let each act begin together, and linger after every statement, so that they interleave.

    What became of each: `won`, the name of what it was told, or what it should never have met.
    """
    start = threading.Barrier(len(acts))
    found = ["never came back"] * len(acts)

    def run(place: int) -> None:
        dice = random.Random()
        start.wait(PATIENCE)
        with connection.execute_wrapper(_lingering(dice)):
            found[place] = _outcome(acts[place])
        connection.close()

    threads = [
        threading.Thread(target=run, args=(place,), daemon=True) for place in range(len(acts))
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join(PATIENCE)
    return sorted(found)


def _outcome(act: Callable[[], Any]) -> str:
    try:
        act()
    except TOLD as told:
        return type(told).__name__
    except Exception as fault:  # noqa: BLE001 - whatever it is, the test shows it
        return f"{type(fault).__name__}: {fault}"
    return "won"


def _lingering(dice: random.Random) -> Callable[..., Any]:
    def run(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]
    ) -> Any:
        answer = execute(sql, params, many, context)
        if "FOR NO KEY UPDATE" in sql or "FOR UPDATE" in sql or not sql.startswith("SELECT"):
            time.sleep(dice.random() / 100)
        return answer

    return run
