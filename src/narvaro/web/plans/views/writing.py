"""The shared part begun, written, previewed and signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.links import case_url
from narvaro.web.cases.models import Case
from narvaro.web.cases.views.finding import told_the_log as told_of_case
from narvaro.web.plans import actions
from narvaro.web.plans.actions import Doing, NotWhole, gaps_of
from narvaro.web.plans.forms import EffortForm, EffortForms, SharedForm, SignForm
from narvaro.web.plans.models import OwnPart, Plan, PlanVersion
from narvaro.web.plans.pages import remains, way_to
from narvaro.web.plans.shared import shared_part
from narvaro.web.plans.units import units_for
from narvaro.web.plans.views.finding import draft_of, found_for, reaches, told_the_log
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.both import both_of


@page("plans.start")
def start(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What a plan is, and the button that begins it; the plan itself when there is one."""
    cases = Case.objects.visible_to(viewer, "plans.start").select_related("pupil", "school")
    case = get_object_or_404(cases, public_id=public_id)
    if away := told_of_case(request, viewer, case):
        return away
    found = Plan.objects.filter(case=case).first()
    if found is None and request.method == "POST":
        found = actions.start(case, by=viewer, at=viewer.now)
        return redirect("plan_write", public_id=found.public_id)
    if found is not None:
        return redirect("plan", public_id=found.public_id)
    name = name_of(case.pupil)
    pupil = reverse("pupil", args=[case.pupil.public_id]) if viewer.may("pupils.pupil") else ""
    way = [(name, pupil), (_("Ärende"), case_url(case, viewer)), (_("Samordnad plan"), "")]
    context = {"case": case, "name": name, "crumbs": way}
    return render(request, "plans/start.html", context)


@page("plans.write")
def write(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The draft of the shared part."""
    found = found_for(viewer, "plans.write", public_id)
    if away := told_the_log(request, viewer, found):
        return away
    draft = draft_of(found)
    if draft is None:
        return redirect("plan", public_id=public_id)
    units = _units(found, draft)
    if request.method != "POST":
        form = SharedForm(initial=SharedForm.shown(draft), units=units)
        return _page(request, viewer, draft, form=form, efforts=_efforts(draft, units))
    form = SharedForm(request.POST, units=units)
    efforts = EffortForms(request.POST, prefix="insats", form_kwargs={"units": units})
    if not (form.is_valid() and efforts.is_valid()):
        return _page(request, viewer, draft, form=form, efforts=efforts, status=422)
    return _sent(request, viewer, draft, form, efforts)


def _sent(
    request: HttpRequest, viewer: Viewer, draft: PlanVersion, form: SharedForm, efforts: Any
) -> HttpResponse:
    shared = form.shared(doing_of(efforts))
    version = form.cleaned_data["version"]
    try:
        actions.write(draft, shared, opened_version=version, by=viewer, at=viewer.now)
    except ChangedMeanwhile:
        return _second(request, viewer, draft, form=form, efforts=efforts)
    except Refused as refused:
        messages.info(request, refused.message)
        return redirect("plan", public_id=draft.plan.public_id)
    if form.cleaned_data["then"] == "sign":
        return redirect("plan_sign", public_id=draft.plan.public_id)
    messages.success(request, _("Sparat."))
    return redirect("plan_write", public_id=draft.plan.public_id)


def doing_of(efforts: Any) -> list[Doing]:
    """The rows that say something."""
    rows: list[EffortForm] = list(efforts)
    return [found for one in rows if (found := one.doing()) is not None]


def _second(
    request: HttpRequest, viewer: Viewer, draft: PlanVersion, *, form: SharedForm, efforts: Any
) -> HttpResponse:
    """Somebody saved first: both are shown, and what was written can be saved over it."""
    now = draft_of(draft.plan)
    if now is None:
        return redirect("plan", public_id=draft.plan.public_id)
    theirs = SharedForm.shown(now)
    form.data = {**request.POST.dict(), "version": str(now.version)}
    more = {"both": both_of(form, theirs, words={}), "theirs": shared_part(now), "by": now.saved_by}
    return _page(request, viewer, now, form=form, efforts=efforts, status=409, more=more)


def _units(plan: Plan, draft: PlanVersion) -> list[Unit]:
    """The units to choose of, and those that the draft names already."""
    found = list(units_for(plan.case))
    named = Unit.objects.filter(pk__in=draft.efforts.exclude(unit=None).values("unit"))
    kept = [*named.select_related("authority"), *([draft.main_unit] if draft.main_unit else [])]
    return found + [one for one in dict.fromkeys(kept) if one not in found]


def _efforts(draft: PlanVersion, units: list[Unit]) -> Any:
    shown = [EffortForm.shown(one) for one in draft.efforts.select_related("unit")]
    return EffortForms(initial=shown, prefix="insats", form_kwargs={"units": units})


def _page(
    request: HttpRequest,
    viewer: Viewer,
    draft: PlanVersion,
    *,
    form: SharedForm,
    efforts: Any,
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    plan = draft.plan
    context = {
        "plan": plan,
        "draft": draft,
        "name": name_of(plan.pupil),
        "form": form,
        "efforts": efforts,
        "wrong": [one for row in efforts for one in row if one.errors] if form.is_bound else [],
        "crumbs": way_to(plan, viewer, (_("Skriv planen"), "")),
        **(more or {}),
    }
    return render(request, "plans/write.html", context, status=status)


@page("plans.sign")
def sign(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Both parts as they will be locked, what remains, and the signing."""
    found = found_for(viewer, "plans.sign", public_id)
    if away := told_the_log(request, viewer, found):
        return away
    draft = draft_of(found)
    if draft is None:
        return redirect("plan", public_id=public_id)
    if request.method != "POST":
        return _preview(request, viewer, draft)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _preview(request, viewer, draft, status=422)
    try:
        actions.sign(
            draft,
            opened_version=form.cleaned_data["version"],
            opened_own=form.cleaned_data["own"],
            by=viewer,
            at=viewer.now,
        )
    except NotWhole:
        return _preview(request, viewer, draft, status=422)
    except ChangedMeanwhile:
        draft.refresh_from_db()
        return _preview(request, viewer, draft, status=409)
    except Refused as refused:
        messages.info(request, refused.message)
        return redirect("plan", public_id=public_id)
    messages.success(request, _("Planen är signerad."))
    return redirect("plan", public_id=public_id)


def _preview(
    request: HttpRequest, viewer: Viewer, draft: PlanVersion, *, status: int = 200
) -> HttpResponse:
    own = OwnPart.objects.filter(of=draft).first()
    may_read = viewer.may("plans.own_part")
    context = {
        "plan": draft.plan,
        "draft": draft,
        "name": name_of(draft.plan.pupil),
        "part": shared_part(draft),
        "own": own if may_read else None,
        "may_write_own": reaches(draft.plan, viewer, "plans.write_own"),
        "own_is_closed": own is not None and not may_read,
        "own_version": own.version if own else 0,
        "remains": remains(gaps_of(draft, viewer.today)),
        "is_changed": status == 409,
        "crumbs": way_to(draft.plan, viewer, (_("Förhandsgranska"), "")),
    }
    return render(request, "plans/sign.html", context, status=status)
