"""A principal adapts the routine: fills in, sees the difference, saves; takes over; ends."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.errors import InputRefused
from narvaro.programmes import Adaptation, Programme, Step, adapt, differences, misfits
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.routine_pages.forms import EndForm, OverlayForm, WhyForm
from narvaro.web.cases.routine_pages.overlays import (
    Decided,
    overlay_of,
    with_overlay,
    without_unfit,
)
from narvaro.web.cases.routine_pages.pages import page_of, rows_of
from narvaro.web.cases.routine_pages.schools import SchoolRoutine, read, routine_of, school_of
from narvaro.web.cases.routine_pages.words import in_words, sentences
from narvaro.web.cases.routines import step_of


@page("routine.adapt")
def adapt_step(request: HttpRequest, viewer: Viewer, public_id: str, step: str) -> HttpResponse:
    """What is otherwise in a step: filled in, looked at as a difference, then saved."""
    mine = routine_of(school_of(viewer, "routine.adapt", public_id), viewer.today)
    known = step_of(mine.common, step)
    if known is None:
        raise Http404
    if mine.left_behind is not None:
        return redirect("common_routine_school", public_id)
    form = _form(request, viewer, mine, known)
    context = _context(mine, known, viewer) | {"form": form, "version": _version(request, mine)}
    if request.method != "POST" or not form.is_valid():
        return _answer(request, context, status=422 if form.is_bound else 200)
    try:
        made = _made(form, viewer, mine, known)
        if request.POST.get("then") != "save":
            return _answer(request, context | _preview(mine, made))
        actions.keep_adaptation(
            mine.school,
            made,
            why=form.cleaned_data["why"],
            from_on=form.cleaned_data["from_on"],
            version=context["version"],
            by=viewer,
            at=viewer.now,
        )
    except InputRefused as wrong:
        for said in sentences(wrong.faults):
            form.add_error(None, said)
        return _answer(request, context, status=422)
    except Refused as wrong:
        form.add_error(None, wrong.message)
        return _answer(request, context, status=422)
    except ChangedMeanwhile:
        now = routine_of(mine.school, viewer.today)
        told = {"theirs": rows_of(differences(now.common, _latest(now))), "version": now.version}
        return _answer(request, context | told, status=409)
    messages.success(request, _("Anpassningen är sparad."))
    return redirect("common_routine_school", mine.school.public_id)


@page("routine.adapt")
def take_over(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take what the school does otherwise over to a new common version: the parts that fit."""
    mine = routine_of(school_of(viewer, "routine.adapt", public_id), viewer.today)
    if mine.left_behind is None:
        return redirect("common_routine_school", public_id)
    fits = without_unfit(mine.common, read(mine.left_behind))
    rows = [] if fits is None else rows_of(differences(mine.common, adapt(mine.common, fits)))
    form = WhyForm(request.POST or None, initial={"from_on": viewer.today})
    context: dict[str, Any] = {"mine": mine, "rows": rows, "form": form, "crumbs": _crumbs(mine)}
    if request.method != "POST" or fits is None or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "cases/routine/take_over.html", context, status=status)
    try:
        actions.keep_adaptation(
            mine.school,
            fits,
            **form.cleaned_data,
            version=_version(request, mine),
            by=viewer,
            at=viewer.now,
        )
    except (Refused, ChangedMeanwhile) as wrong:
        _tell(form, wrong)
        return render(request, "cases/routine/take_over.html", context, status=_status(wrong))
    messages.success(request, _("Anpassningen följer nu den nya versionen."))
    return redirect("common_routine_school", public_id)


@page("routine.end")
def end(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Let the common routine hold again."""
    mine = routine_of(school_of(viewer, "routine.end", public_id), viewer.today)
    if not mine.can_end:
        return redirect("common_routine_school", public_id)
    form = EndForm(request.POST or None, initial={"last_day": viewer.today})
    context = {
        "mine": mine,
        "form": form,
        "version": _version(request, mine),
        "crumbs": _crumbs(mine),
    }
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "cases/routine/end.html", context, status=status)
    try:
        actions.end_adaptation(
            mine.school,
            **form.cleaned_data,
            version=_version(request, mine),
            by=viewer,
            at=viewer.now,
        )
    except (Refused, ChangedMeanwhile) as wrong:
        _tell(form, wrong)
        return render(request, "cases/routine/end.html", context, status=_status(wrong))
    messages.success(request, _("Anpassningen är avslutad."))
    return redirect("common_routine_school", public_id)


def _form(request: HttpRequest, viewer: Viewer, mine: SchoolRoutine, step: Step) -> OverlayForm:
    now = overlay_of(mine.latest, step)
    coming = None if mine.next_one is None else mine.next_one.from_on
    initial = {
        "guidance": now.guidance,
        "owner": now.owner,
        "days": now.days,
        "papers": list(now.forms),
        "prompts": now.prompts,
        "from_on": coming or viewer.today,
    }
    return OverlayForm(
        request.POST or None, programme=mine.common, step=step, viewer=viewer, initial=initial
    )


def _made(form: OverlayForm, viewer: Viewer, mine: SchoolRoutine, step: Step) -> Adaptation:
    """The school's adaptation with the step as filled in. Raises InputRefused and Refused."""
    role = str(viewer.role.label)
    by = f"{role[:1].upper()}{role[1:]}, {mine.school.name}"
    decided = Decided(by, viewer.today, form.cleaned_data["why"])
    if form.overlay == overlay_of(mine.latest, step):
        raise Refused(_("Ingenting är ändrat."))
    made = with_overlay(
        mine.latest, mine.common, step, form.overlay, names=form.names, decided=decided
    )
    if made is None:
        raise Refused(_("Då gör skolan som alla andra. Avsluta anpassningen i stället."))
    faults = misfits(mine.common, made)
    if faults:
        raise InputRefused("The local adaptation", faults)
    return made


def _preview(mine: SchoolRoutine, made: Adaptation) -> dict[str, Any]:
    """What changes, and all that is otherwise after it."""
    then = adapt(mine.common, made)
    return {
        "changes": rows_of(differences(_latest(mine), then)),
        "rows": rows_of(differences(mine.common, then)),
    }


def _latest(mine: SchoolRoutine) -> Programme:
    latest = mine.latest
    return mine.common if latest is None else adapt(mine.common, latest)


def _context(mine: SchoolRoutine, step: Step, viewer: Viewer) -> dict[str, Any]:
    parts = page_of(mine.common, viewer.today).steps
    return {
        "mine": mine,
        "step": next(one for one in parts if one.id == step.id),
        "crumbs": [*_crumbs(mine)[:-1], (in_words(step.name), "")],
    }


def _crumbs(mine: SchoolRoutine) -> list[tuple[str, str]]:
    here = reverse("common_routine_school", args=[mine.school.public_id])
    return [
        (_("Rutinen"), reverse("common_routine")),
        (mine.school.name, here),
        (_("Anpassning"), ""),
    ]


def _version(request: HttpRequest, mine: SchoolRoutine) -> int:
    """The version that the form was opened with; the latest when none was sent."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else mine.version


def _tell(form: Any, wrong: Refused | ChangedMeanwhile) -> None:
    changed = _("Någon annan har ändrat anpassningen sedan du öppnade sidan. Se den på nytt.")
    form.add_error(None, changed if isinstance(wrong, ChangedMeanwhile) else wrong.message)


def _status(wrong: Refused | ChangedMeanwhile) -> int:
    return 409 if isinstance(wrong, ChangedMeanwhile) else 422


def _answer(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, "cases/routine/adapt.html", context, status=status)
