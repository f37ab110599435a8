"""Which programmes are in force for an authority on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from narvaro.errors import NarvaroError
from narvaro.programmes import Programme, load
from narvaro.web.projects.in_use import with_those_in_use

SHIPPED = "boras-recommended"
"""What is used until the authority has written its own: in force, and for every grade and school."""


def programmes_in_force(day: date) -> tuple[Programme, ...]:
    """The programmes with a rule that hold a day, by file name; the first is the main one.

    They are the TOML files of the folder of programmes, and what was taken into use instead of
    one; while none of them holds, a shipped one.
    """
    every = with_those_in_use(_written(), day)
    found = [one for one in every if one.rules and one.in_force.holds(day)]
    return tuple(found) or (load(SHIPPED),)


def _written() -> list[Programme]:
    folder = settings.PROGRAMME_FOLDER
    if not folder.is_dir():
        return []
    files = ((path, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.toml")))
    every = (_load(path, changed) for path, changed in files)
    return [one for one in every if one is not None]


@lru_cache(maxsize=64)
def _load(path: Path, changed: int) -> Programme | None:  # noqa: ARG001
    """A programme as its file stands; one with faults is used by nobody."""
    try:
        return load(path)
    except NarvaroError:
        return None
