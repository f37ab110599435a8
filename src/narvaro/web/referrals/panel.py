"""Referrals on the page of a case, with the way to report a concern, which asks nobody."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.pages import rows_of
from narvaro.web.ui.registry import Panel

BESIDE = 4
"""The width that puts a panel beside the steps, near the top."""


def panels(viewer: Viewer, case: Case) -> Iterable[Panel]:
    """What others are asked, and beside it the concern report."""
    if viewer.may("referrals.referral"):
        seen = Referral.objects.visible_to(viewer, "referrals.referral").filter(case=case)
        context = {
            "case": case,
            "rows": rows_of(seen.select_related("pupil", "receiver__authority"), viewer),
            "may_prepare": case.is_open and viewer.may("referrals.prepare"),
            "may_move": case.is_open and viewer.may("referrals.move"),
        }
        yield Panel("referrals.case", _("Remisser"), "referrals/case_panel.html", context)
    if viewer.may("referrals.concern"):
        title, template = _("Orosanmälan"), "referrals/concern_panel.html"
        yield Panel("referrals.concern", title, template, {"case": case}, BESIDE)
