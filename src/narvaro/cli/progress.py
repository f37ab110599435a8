"""How far long work has come, on a terminal only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Protocol


class Progress(Protocol):
    """Called with what is done so far, out of how much (None: nobody knows), and a word for it."""

    def __call__(self, done: int, total: int | None = None, what: str = "") -> None: ...


@contextmanager
def progress_on(stream: IO[str], what: str, *, is_shown: bool) -> Iterator[Progress]:
    """A progress to hand on; silent unless shown."""
    if not is_shown:
        yield _say_nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(file=stream), transient=True) as bars:
        task = bars.add_task(what, total=None)

        def advance(done: int, total: int | None = None, what: str = what) -> None:
            bars.update(task, completed=done, total=total, description=what or None)

        yield advance


def _say_nothing(done: int, total: int | None = None, what: str = "") -> None:
    """Nobody is watching."""
