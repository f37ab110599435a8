"""The web application with a stopwatch: `pages.py` serves this, nobody else does.

One line a request in the file PAGES_STOPWATCH names: microseconds by the clock, microseconds of
processor time in the request's own thread (the engine's other threads are not in it), status, path.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from narvaro.web.config.wsgi import application as served

_log = os.open(os.environ["PAGES_STOPWATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as the application does, and note what it took."""
    said = []

    def started(status: str, *more: Any) -> Any:
        said.append(status[:3])
        return start_response(status, *more)

    clock, processor = time.perf_counter(), time.thread_time()
    answer: Iterable[bytes] = served(environ, started)
    spent = (time.perf_counter() - clock, time.thread_time() - processor)
    micros = " ".join(str(round(one * 1_000_000)) for one in spent)
    os.write(_log, f"{micros} {said[-1]} {environ['PATH_INFO']}\n".encode())
    return answer
