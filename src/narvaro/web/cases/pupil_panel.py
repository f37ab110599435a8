"""The pupil's case on the pupil's page: the step, whose, by when, or a way to open one."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.lists import case_rows
from narvaro.web.cases.models import Case
from narvaro.web.pupils.models import Pupil
from narvaro.web.ui.registry import Panel


def panel(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """The open case, else the latest closed one and "Öppna ärende"."""
    if not viewer.may("cases.case"):
        return
    mine = Case.objects.visible_to(viewer, "cases.case").filter(pupil=pupil)
    every = mine.select_related("pupil", "school", "owner", "routine", "closed_by")
    found = every.still_open().prefetch_related("steps__owner").first()
    closed = every.filter(closed_at__isnull=False).order_by("-closed_at").first()
    context = {
        "row": case_rows([found], viewer)[0] if found else None,
        "closed": closed,
        "pupil": pupil,
        "may_open_case": found is None and viewer.may("cases.open"),
    }
    yield Panel("cases.case", _("Ärende"), "cases/pupil_panel.html", context, 5)
