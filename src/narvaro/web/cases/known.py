"""What is known already when a step is taken up: figures with their date, and what was noted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, EvidenceKind
from narvaro.web.cases.so_far import events_of
from narvaro.web.documents.actions import Prefilled
from narvaro.web.documents.models import Document
from narvaro.web.figures.pupil_panels.fetching import PupilFacts, pupil_facts
from narvaro.web.figures.pupil_panels.pattern_panel import week_result
from narvaro.web.figures.pupil_panels.strip import strip_of
from narvaro.web.figures.pupil_panels.sums import together
from narvaro.web.pupils.models import Pupil
from narvaro.web.ui.charts.words import short_weekday

MOST_LINES = 12


def known_of(viewer: Viewer, case: Case) -> Prefilled:
    """Everything that a step's documents are prefilled with, as it stands at this moment."""
    values = figures_of(viewer, case.pupil) | _noted(viewer, case)
    return Prefilled({name: one for name, one in values.items() if one}, _until(viewer, case))


def figures_of(viewer: Viewer, pupil: Pupil) -> dict[str, Any]:
    """Share, pattern and weekdays over the window of the rule in force; nothing when none is known."""
    facts, strip = pupil_facts(viewer, pupil), strip_of(viewer, pupil)
    if facts is None or strip is None:
        return {}
    return {
        "figures.share": [
            _("%(share)s frånvaro %(over)s") % {"share": strip.share, "over": strip.over},
            strip.verdict,
            strip.parts,
        ],
        "figures.pattern": week_result(facts),
        "figures.weekdays": _weekdays(facts),
    }


def _weekdays(facts: PupilFacts) -> list[list[Any]]:
    """Whole per cent missed, by weekday; cut, never rounded up over a limit."""
    found = []
    for day in range(5):
        share = together(m for at, m in facts.lessons.hours.items() if at[1] == day).share
        if share is not None:
            found.append([short_weekday(day), 100 * share[0] // share[1]])
    return found


def _noted(viewer: Viewer, case: Case) -> dict[str, Any]:
    events = events_of(case, viewer, is_frozen=True)[:MOST_LINES]
    decided = [one for one in events if one.kind == "decision"]
    begun = case.steps.filter(step="investigation").first()
    return {
        "case.so_far": [one.line for one in events],
        "case.decided": [one.line for one in decided],
        "case.tried": list(_told(viewer, case, "tried")),
        "case.learnt": list(_told(viewer, case, "pupil_says", "home_says")),
        "case.investigation_begun_on": begun.began_on.isoformat() if begun else "",
    }


def _told(viewer: Viewer, case: Case, *fields: str) -> Iterable[str]:
    """What the case's newest signed documentation says in some of its fields, if it may be read."""
    signed = Document.objects.visible_to(viewer, "documents.document").filter(
        public_id__in=case_documents(case), restriction="ordinary", signed_at__isnull=False
    )
    for one in signed.order_by("-signed_at"):
        said = [str(one.answers[name]) for name in fields if one.answers.get(name)]
        if said:
            return said
    return []


def case_documents(case: Case) -> list[str]:
    """Opaque ids of the documents that belong to the case's steps."""
    forms = case.steps.filter(evidence__kind=EvidenceKind.FORM)
    return list(forms.values_list("evidence__item", flat=True))


def _until(viewer: Viewer, case: Case) -> datetime | None:
    facts = pupil_facts(viewer, case.pupil)
    return None if facts is None else facts.facts.until([case.school.key])
