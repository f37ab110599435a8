"""Month-end runs: those that are kept, their receipts, what changed between versions."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from narvaro.errors import BadRequest
from narvaro.web.accounts.ledger_owner import has_the_whole_ledger
from narvaro.web.accounts.models import Authority, AuthorityKind
from narvaro.web.deliveries.facts import newest_batch
from narvaro.web.jobs.actions import Asked, tell
from narvaro.web.jobs.handlers import Result, Running

if TYPE_CHECKING:
    from narvaro.pipeline import Run
    from narvaro.programmes import Programme

_RUNS = """
SELECT run, version, programme, "at", made_at, known_at, authority, receipt
FROM runs ORDER BY "at" DESC, run, version DESC
"""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One version of a run as the list shows it; `public_id` stands for the run in addresses."""

    public_id: str
    run: str
    version: int
    programme: str
    month: str
    known_at: datetime
    pupils: int
    outcomes: Mapping[str, int]
    differences: Mapping[str, int]


def kept_runs(authority: str, now: datetime) -> list[KeptRun]:
    """The runs of an authority that were made by then, the newest month and version first."""
    ours = {authority} | ({"all"} if has_the_whole_ledger(authority) else set())
    rows = _rows(settings.LEDGER, newest_batch())
    return [_kept(row) for row in rows if row[6] in ours and row[5] <= now]


@lru_cache(maxsize=8)
def _rows(ledger: Path, newest: int) -> tuple[tuple[Any, ...], ...]:
    """Every kept run's row, as of a batch."""
    from narvaro.ledger import open_ledger

    if newest < 0:
        return ()
    snapshot = open_ledger(ledger).snapshot()
    return tuple(snapshot.engine.query(_RUNS, tables=snapshot.tables("runs")))


def _kept(row: Sequence[Any]) -> KeptRun:
    receipt = json.loads(row[7])
    return KeptRun(
        public_id=public_id_of(row[0]),
        run=row[0],
        version=row[1],
        programme=row[2],
        month=str(row[3]),
        known_at=row[5],
        pupils=int(receipt["pupils"]),
        outcomes=receipt["outcomes"],
        differences=receipt["differences"],
    )


def public_id_of(run: str) -> str:
    """A run's name in addresses: it says nothing of authority or month."""
    return hashlib.sha256(f"run {run}".encode()).hexdigest()[:22]


def run_at(found: KeptRun) -> Run:
    """The whole run, its rows and differences."""
    from narvaro.pipeline import read_run

    return read_run(settings.LEDGER, found.run, version=found.version)


def why_counts(run: Run) -> list[tuple[str, str, int]]:
    """The differences by kind and why, with how many of each: nobody is told of."""
    why = Counter((one.kind, _kind_of_why(one.why["sv"])) for one in run.differences)
    return [(kind, words, count) for (kind, words), count in sorted(why.items())]


def _kind_of_why(words: str) -> str:
    return words.partition(":")[0]


def programmes_for(month: date) -> list[Programme]:
    """The authority's own programmes with a rule in force in a month, as known of its last day."""
    from narvaro.errors import NarvaroError
    from narvaro.programmes import load
    from narvaro.web.projects.in_use import with_those_in_use

    files = []
    for path in sorted(settings.PROGRAMME_FOLDER.glob("*.toml")):
        try:
            files.append(load(path))
        except NarvaroError:
            continue
    every = with_those_in_use(files, month)
    return [one for one in every if one.rules and one.in_force.holds(month)]


def last_month(today: date) -> str:
    """The month before a day's, as 2026-11."""
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def run(running: Running) -> Result:
    """Run a month end of every programme in force, as known when it was asked for."""
    from narvaro.pipeline import run_month_end
    from narvaro.timetable import parse_at
    from narvaro.web.accounts.clock import STOCKHOLM

    asked = running.arguments
    month = asked.get("month") or last_month(running.asked_at.astimezone(STOCKHOLM).date())
    at = parse_at(month)
    programmes = programmes_for(at.day)
    if not programmes:
        raise BadRequest("No programme with a rule is in force that month.")
    made = []
    every = [(one, programme) for one in _authorities(asked) for programme in programmes]
    for number, (authority, programme) in enumerate(every):
        running.progress("programmes", number, len(every))
        done = run_month_end(
            settings.LEDGER,
            programme,
            at=at,
            authority=authority,
            known_at=running.asked_at,
        )
        made.append({"run": public_id_of(done.run), "version": done.version, "is_new": done.is_new})
    tell("runs changed", asked=Asked(running.asked_at))
    return {"runs": made}


def _authorities(asked: Mapping[str, Any]) -> list[str]:
    """The authority that was asked for; by schedule every one, or the only one there is."""
    if asked.get("authority"):
        return [str(asked["authority"])]
    known = Authority.objects.filter(kind=AuthorityKind.SCHOOL).exclude(key="")
    keys = list(known.order_by("key").values_list("key", flat=True))
    return keys if len(keys) > 1 else [""]
