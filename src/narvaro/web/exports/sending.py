"""The one door out: rows of keys and dates, told to the ledger as a delivery of our own."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from narvaro.web.accounts.ledger_owner import has_the_whole_ledger
from narvaro.web.accounts.models import Authority, AuthorityKind
from narvaro.web.exports import case_events, participations

SOURCE = "narvaro"
"""What the ledger calls us: a source beside the school systems."""


def send_out(now: datetime) -> int:
    """Tell the ledger of every step of a case and every school of a project; returns how many rows.

    Told again, nothing changes: the ledger keeps what is new or other than before. A school
    authority without a key has nothing there beside others, and what it does would be told as theirs.
    """
    every = Authority.objects.filter(kind=AuthorityKind.SCHOOL)
    return sum(_sent(one, now) for one in every if one.key or has_the_whole_ledger(one.key))


def _sent(authority: Authority, now: datetime) -> int:
    from narvaro.pipeline import Door, take_in

    tables = {
        "case_events": (case_events.COLUMNS, list(case_events.rows_of(authority))),
        "participations": (participations.COLUMNS, list(participations.rows_of(authority))),
    }
    told = {name: rows for name, (_, rows) in tables.items() if rows}
    if not told:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in told.items():
            _write(Path(folder) / f"{name}.csv", tables[name][0], rows)
        door = Door(
            source=SOURCE,
            pupil_keys="as-given",
            arrived_at=now,
            confirm=True,
            authority=authority.key,
        )
        take_in(Path(folder), settings.LEDGER, door)
    return sum(map(len, told.values()))


def _write(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
