"""What plans offer: rows of the work queue, panels of a case and a pupil, the item of disclosures."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.consent.items import Item
from narvaro.web.disclosures.content import offer_item
from narvaro.web.plans.models import Plan
from narvaro.web.plans.pages import STATES, latest_signed, state_of
from narvaro.web.plans.queue import queue
from narvaro.web.plans.rules import State
from narvaro.web.plans.shared import day_in_full
from narvaro.web.plans.sharing import plan_shown
from narvaro.web.pupils.models import Pupil
from narvaro.web.ui.registry import (
    Panel,
    Part,
    offer_case_panels,
    offer_pupil_panels,
    offer_queue,
)


def fill() -> None:
    """Called once, at the start."""
    offer_queue(queue)
    offer_item(Item.PLAN, plan_shown)
    offer_case_panels(60, of_case)
    offer_pupil_panels(Part.NEXT, 60, of_pupil)


def of_case(viewer: Viewer, case: Case) -> Iterable[Panel]:
    """The plan of a case, or the way to begin one."""
    if not viewer.may("plans.plan"):
        return
    plan = Plan.objects.visible_to(viewer, "plans.plan").filter(case=case).first()
    may_start = plan is None and case.is_open and _may_start(viewer, case)
    if plan is not None or may_start:
        start = reverse("plan_start", args=[case.public_id]) if may_start else ""
        yield Panel("plans", _("Samordnad plan"), "plans/panel.html", _said(plan, viewer, start))


def _may_start(viewer: Viewer, case: Case) -> bool:
    if not viewer.may("plans.start"):
        return False
    return Case.objects.visible_to(viewer, "plans.start").filter(pk=case.pk).exists()


def of_pupil(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """The pupil's plans, when there are any."""
    if not viewer.may("plans.plan"):
        return
    mine = Plan.objects.visible_to(viewer, "plans.plan").filter(case__pupil=pupil)
    plan = mine.select_related("case__pupil").order_by("-started_at").first()
    if plan is not None:
        yield Panel("plans", _("Samordnad plan"), "plans/panel.html", _said(plan, viewer, ""), 7)


def _said(plan: Plan | None, viewer: Viewer, start: str) -> dict[str, object]:
    if plan is None:
        return {"plan": None, "start_url": start}
    held = latest_signed(plan.versions.select_related("main_unit", "followed_up"))
    where = state_of(held, viewer.today)
    return {
        "plan": plan,
        "held": held,
        "state": STATES[where],
        "is_due": where == State.TO_FOLLOW_UP,
        "follow_up": day_in_full(held.follow_up_on) if held and where != State.ENDED else "",
        "list_url": reverse("plans") if viewer.may("plans.list") else "",
    }
