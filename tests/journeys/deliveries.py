"""Deliveries that come from the source system while a journey is under way."""

from __future__ import annotations

from tests.journeys.conftest import Installation

ACKNOWLEDGE = """
import csv, tempfile
from datetime import datetime, timedelta
from pathlib import Path
import duckdb
from django.conf import settings
from narvaro.pipeline import Door, take_in
from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.audit.chain import NOBODY
from narvaro.web.deliveries.roster import sync_roster
from narvaro.web.figures.registration.evidence import evidence_at
from narvaro.web.jobs.clock import installation_now

now = installation_now()
every = evidence_at(now)._open[0].values()
key = next(one.key for place in every for one in place if one.number == {number})
file = settings.DATA_FOLDER / "delivery" / "lessons.parquet"
found = duckdb.sql(f"SELECT * FROM '{{file}}' WHERE lesson = $key", params={{"key": key}})
names, row = found.columns, found.fetchall()[-1]
told = dict(zip(names, row)) | {{"acknowledged": "yes"}}
told = {{n: v for n, v in told.items() if n not in ("line", "recorded_at", "acknowledged_at")}}
told |= {{"recorded_at": now, "acknowledged_at": now}}
words = {{n: "" if v is None else v.isoformat() if isinstance(v, datetime)
         else str(v).lower() if isinstance(v, bool) else str(v) for n, v in told.items()}}
with tempfile.TemporaryDirectory() as folder:
    with (Path(folder) / "lessons.csv").open("w") as sent:
        writer = csv.DictWriter(sent, words)
        writer.writeheader()
        writer.writerow(words)
    taken = take_in(Path(folder), settings.LEDGER, Door(arrived_at=now, confirm=True))
sync_roster(settings.LEDGER, at=now, by=NOBODY)
print(taken.batch.kind)
"""


def acknowledge(installation: Installation, number: str) -> None:
    """The source's next delivery: the lesson with this number is acknowledged."""
    assert installation.python(ACKNOWLEDGE.format(number=int(number))).strip() == "delivery"
