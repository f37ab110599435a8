"""The inspector's page of a case, asked for with a reason, and a school's summary without pupils."""

from __future__ import annotations

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.models import UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.cases.models import Case
from narvaro.web.figures.scope import unit_in_scope
from narvaro.web.overview.inspector.pages import inspector_page
from narvaro.web.overview.inspector.paper import inspector_pdf
from narvaro.web.overview.inspector.summary import summary_of
from narvaro.web.pupils.opening import reason_given


class Why(models.TextChoices):
    """Why the page is taken out; what the log keeps."""

    INSPECTION = "inspection", gettext_lazy("Skolinspektionen har begärt uppgifter")
    COMPLAINT = "complaint", gettext_lazy("Ett klagomål eller ett överklagande ska besvaras")
    AUTHORITY = "authority", gettext_lazy("Huvudmannen har begärt uppgifter")
    OWN_REVIEW = "own_review", gettext_lazy("Skolan granskar sitt eget arbete")


class WhyForm(forms.Form):
    """The reason, from a list: never free text."""

    why = forms.ChoiceField(
        label=gettext_lazy("Varför tas sidan ut?"), choices=Why.choices, widget=forms.RadioSelect
    )


@page("inspector.case")
def case(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Ask for a reason, then show what happened and when; logged as taken out."""
    found = _found(viewer, "inspector.case", public_id)
    if reason_given(request, viewer, found.pupil) is None:
        return redirect("pupils_open", public_id=found.pupil.public_id)
    form = WhyForm(request.POST or None)
    context = {"form": form, "crumbs": _crumbs(found)}
    if not (request.method == "POST" and form.is_valid()):
        log_reading(request, _subjects(found))
        return render(request, "overview/inspector/ask.html", context)
    why = Why(form.cleaned_data["why"])
    log_reading(request, _subjects(found), kind=Kind.EXPORT, reason=why)
    context |= {"page": inspector_page(found, viewer, str(why.label)), "why": why}
    return render(request, "overview/inspector/case.html", context)


@page("inspector.pdf")
@require_POST
def pdf(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The same page as PDF, for the reason that was given; without one it is asked for."""
    found = _found(viewer, "inspector.pdf", public_id)
    if reason_given(request, viewer, found.pupil) is None:
        return redirect("pupils_open", public_id=found.pupil.public_id)
    form = WhyForm(request.POST)
    if not form.is_valid():
        return redirect("inspector_case", public_id)
    why = Why(form.cleaned_data["why"])
    log_reading(request, _subjects(found), kind=Kind.PRINT, reason=why)
    made = inspector_pdf(inspector_page(found, viewer, str(why.label)), viewer)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="tillsyn-{viewer.today}.pdf"'
    return answer


def _found(viewer: Viewer, action: str, public_id: str) -> Case:
    cases = Case.objects.visible_to(viewer, action).filter(opened_on__lte=viewer.today)
    return get_object_or_404(cases, public_id=public_id)


def _subjects(found: Case) -> list[str]:
    return [f"pupil:{found.pupil.public_id}", f"case:{found.public_id}"]


def _crumbs(found: Case) -> list[tuple[str, str]]:
    return [
        (_("Ärende"), reverse("case", args=[found.public_id])),
        (_("Ärendet för tillsyn"), ""),
    ]


@page("inspector.school")
def school(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """How long a school's cases waited, in counts."""
    unit = unit_in_scope(viewer, "inspector.school", UnitKind.SCHOOL, public_id)
    is_inside = unit.pk in viewer.reach("inspector.case").unit_ids
    context = {
        "unit": unit,
        "crumbs": [(unit.name, ""), (_("Tiden i ärenden"), "")],
        "summary": summary_of(viewer, unit, is_inside=is_inside),
        "is_inside": is_inside,
    }
    return render(request, "overview/inspector/school.html", context)
