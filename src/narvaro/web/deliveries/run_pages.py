"""Frozen values for the pages of month-end runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.deliveries.month_ends import KeptRun, run_at, why_counts
from narvaro.web.pupils.models import Pupil


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A receipt: what it was made of, what it says, what changed since the version before."""

    run: KeptRun
    receipt: Mapping[str, Any]
    outcomes: Sequence[tuple[str, str, int]]
    differences: Sequence[tuple[str, str, int]]


def receipt_page(found: KeptRun) -> ReceiptPage:
    """A receipt in words."""
    made = run_at(found)
    return ReceiptPage(
        found,
        made.receipt,
        [_told(one, count) for one, count in found.outcomes.items()],
        [(_kind(kind), why, count) for kind, why, count in why_counts(made)],
    )


def _told(rule_and_outcome: str, count: int) -> tuple[str, str, int]:
    rule, _slash, word = rule_and_outcome.rpartition("/")
    return rule, _outcome(word), count


def _outcome(word: str) -> str:
    return {
        "flagged": _("flagga"),
        "not_flagged": _("ingen flagga"),
        "cannot_tell": _("kan inte bedömas"),
    }.get(word, word)


def _kind(kind: str) -> str:
    return {
        "added": _("tillkommen"),
        "withdrawn": _("borttagen"),
        "changed": _("ändrad"),
    }[kind]


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A difference of a pupil the viewer sees."""

    pupil: Pupil
    kind: str
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class PupilsPage:
    """The differences the viewer sees, and how many there are of pupils the viewer does not."""

    run: KeptRun
    rows: Sequence[PupilRow]
    others: int


def pupils_page(found: KeptRun, viewer: Viewer) -> PupilsPage:
    """Differences by pupil, of the viewer's own pupils only."""
    changes = run_at(found).differences
    mine = Pupil.objects.named_to(viewer, "deliveries.run_pupils")
    known = {one.key: one for one in mine.filter(key__in=[one.pupil for one in changes])}
    language = "en" if get_language() == "en" else "sv"
    rows = [
        PupilRow(known[one.pupil], _kind(one.kind), one.rule, one.why[language])
        for one in changes
        if one.pupil in known
    ]
    return PupilsPage(found, rows, len(changes) - len(rows))
