"""Organisations stand in a tree on every day: none is above itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from narvaro.errors import Fault
from narvaro.exchange.findings import LISTED_PER_TABLE, Findings
from narvaro.exchange.running import Runner

_CYCLE = "the organisation is its own ancestor"
_REMEDY = "Follow the column parent upwards; it must end at an organisation without one."


class Edge(NamedTuple):
    """A row that puts an organisation under another, from one day to another."""

    line: int
    child: str
    parent: str
    starts_on: date
    ends_on: date


def check_organisations(source: str, runner: Runner, findings: Findings) -> bool:
    """Find organisations that are their own ancestors on some day; fill `left_out` (line)."""
    found = runner.rows(
        "SELECT line, organisation, parent, starts_on, ends_on"
        f" FROM {source} WHERE parent IS NOT NULL AND NOT withdrawn ORDER BY line"
    )
    edges = [
        Edge(line, child, parent, first or date.min, last or date.max)
        for line, child, parent, first, last in found
    ]
    lines = sorted(cyclic_lines(edges))
    if not lines:
        return False
    faults = (
        Fault("organisations", line, "parent", _CYCLE, _REMEDY) for line in lines[:LISTED_PER_TABLE]
    )
    findings.leave_out(
        "organisations", rows=len(lines), reasons={_CYCLE: len(lines)}, listed=faults
    )
    runner.rows("INSERT INTO left_out SELECT unnest(?::BIGINT[])", [lines])
    return True


def cyclic_lines(edges: Iterable[Edge]) -> set[int]:
    """The lines of the edges that lie on a cycle on at least one day."""
    suspects = _on_cycles(list(edges))  # whatever the day
    lines: set[int] = set()
    for day in {edge.starts_on for edge in suspects}:
        standing = [edge for edge in suspects if edge.starts_on <= day <= edge.ends_on]
        lines.update(edge.line for edge in _on_cycles(standing))
    return lines


def _on_cycles(edges: list[Edge]) -> list[Edge]:
    """The edges whose two ends can reach each other."""
    upward: dict[str, list[str]] = {}
    downward: dict[str, list[str]] = {}
    for edge in edges:
        upward.setdefault(edge.child, []).append(edge.parent)
        downward.setdefault(edge.parent, []).append(edge.child)
    group = _groups(_by_leaving(upward), downward)
    return [edge for edge in edges if group.get(edge.child) == group.get(edge.parent, "")]


def _by_leaving(upward: dict[str, list[str]]) -> list[str]:
    """Every organisation below another, in the order a walk upwards leaves them."""
    left: list[str] = []
    seen: set[str] = set()
    for start in upward:
        walk = [] if start in seen else [(start, iter(upward[start]))]
        seen.add(start)
        while walk:
            here, ahead = walk[-1]
            following = next((each for each in ahead if each not in seen), None)
            if following is None:
                left.append(here)
                walk.pop()
            else:
                seen.add(following)
                walk.append((following, iter(upward.get(following, ()))))
    return left


def _groups(left: list[str], downward: dict[str, list[str]]) -> dict[str, str]:
    """Which organisations can reach each other (Kosaraju), named by one of them."""
    group: dict[str, str] = {}
    for root in reversed(left):
        waiting = [] if root in group else [root]
        while waiting:
            here = waiting.pop()
            if here not in group:
                group[here] = root
                waiting.extend(downward.get(here, ()))
    return group
