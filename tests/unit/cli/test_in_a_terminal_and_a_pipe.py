"""Colour and progress on a terminal only; a reader who leaves, and Ctrl-C from outside."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

PROGRAM = """
import sys, time
from narvaro.cli import main
from narvaro.cli.command import Command
from narvaro.cli.output import Column

def run(options, out):
    with out.progress("Reading") as progress:
        progress("Reading", 1, 2)
        if options.wait:
            print("waiting", file=sys.stderr, flush=True)
            time.sleep(30)
    out.answer({"n": n} for n in range(options.count))
    out.table([{"n": n} for n in range(options.count)], [Column("n", "Number", is_number=True)])
    return 0

def add(parser):
    parser.add_argument("--count", type=int, default=3)
    parser.add_argument("--wait", action="store_true")

sys.exit(main(commands=[Command("try", "", "", (), add, run)]))
"""
NO_COLOURS = {"NO_COLOR": "1"}
CYAN = "36m"


def words(*more: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, "try", *more]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    source = Path(__file__).parents[3] / "src"
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    return {**kept, "PYTHONPATH": str(source), "TERM": "xterm-256color", **(more or {})}


def on_a_terminal(*more: str, env: Mapping[str, str] | None = None) -> str:
    """What a terminal would show."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        words(*more), stdout=follower, stderr=follower, env=environment(env)
    ) as running:
        os.close(follower)
        shown = io.BytesIO()
        while True:
            try:
                part = os.read(leader, 4096)
            except OSError:  # the other end has closed
                break
            if not part:
                break
            shown.write(part)
        running.wait(timeout=30)
    os.close(leader)
    return shown.getvalue().decode()


def test_a_terminal_gets_colour_unless_the_environment_declines() -> None:
    assert CYAN in on_a_terminal()
    assert CYAN not in on_a_terminal(env=NO_COLOURS)


def test_a_pipe_gets_plain_text_and_no_progress() -> None:
    done = subprocess.run(words(), capture_output=True, env=environment(), timeout=30, check=True)

    assert done.stdout.decode().splitlines() == ["Number", "     0", "     1", "     2"]
    assert done.stderr == b""


def test_json_is_the_same_on_a_terminal() -> None:
    assert on_a_terminal("--json").replace("\r\n", "\n") == '{"rows":[{"n":0},{"n":1},{"n":2}]}\n'


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_reader_who_leaves_is_no_error(form: list[str]) -> None:
    with subprocess.Popen(
        words("--count", "200000", *form),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        said = running.stderr.read()

        assert running.wait(timeout=30) == 0
        assert said == b""


def test_ctrl_c_in_the_middle_of_work_says_so_and_ends_with_130() -> None:
    with subprocess.Popen(
        words("--wait"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as running:
        assert running.stderr is not None
        assert running.stderr.readline() == b"waiting\n"
        running.send_signal(signal.SIGINT)
        said = running.stderr.read()

        assert running.wait(timeout=30) == 130
        assert said == b"narvaro: Stopped.\n"
