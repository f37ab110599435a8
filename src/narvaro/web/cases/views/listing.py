"""The open cases of the viewer's scope, and what the viewer is asked."""

from __future__ import annotations

from django.db.models import Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.lists import SHOWN, case_rows, chosen, task_rows
from narvaro.web.cases.models import Case
from narvaro.web.cases.tasks import tasks_of, waiting
from narvaro.web.ui.lists import Fact
from narvaro.web.ui.pager import pager


@page("cases.list")
def case_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Open cases, what is due first on top."""
    asked = request.GET.get("visa", "")
    shown = asked if asked in SHOWN else SHOWN[0]
    every = Case.objects.visible_to(viewer, "cases.list").still_open()
    counts = {one: chosen(every, viewer, one).count() for one in SHOWN}
    due = Min("steps__due_on", filter=Q(steps__decided_at__isnull=True))
    pages = pager(request.GET.get("sida", ""), rows=counts[shown], kept={"visa": shown})
    mine = Case.objects.filter(pk__in=chosen(every, viewer, shown).values("pk")).annotate(due=due)
    ordered = mine.order_by("due", "opened_on", "pk").select_related(
        "pupil", "school", "owner", "routine"
    )
    found = list(ordered.prefetch_related("steps__owner")[pages.shown])
    log_reading(request, sorted({f"pupil:{one.pupil.public_id}" for one in found}))
    context = {
        "rows": case_rows(found, viewer),
        "shown": shown,
        "counts": counts,
        "pager": pages,
        "has_any": bool(counts["alla"]),
        "may_list_pupils": viewer.may("pupils.list"),
        "several": len({one.school_id for one in found}) > 1,
        "handing_over": _handing_over(viewer),
    }
    return render(request, "cases/list.html", context)


def _handing_over(viewer: Viewer) -> Fact | None:
    """Where everything of one person is handed over: anybody at the school, or oneself."""
    if viewer.may("cases.leaving"):
        return Fact(_("Lämna över för någon som slutar"), "", reverse("hand_overs"))
    if viewer.may("cases.hand_over_all"):
        own = reverse("hand_over_all", args=[viewer.account.public_id])
        return Fact(_("Lämna över allt du svarar för"), "", own)
    return None


@page("cases.tasks")
def task_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the viewer is asked and has not answered, what is due first on top."""
    mine = waiting(tasks_of(viewer, "cases.tasks"), viewer.today).filter(to=viewer.account)
    pages = pager(request.GET.get("sida", ""), rows=mine.count(), kept={})
    found = list(
        mine.select_related("pupil", "school").order_by("due_on", "made_on", "pk")[pages.shown]
    )
    log_reading(request, sorted({f"pupil:{one.pupil.public_id}" for one in found}))
    context = {"rows": task_rows(found, viewer), "pager": pages}
    return render(request, "cases/tasks.html", context)
