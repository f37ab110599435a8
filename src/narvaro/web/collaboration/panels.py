"""What stands of calls on the page of a case."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.collaboration.models import Call
from narvaro.web.ui.registry import Panel


def case_panel(viewer: Viewer, case: Case) -> Iterator[Panel]:
    """The calls of the case, the latest first, and the way to a new one."""
    if not viewer.may("collaboration.call"):
        return
    calls = Call.objects.visible_to(viewer, "collaboration.call").filter(case=case)
    context = {
        "calls": [one for one in calls if one.is_open or one.is_sent],
        "case": case,
        "may_call": case.is_open,
    }
    yield Panel("moten", _("Möten med andra"), "collaboration/case_panel.html", context)
