"""The month-end run: flags as they stand, a receipt that can be checked, what changed since."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from narvaro.engine.duck import literal
from narvaro.errors import BadRequest, NotFound
from narvaro.flags import Flag, flag
from narvaro.flags.scope import Roster
from narvaro.ledger import Ledger, Snapshot, open_ledger
from narvaro.ledger.standing import joins, key_of, numbers_of, standing
from narvaro.pipeline.differences import Difference, differences
from narvaro.programmes import Programme
from narvaro.timetable import At

SOFTWARE = "0.1.0"


@dataclass(frozen=True, slots=True)
class Run:
    """One version of a month-end run.

    `rows` are the flags of every pupil in scope, as JSON records; `receipt` says what they were
    made of; `differences` what changed since the version before.
    """

    run: str
    version: int
    is_new: bool
    receipt: Mapping[str, Any]
    differences: tuple[Difference, ...]
    rows: tuple[Mapping[str, Any], ...]

    def as_record(self) -> dict[str, Any]:
        """The run as JSON."""
        return {
            "run": self.run,
            "version": self.version,
            "is_new": self.is_new,
            "receipt": dict(self.receipt),
            "differences": [one.as_record() for one in self.differences],
            "rows": [dict(row) for row in self.rows],
        }


def run_month_end(
    ledger: Path,
    programme: Programme,
    *,
    at: At,
    authority: str = "",
    run: str = "",
    known_at: datetime | None = None,
    outside_dates: bool = False,
    roster: Roster | None = None,
) -> Run:
    """Run a month end for an authority and keep it in the ledger.

    The same run over the same facts is the same version, however often it is asked for; over
    corrected facts it is a new version with the list of what was added, withdrawn and changed.
    Raises BadRequest where several authorities could be meant. Several runs over the same facts
    are faster with one `roster` between them.
    """
    opened = open_ledger(ledger)
    moment = known_at or datetime.now(UTC)
    with opened.writing():
        snapshot = opened.snapshot()
        named = _authority(snapshot, moment, authority)
        run_id = run or f"{named}/{programme.id}/{at}"
        flags = _of_authority(
            snapshot,
            moment,
            named,
            flag(
                snapshot,
                programme,
                at=at,
                known_at=moment,
                outside_dates=outside_dates,
                roster=roster,
            ),
        )
        rows = tuple(one.as_record() for one in flags)
        earlier = _latest(snapshot, run_id)
        if earlier and _digest(rows) == _digest(earlier.rows):
            return earlier
        version = earlier.version + 1 if earlier else 1
        found = differences(earlier.rows, rows) if earlier else ()
        receipt = _receipt(opened, snapshot, programme, flags, rows) | {
            "run": run_id,
            "version": version,
            "authority": named,
            "at": str(at),
            "known_at": moment.isoformat(),
            "differences": dict(Counter(one.kind for one in found)),
        }
        made = Run(run_id, version, True, receipt, found, rows)
        _keep(opened, snapshot, made, programme)
    return made


def read_run(ledger: Path, run: str, *, version: int | None = None) -> Run:
    """Read a kept run again: its newest version, or an earlier one. Raises NotFound."""
    snapshot = open_ledger(ledger).snapshot()
    found = _latest(snapshot, run, version=version)
    if not found:
        raise NotFound("There is no such run.", remedy="`narvaro run --list` shows those kept.")
    return found


def runs(ledger: Path) -> list[dict[str, Any]]:
    """List every kept run, oldest first: run, version and when it was made."""
    snapshot = open_ledger(ledger).snapshot()
    rows = snapshot.engine.query(
        'SELECT run, version, programme, "at", made_at, known_at FROM runs '
        "ORDER BY made_at, run, version",
        tables=snapshot.tables("runs"),
    )
    names = ("run", "version", "programme", "at", "made_at", "known_at")
    return [
        dict(zip(names, (*row[:4], row[4].isoformat(), row[5].isoformat()), strict=True))
        for row in rows
    ]


def _authority(snapshot: Snapshot, known_at: datetime, asked: str) -> str:
    known = sorted(
        {
            row["organisation"]
            for row in standing(snapshot, "organisations", known_at)
            if row["kind"] == "school_authority"
        }
    )
    if asked and asked not in known:
        raise BadRequest(
            "There is no school authority with that key.",
            remedy=f"The ledger knows {', '.join(known) or 'none'}.",
        )
    if not asked and len(known) > 1:
        raise BadRequest(
            "The ledger holds several school authorities.",
            remedy=f"Say which one: --authority {known[0]}.",
        )
    return asked or (known[0] if known else "all")


def _of_authority(
    snapshot: Snapshot, known_at: datetime, authority: str, flags: Sequence[Flag]
) -> list[Flag]:
    """The flags of the authority's schools; pupils of no school belong to the only authority."""
    rows = standing(snapshot, "organisations", known_at)
    parents = {row["organisation"]: row["parent"] for row in rows}
    tops = [row["organisation"] for row in rows if row["kind"] == "school_authority"]
    if len(tops) < 2:
        return list(flags)
    return [one for one in flags if _belongs(one.place.school, authority, parents)]


def _belongs(school: str | None, authority: str, parents: Mapping[str, str | None]) -> bool:
    steps = 0
    while school is not None and steps < len(parents) + 1:
        if school == authority:
            return True
        school, steps = parents.get(school), steps + 1
    return False


def _receipt(
    ledger: Ledger,
    snapshot: Snapshot,
    programme: Programme,
    flags: Sequence[Flag],
    rows: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    outcomes = Counter(f"{one.rule}/{one.outcome}" for one in flags)
    return {
        "software": SOFTWARE,
        "programme": programme.id,
        "programme_version": programme.version,
        "programme_fingerprint": programme.fingerprint,
        "batch": snapshot.batch.batch,
        "inputs": [
            {"batch": one.batch, "source": one.source, "content": one.content.rsplit(":", 1)[-1]}
            for one in ledger.batches()
            if one.kind == "delivery" and one.batch <= snapshot.batch.batch
        ],
        "pupils": len({one.pupil for one in flags}),
        "outcomes": dict(sorted(outcomes.items())),
        "rows_digest": _digest(rows),
    }


def _digest(rows: Sequence[Mapping[str, Any]]) -> str:
    text = json.dumps([dict(row) for row in rows], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _latest(snapshot: Snapshot, run: str, *, version: int | None = None) -> Run | None:
    found = snapshot.engine.query(
        "SELECT version, receipt FROM runs WHERE run = $run ORDER BY version",
        tables=snapshot.tables("runs"),
        parameters={"run": run},
    )
    chosen = [row for row in found if version in (None, row[0])]
    if not chosen:
        return None
    number, stored = chosen[-1]
    rows, changes = (_rows_of(snapshot, table, run, number) for table in ("flags", "run_changes"))
    receipt = _with_disposals(json.loads(stored), rows)
    return Run(run, number, False, receipt, tuple(Difference(**one) for one in changes), rows)


def _with_disposals(receipt: dict[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Say how many of the run's rows and pupils a disposal has taken away since."""
    gone = {
        "rows_disposed_since": int(receipt["row_count"]) - len(rows),
        "pupils_disposed_since": int(receipt["pupils"]) - len({row["pupil"] for row in rows}),
    }
    return {**receipt, **gone} if gone["rows_disposed_since"] else receipt


def _rows_of(snapshot: Snapshot, table: str, run: str, version: int) -> tuple[dict[str, Any], ...]:
    """The records of a kept run, with the pupils' keys put back."""
    keys, joined = key_of(snapshot), joins(snapshot)
    rows = snapshot.engine.query(
        f'SELECT pupil, "row" FROM {table} WHERE run = $run AND version = $version',
        tables=snapshot.tables(table),
        parameters={"run": run, "version": version},
    )
    records = [{"pupil": keys[joined.get(pupil, pupil)], **json.loads(row)} for pupil, row in rows]
    return tuple(sorted(records, key=_order))


def _order(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row.get("kind", ""), row["pupil"], row["rule"]


def _keep(ledger: Ledger, snapshot: Snapshot, made: Run, programme: Programme) -> None:
    changes = [one.as_record() for one in made.differences]
    numbers = numbers_of(snapshot, [row["pupil"] for row in (*made.rows, *changes)])
    stored = {**made.receipt, "row_count": len(made.rows)}
    run_row = (
        f"SELECT {literal(made.run)} AS run, {literal(made.receipt['authority'])} AS authority, "
        f'{literal(programme.id)} AS programme, {literal(made.receipt["at"])} AS "at", '
        f"{made.version} AS version, TIMESTAMPTZ {literal(datetime.now(UTC).isoformat())} AS made_at, "
        f"TIMESTAMPTZ {literal(made.receipt['known_at'])} AS known_at, "
        f"{literal(json.dumps(stored))} AS receipt, {snapshot.batch.batch + 1} AS batch"
    )
    ledger.append_run(
        run_row,
        _numbered(made.rows, numbers),
        _numbered(changes, numbers),
        run=made.run,
        version=made.version,
        at=made.receipt["at"],
        programme=programme.id,
    )


def _numbered(
    rows: Sequence[Mapping[str, Any]], numbers: Mapping[str, int]
) -> list[tuple[int, str, str]]:
    """Records without their pupils' keys, which stand in one place only."""
    return [
        (
            numbers[row["pupil"]],
            row["rule"],
            json.dumps({name: value for name, value in row.items() if name != "pupil"}),
        )
        for row in rows
    ]
