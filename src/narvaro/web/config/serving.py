"""The web server and a worker in one process tree: one ends, and the other is ended."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from types import FrameType

WORKER_REST_SECONDS = 5.0
STOP_SECONDS = 30


def server_words(host: str, port: int, *, processes: int = 2) -> list[str]:
    """The command that serves pages."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"{host}:{port}",
        "--workers",
        str(processes),
        "--threads",
        "4",
        "--log-level",
        "warning",
        "narvaro.web.config.wsgi:application",
    ]


def worker_words() -> list[str]:
    """The command that does the jobs, for as long as its parent lives."""
    return [sys.executable, "-m", "narvaro.web.config.manage", "work", "--with-parent"]


def serve(host: str, port: int, *, processes: int = 2, with_worker: bool = True) -> int:
    """Serve until asked to stop or the server ends. Returns the server's exit code.

    A worker that ends (it was killed, or a job overran its time) is started again.
    """
    server = subprocess.Popen(server_words(host, port, processes=processes))  # noqa: S603
    worker = _worker() if with_worker else None
    stop = _Stop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop.asked)
    while server.poll() is None and not stop.was_asked:
        time.sleep(0.3)
        if worker is not None and worker.poll() is not None:
            time.sleep(WORKER_REST_SECONDS)
            worker = _worker()
    for process in (worker, server):
        _ended(process)
    return 0 if stop.was_asked else int(server.returncode or 0)


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(worker_words())  # noqa: S603


def _ended(process: subprocess.Popen[bytes] | None) -> None:
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class _Stop:
    was_asked = False

    def asked(self, _number: int, _frame: FrameType | None) -> None:
        self.was_asked = True
