"""What the ledger remembers of a source between loads: one small file each, nobody's data in it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from narvaro.errors import BadRequest

_NAME = re.compile(r"[A-Za-z0-9ÅÄÖåäö][\w. \-]{0,99}")
VERSION = 1


@dataclass(frozen=True, slots=True)
class SourceNotes:
    """The notes of one source.

    Its limit of fewer pupils or lessons (per cent), what its next load is compared with, where an
    SS 12000 load goes on, and what was left out last.
    """

    source: str
    fewer_limit: int | None = None
    state: dict[str, Any] = field(default_factory=dict)
    left_out: tuple[dict[str, Any], ...] = ()
    sizes: dict[str, int] = field(default_factory=dict)


def read_notes(ledger: Path, source: str) -> SourceNotes:
    """Read a source's notes; empty ones when there are none."""
    path = _path(ledger, source)
    if not path.exists():
        return SourceNotes(source)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["version"] != VERSION:
            raise ValueError
        return SourceNotes(
            source,
            found["fewer_limit"],
            dict(found["state"]),
            tuple(found["left_out"]),
            dict(found["sizes"]),
        )
    except (KeyError, TypeError, ValueError):
        raise BadRequest(
            f"What the ledger remembers of the source {source} cannot be read.",
            remedy=f"Remove sources/{path.name}: the next load then starts from the beginning.",
        ) from None


def keep_notes(ledger: Path, notes: SourceNotes) -> None:
    """Write a source's notes, whole or not at all."""
    path = _path(ledger, notes.source)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    record = {
        "version": VERSION,
        "fewer_limit": notes.fewer_limit,
        "state": notes.state,
        "left_out": list(notes.left_out),
        "sizes": notes.sizes,
    }
    new = path.with_suffix(".json.new")
    new.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    new.replace(path)


def keep_limit(ledger: Path, source: str, percent: int | None) -> SourceNotes:
    """Keep a source's limit of fewer pupils or lessons, where one is given; return the notes."""
    notes = read_notes(ledger, source)
    if percent is None or percent == notes.fewer_limit:
        return notes
    if not 0 <= percent < 100:
        raise BadRequest("The limit is a whole number of per cent from 0 to 99.")
    notes = replace(notes, fewer_limit=percent)
    keep_notes(ledger, notes)
    return notes


def _path(ledger: Path, source: str) -> Path:
    if not _NAME.fullmatch(source):
        raise BadRequest(
            "A source's name has letters, digits, spaces, hyphens, dots and underscores.",
            remedy="Name it so with --source.",
        )
    return ledger / "sources" / f"{source}.json"
