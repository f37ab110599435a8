"""Steps of cases, out to the ledger: keys and dates, and which way a step went."""

from __future__ import annotations

import csv
import hashlib
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from narvaro.web.accounts.models import Authority, AuthorityKind
from narvaro.web.cases.models import Case, Decision, Step

SOURCE = "narvaro-cases"
COLUMNS = (
    *("case", "pupil", "school", "programme", "step"),
    *("opened_on", "due_on", "done_on", "decision", "recorded_at"),
)
WORDS = {
    Decision.CLOSE: "closed",
    Decision.WATCH: "watched",
    Decision.NEXT: "go_on",
    Decision.ESCALATE: "escalated",
}
"""The words of the exchange format's `decision` for how a step ended."""


def rows_of(authority: Authority) -> Iterator[dict[str, str]]:
    """Every step of an authority's cases, as the exchange table `case_events` has them.

    A step that was begun twice on a day is one row: the ledger knows a step by case and day. A
    case that a reopened one continues has its own rows.
    """
    steps = (
        Step.objects.filter(case__authority=authority)
        .select_related("case__pupil", "case__school", "case__routine")
        .order_by("case_id", "began_at", "pk")
    )
    newest: dict[tuple[int, str, str], Step] = {}
    for one in steps:
        newest[one.case_id, one.step, one.began_on.isoformat()] = one
    for step in newest.values():
        yield _row(step)


def _row(step: Step) -> dict[str, str]:
    case: Case = step.case
    return {
        "case": case_key(case),
        "pupil": case.pupil.key,
        "school": case.school.key,
        "programme": case.routine.programme,
        "step": step.step,
        "opened_on": step.began_on.isoformat(),
        "due_on": step.due_on.isoformat() if step.due_on else "",
        "done_on": step.decided_on.isoformat() if step.decided_on else "",
        "decision": WORDS[Decision(step.decision)] if step.decision else "",
        "recorded_at": (step.decided_at or step.began_at).isoformat(),
    }


def case_key(case: Case) -> str:
    """A case as the ledger knows it: another id than the one in addresses."""
    return hashlib.sha256(f"case {case.public_id}".encode()).hexdigest()[:32]


def send_out(now: datetime) -> int:
    """Tell the ledger of every step; returns how many rows were told. Told again, nothing changes."""
    from narvaro.pipeline import Door, take_in

    told = 0
    for authority in Authority.objects.filter(kind=AuthorityKind.SCHOOL):
        rows = list(rows_of(authority))
        if not rows:
            continue
        with tempfile.TemporaryDirectory() as folder:
            _write(Path(folder) / "case_events.csv", rows)
            take_in(
                Path(folder),
                settings.LEDGER,
                Door(
                    source=SOURCE,
                    pupil_keys="as-given",
                    arrived_at=now,
                    confirm=True,
                    authority=authority.key,
                ),
            )
        told += len(rows)
    return told


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
