"""What every chart is: a value that knows its result in words, its drawings and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The chart's numbers as a real table; the first cell of a row is its heading.

    `numeric` are the places of the columns that hold numbers.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()


class Chart(Protocol):
    """A frozen value that `{% chart %}` draws.

    `title` states the result in a sentence and is the drawing's name for a screen reader;
    `template` draws one entry of `drawn`, each of which has its `size`.
    """

    @property
    def template(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def drawn(self) -> Sequence[Any]: ...

    @property
    def table(self) -> ChartTable: ...
