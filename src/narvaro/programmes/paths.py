"""Where one can get in a routine: names, and the names each leads to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

Ways = Mapping[str, Collection[str]]


def reached(first: Iterable[str], ways: Ways) -> set[str]:
    """Everything that can be reached from `first`, itself included."""
    found: set[str] = set()
    ahead = list(first)
    while ahead:
        name = ahead.pop()
        if name in found or name not in ways:
            continue
        found.add(name)
        ahead.extend(ways[name])
    return found


def without_an_end(ways: Ways, ends: Collection[str]) -> tuple[str, ...]:
    """The names from which no way leads to any of `ends`, in order."""
    backwards: dict[str, list[str]] = {name: [] for name in ways}
    for name, ahead in ways.items():
        for other in ahead:
            backwards.get(other, []).append(name)
    coming = reached(ends, backwards)
    return tuple(name for name in ways if name not in coming)
