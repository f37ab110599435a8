"""What is known already when a step is taken up: figures with their date, and what was noted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, EvidenceKind
from narvaro.web.cases.so_far import events_of
from narvaro.web.documents.actions import Prefilled
from narvaro.web.documents.known import figures_known
from narvaro.web.documents.models import Document

MOST_LINES = 12


def known_of(viewer: Viewer, case: Case) -> Prefilled:
    """Everything that a step's documents are prefilled with, as it stands at this moment."""
    figures = figures_known(viewer, case.pupil, case.school)
    noted = {name: one for name, one in _noted(viewer, case).items() if one}
    return Prefilled({**figures.values, **noted}, figures.data_at)


def _noted(viewer: Viewer, case: Case) -> dict[str, Any]:
    events = events_of(case, viewer, is_frozen=True)[:MOST_LINES]
    decided = [one for one in events if one.kind == "decision"]
    begun = case.steps.filter(step="investigation").first()
    return {
        "case.so_far": [one.line for one in events],
        "case.decided": [one.line for one in decided],
        "case.tried": [said for _name, said in _told(viewer, case, "tried")],
        "case.learnt": list(_own_words(viewer, case)),
        "case.investigation_begun_on": begun.began_on.isoformat() if begun else "",
    }


def _own_words(viewer: Viewer, case: Case) -> Iterable[str]:
    """What the pupil and the home said, each as theirs."""
    whose = {"pupil_says": _("Eleven"), "home_says": _("Hemmet")}
    for name, said in _told(viewer, case, *whose):
        yield f"{whose[name]}: ”{said}”"


def _told(viewer: Viewer, case: Case, *fields: str) -> Iterable[tuple[str, str]]:
    """What the case's newest signed documentation says in some of its fields, if it may be read."""
    signed = Document.objects.visible_to(viewer, "documents.document").filter(
        public_id__in=case_documents(case), restriction="ordinary", signed_at__isnull=False
    )
    for one in signed.order_by("-signed_at"):
        said = [(name, str(one.answers[name])) for name in fields if one.answers.get(name)]
        if said:
            return said
    return []


def case_documents(case: Case) -> list[str]:
    """Opaque ids of the documents that belong to the case's steps."""
    forms = case.steps.filter(evidence__kind=EvidenceKind.FORM)
    return list(forms.values_list("evidence__item", flat=True))
