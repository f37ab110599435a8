"""A task of somebody: read, and answered in words."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.forms_of_tasks import TAKE_UP, ForcedForm, TaskForm
from narvaro.web.cases.links import case_url
from narvaro.web.cases.models import Task, TaskKind
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.cases.tasks import tasks_of
from narvaro.web.cases.tasks_answered import counter_of, programme_for, take_up, why_forced
from narvaro.web.cases.views.asking import pupil_crumb, way_to
from narvaro.web.cases.words import name_of_step, time_left
from narvaro.web.pupils.opening import reason_given
from narvaro.web.pupils.pages import name_of


@page("cases.task")
def task(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Answer a task. A forced move is taken up now, or left with a reason; it is never undone."""
    tasks = tasks_of(viewer, "cases.task").select_related(
        "pupil", "school", "case", "to", "done_by"
    )
    found = get_object_or_404(tasks, public_id=public_id)
    reason = reason_given(request, viewer, found.pupil)
    if reason is None:
        return redirect("pupils_open", public_id=found.pupil.public_id)
    subjects = [f"pupil:{found.pupil.public_id}", f"task:{found.public_id}"]
    log_reading(request, subjects, reason=reason)
    form = _form(found, viewer, request.POST or None)
    if found.done_at is not None:
        draft = request.POST.get("answer", "")[:2_000]
        url = case_url(found.case, viewer) if found.case else ""
        context = {"task": found, "name": name_of(found.pupil), "draft": draft, "case_url": url}
        return render(request, "cases/task.html", context, status=409 if draft else 200)

    def do(given: dict[str, Any]) -> None:
        more: dict[str, Any] = {"version": given["version"], "by": viewer, "at": viewer.now}
        if given.get("how") == TAKE_UP:
            take_up(found, given["answer"], **more)
        else:
            actions.answer_task(found, given["answer"], **more)

    def now() -> dict[str, Any]:
        theirs = Task.objects.get(pk=found.pk)
        return {"answer": theirs.answer, "version": theirs.version}

    page_of_case = case_url(found.case, viewer) if found.case else ""
    verb = _("Spara beslutet")
    title = str(found.get_kind_display()).capitalize()
    way = way_to(found.case, viewer) if found.case else [pupil_crumb(found.pupil, viewer)]
    answer = form_page(
        request,
        form,
        do,
        title=title,
        verb=verb,
        back=page_of_case or reverse("home"),
        now=now,
        lead=_lead(found, viewer),
        crumbs=[*way, (title, "")],
    )
    found.refresh_from_db()
    if answer.status_code == HTTPStatus.FOUND and found.case is not None:  # opened by the answer
        return redirect("case", public_id=found.case.public_id)
    return answer


def _form(found: Task, viewer: Viewer, data: Any) -> forms.Form:
    if found.kind != TaskKind.FORCED_MOVE:
        return TaskForm(data, version=found.version)
    programme = programme_for(found, viewer.today, at=viewer.now)
    counter = counter_of(found, programme)
    step = name_of_step(programme, counter.leads_to) if counter else ""
    return ForcedForm(data, version=found.version, step=step)


def _lead(found: Task, viewer: Viewer) -> str:
    """Whom it is about, why it is asked, who has it and until when."""
    calendar = calendar_of(found.school, viewer.now)
    left = time_left(found.due_on, viewer.today, calendar)
    said = [
        f"{name_of(found.pupil)}, {found.school.name}.",
        why_forced(found, viewer.today, at=viewer.now),
        _said_of(found),
        _("Hos %(who)s, %(left)s.") % {"who": found.to.name, "left": left},
    ]
    return " ".join(one for one in said if one)


def _said_of(found: Task) -> str:
    said = {
        TaskKind.FORCED_MOVE: _(
            "Rutinen har fört ärendet vidare av sig själv. Ingen kan ta bort uppgiften; den kan bara "
            "beslutas."
        ),
        TaskKind.NO_SHOW: _("Hemmet har inte nåtts på flera försök. Besluta hur ni går vidare."),
        TaskKind.WATCHED: _("Tiden att följa är ute. Hur har det gått, och vad händer nu?"),
        TaskKind.SCHOOL_LEFT: _(
            "Skolan har lämnat programmet. Gå vidare i kommunens egen rutin, eller avsluta med skäl."
        ),
        TaskKind.MOVED_HERE: _("Eleven har kommit till er skola med ett öppet ärende."),
        TaskKind.OWNER_LEFT: _("Ägaren har slutat. Någon annan behöver ta över ärendet."),
        TaskKind.FLAG_WITHDRAWN: _("Flaggan har dragits tillbaka. Behövs ärendet ändå?"),
    }
    return str(said[TaskKind(found.kind)])
