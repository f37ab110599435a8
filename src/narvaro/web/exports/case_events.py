"""Steps of cases, out to the ledger: keys and dates, and which way a step went."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from narvaro.web.accounts.models import Authority
from narvaro.web.cases.models import Case, Decision, Step

COLUMNS = (
    *("case", "pupil", "school", "programme", "step"),
    *("opened_on", "due_on", "done_on", "decision", "recorded_at"),
)
WORDS = {
    Decision.CLOSE: "closed",
    Decision.WATCH: "watched",
    Decision.CONTINUE: "continued",
    Decision.NEXT: "go_on",
    Decision.ESCALATE: "escalated",
    Decision.RETURN: "handed_back",
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
