"""How far long work has come, on a terminal only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Protocol


class Progress(Protocol):
    """Called with what is being done, how much of it is done, and of how much (None: unknown)."""

    def __call__(self, what: str, done: int, of: int | None, /) -> None: ...


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

        def advance(what: str, done: int, of: int | None, /) -> None:
            bars.update(task, description=what, completed=done, total=of or None)

        yield advance


def _say_nothing(_what: str, _done: int, _of: int | None, /) -> None:
    """Nobody is watching."""
