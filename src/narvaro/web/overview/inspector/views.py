"""The inspector's page of a case, asked for with a reason, and a school's summary without pupils."""

from __future__ import annotations

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.models import UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.cases.models import Case
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.figures.scope import unit_in_scope
from narvaro.web.overview.inspector.summary import summary_of
from narvaro.web.overview.inspector.timeline import answers, happenings, restricted, spans
from narvaro.web.pupils.pages import name_of


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
    found = get_object_or_404(
        Case.objects.visible_to(viewer, "inspector.case").filter(opened_on__lte=viewer.today),
        public_id=public_id,
    )
    form = WhyForm(request.POST or None)
    subjects = [f"pupil:{found.pupil.public_id}", f"case:{found.public_id}"]
    context = {"form": form, "crumbs": [(_("Ärendet för tillsyn"), "")]}
    if not (request.method == "POST" and form.is_valid()):
        log_reading(request, subjects)
        return render(request, "overview/inspector/ask.html", context)
    why = Why(form.cleaned_data["why"])
    log_reading(request, subjects, kind=Kind.EXPORT, reason=why)
    calendar = calendar_of(found.school, viewer.now)
    context |= {
        "case": found,
        "name": name_of(found.pupil),
        "why": why.label,
        "spans": spans(answers(found, viewer.today), calendar),
        "happenings": happenings(found, viewer.today, calendar),
        "restricted": restricted(found, viewer.today),
    }
    return render(request, "overview/inspector/case.html", context)


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
