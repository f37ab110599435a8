"""The item that a meeting is at: its analysis, its protected part, its decision."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from narvaro.web.accounts.restriction import Restriction, may_open, may_read, readers_of
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.item_forms import AnalysisForm, DecisionForm, choices_of
from narvaro.web.meetings.models import Analysis, ProtectedPart
from narvaro.web.meetings.pages import ItemRow

HEALTH = Restriction.STUDENT_HEALTH


def running(viewer: Viewer, row: ItemRow) -> dict[str, Any]:
    """What the page needs to work on an item."""
    thought = Analysis.objects.filter(item=row.item).first()
    pupil = row.item.pupil if viewer.may("pupils.pupil") else None
    return {
        "row": row,
        "pupil_url": reverse("pupil", args=[pupil.public_id]) if pupil else "",
        "thought": thought,
        "analysis": analysis_form(thought),
        "decision": DecisionForm(viewer=viewer, item=row.item),
        "choices": choices_of(row.item),
        "protected": protected_of(row),
        "readers": readers_in_words(),
        "may_read": may_read(viewer.role, HEALTH),
        "may_open": may_open(viewer.role, HEALTH),
    }


def analysis_form(thought: Analysis | None) -> AnalysisForm:
    """The form as it stands."""
    if thought is None:
        return AnalysisForm(initial={"version": 0})
    names = ("in_school", "at_home", "works", "version")
    return AnalysisForm(initial={name: getattr(thought, name) for name in names})


def protected_of(row: ItemRow) -> dict[str, Any] | None:
    """That there is a protected part, when it was written and as what; never its text."""
    part = ProtectedPart.objects.filter(item=row.item).only("written_at", "written_as").first()
    if part is None:
        return None
    return {"at": part.written_at, "role": str(Role(part.written_as).label)}


def readers_in_words() -> str:
    """The professions that read what student health writes."""
    return ", ".join(readers_of(HEALTH))
