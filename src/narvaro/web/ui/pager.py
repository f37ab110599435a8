"""A long list, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

SIZE = 50
HIGHEST = 100_000


@dataclass(frozen=True, slots=True)
class Pager:
    """Which page of how many; `kept` is what else stands in the address and stays there."""

    number: int
    count: int
    kept: Mapping[str, str]

    @property
    def shown(self) -> slice:
        """Which of the list's rows stand on the page."""
        return slice((self.number - 1) * SIZE, self.number * SIZE)

    @property
    def before(self) -> str:
        """The address of the page before; empty on the first."""
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The address of the page after; empty on the last."""
        return self._address(self.number + 1) if self.number < self.count else ""

    def _address(self, number: int) -> str:
        return "?" + urlencode({**self.kept, "sida": number})


def pager(asked: str, *, rows: int, kept: Mapping[str, str]) -> Pager:
    """The page that was asked for; the nearest there is, and the first for what is no number."""
    count = max(1, -(-rows // SIZE))
    is_number = asked.isascii() and asked.isdigit() and len(asked) < len(str(HIGHEST))
    return Pager(min(max(int(asked), 1), count) if is_number else 1, count, kept)
