"""Why a cell cannot be read; said without repeating the cell."""

from __future__ import annotations


class CellUnreadable(Exception):
    """One cell that cannot be read: the problem and what to do, never the cell itself."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
