"""A case, or many of a school's, are moved to the routine in force: looked at, then confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.models import Case
from narvaro.web.cases.moving.forms import MoveForm, MoveManyForm
from narvaro.web.cases.moving.pages import changes, going_of, versions_of
from narvaro.web.cases.newer import MOVE_MANY, Newer, behind, in_force_at, newer_of
from narvaro.web.cases.views.finding import found_for, sent_version, told_the_log
from narvaro.web.cases.words import name_of_newer, name_of_version
from narvaro.web.pupils.pages import name_of

MOVE = "cases.move_routine"


@page(MOVE)
def move(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One case: what differs step by step, what happens with the step under way, and why."""
    case = found_for(viewer, MOVE, public_id)
    if away := told_the_log(request, viewer, case):
        return away
    newer = newer_of(case, viewer.today) if case.is_open else None
    if newer is None:
        messages.info(request, _("Ärendet följer den version av rutinen som gäller."))
        return redirect("case", public_id=public_id)
    form = MoveForm(request.POST or None, cases=[case], newer=newer)
    if request.method != "POST" or not form.is_valid():
        return _one(request, case, newer, form, status=422 if form.is_bound else 200)
    try:
        actions.move_to_newer(
            case,
            mark=request.POST.get("mark", ""),
            instead=form.instead,
            why=form.cleaned_data["why"],
            version=sent_version(request, case.version),
            by=viewer,
            at=viewer.now,
        )
    except Refused as refused:
        form.add_error(None, refused.message)
        return _one(request, case, newer, form, status=422)
    except ChangedMeanwhile:
        now = found_for(viewer, MOVE, public_id)
        changed = _(
            "Ärendet eller rutinen har ändrats sedan du öppnade sidan. Se skillnaden på nytt."
        )
        form.add_error(None, changed)
        return _one(request, now, newer, form, status=409)
    messages.success(
        request, _("Ärendet följer nu %(version)s.") % {"version": name_of_newer(newer)}
    )
    return redirect("case", public_id=public_id)


@page(MOVE_MANY)
def move_many(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A school's cases that follow an earlier version, moved together."""
    schools = Unit.objects.filter(pk__in=viewer.reach(MOVE_MANY).unit_ids, kind=UnitKind.SCHOOL)
    school = schools.filter(public_id=public_id).first()
    if school is None:
        raise Http404
    newer = in_force_at(school, viewer.today)
    cases = list(behind(_cases(viewer, school), newer))
    log_reading(request, sorted({f"pupil:{one.pupil.public_id}" for one in cases}))
    sent = request.POST if request.method == "POST" else None
    form = MoveManyForm(sent, cases=cases, newer=newer)
    if request.method != "POST" or not cases:
        return _many(request, school, newer, cases, form)
    if request.POST.get("mark", "") != newer.mark:
        form.add_error(
            None, _("Rutinen har ändrats sedan du öppnade sidan. Se skillnaden på nytt.")
        )
        return _many(request, school, newer, cases, form, status=409)
    if not form.is_valid():
        return _many(request, school, newer, cases, form, status=422)
    done, left = _moved(request, viewer, cases, form, newer)
    _tell(request, done, left)
    return redirect("cases_move_many", public_id=public_id)


def _cases(viewer: Viewer, school: Unit) -> Sequence[Case]:
    every = Case.objects.visible_to(viewer, MOVE_MANY).still_open().filter(school=school)
    ordered = every.order_by("opened_on", "pk").select_related(
        "pupil", "school", "owner", "routine", "adaptation__routine"
    )
    return list(ordered.prefetch_related("steps__owner"))


def _moved(
    request: HttpRequest, viewer: Viewer, cases: Sequence[Case], form: MoveManyForm, newer: Newer
) -> tuple[int, int]:
    """How many were moved, and how many had been changed meanwhile and were left."""
    done = left = 0
    chosen = set(form.cleaned_data["which"])
    for case in cases:
        if case.public_id not in chosen:
            continue
        sent = request.POST.get(f"version_{case.public_id}", "")
        version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
        try:
            actions.move_to_newer(
                case,
                mark=newer.mark,
                instead=form.instead,
                why=form.cleaned_data["why"],
                version=version,
                by=viewer,
                at=viewer.now,
            )
            done += 1
        except (Refused, ChangedMeanwhile):
            left += 1
    return done, left


def _tell(request: HttpRequest, done: int, left: int) -> None:
    if done:
        said = ngettext("%(n)s ärende är flyttat.", "%(n)s ärenden är flyttade.", done)
        messages.success(request, said % {"n": done})
    if left:
        said = ngettext(
            "%(n)s ärende hade ändrats och är inte flyttat. Se det på nytt.",
            "%(n)s ärenden hade ändrats och är inte flyttade. Se dem på nytt.",
            left,
        )
        messages.warning(request, said % {"n": left})


def _one(
    request: HttpRequest, case: Case, newer: Newer, form: MoveForm, *, status: int
) -> HttpResponse:
    address = reverse("case", args=[case.public_id])
    context: Mapping[str, Any] = {
        "case": case,
        "name": name_of(case.pupil),
        "before": name_of_version(case.routine, case.adaptation),
        "after": name_of_newer(newer),
        "rows": changes(case, newer),
        "going": going_of(case, newer),
        "mark": newer.mark,
        "form": form,
        "crumbs": [(_("Ärende"), address), (_("Flytta till ny version"), "")],
    }
    return render(request, "cases/moving/one.html", dict(context), status=status)


def _many(
    request: HttpRequest,
    school: Unit,
    newer: Newer,
    cases: Sequence[Case],
    form: MoveManyForm,
    *,
    status: int = 200,
) -> HttpResponse:
    chosen = form.data.getlist("which") if form.is_bound else [one.public_id for one in cases]  # type: ignore[attr-defined]
    context: Mapping[str, Any] = {
        "school": school,
        "after": name_of_newer(newer),
        "versions": versions_of(cases, newer),
        "n": len(cases),
        "chosen": chosen,
        "mark": newer.mark,
        "form": form,
        "crumbs": [(_("Rutinen"), reverse("common_routine")), (_("Flytta ärenden"), "")],
    }
    return render(request, "cases/moving/many.html", dict(context), status=status)
