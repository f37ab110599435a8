"""The pages of registration: over schools, one school, a class, gaps, contradictions, help."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.models import HelpNote, HelpTopic, Reason
from narvaro.web.figures.registration import actions, reminding, scope
from narvaro.web.figures.registration.asked_today import asked_in
from narvaro.web.figures.registration.class_page import class_page
from narvaro.web.figures.registration.conflicts_page import conflicts_page
from narvaro.web.figures.registration.evidence import evidence_at
from narvaro.web.figures.registration.forms import Help, Resolved, WhyNot
from narvaro.web.figures.registration.gathering import gather
from narvaro.web.figures.registration.lessons_page import lessons_page
from narvaro.web.figures.registration.overview_page import Choice, overview_page
from narvaro.web.figures.registration.own_views import say_noted
from narvaro.web.figures.registration.school_page import school_page, teacher_rows

Crumbs = list[tuple[str, str]]


@page("registration.view")
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Registration at every school in reach; of somebody at one school, that school's page."""
    schools = list(scope.schools(viewer, "registration.view"))
    if len(schools) == 1:
        return redirect("registration_school", schools[0].public_id)
    evidence = evidence_at(viewer.now)
    shown = evidence and overview_page(viewer, evidence, schools, Choice.read(request.GET))
    return render(request, "figures/registration/overview.html", {"page": shown})


@page("registration.school")
def school(request: HttpRequest, viewer: Viewer, school_id: str) -> HttpResponse:
    """Registration at one school."""
    return _school(request, viewer, scope.school(viewer, "registration.school", school_id))


@page("registration.class")
def one_class(request: HttpRequest, viewer: Viewer, school_id: str, class_id: str) -> HttpResponse:
    """Registration in one class, and the pupils for whom what is missing decides."""
    action = "registration.class"
    place, unit = scope.class_of(viewer, action, school_id=school_id, class_id=class_id)
    evidence = evidence_at(viewer.now)
    shown = evidence and class_page(viewer, evidence, unit)
    named = [f"pupil:{one.pupil.public_id}" for one in shown.near] if shown else []
    log_reading(request, [*named, f"unit:{unit.public_id}"])
    crumbs = [*_crumbs(viewer, place, is_link=viewer.may("registration.school")), (unit.name, "")]
    context = {"page": shown, "unit": unit, "crumbs": crumbs, "scope": unit}
    return render(request, "figures/registration/class.html", context)


@page("registration.lessons")
def lessons(request: HttpRequest, viewer: Viewer, school_id: str) -> HttpResponse:
    """Lessons of a school that are not acknowledged, one row of similar ones or all."""
    place = scope.school(viewer, "registration.lessons", school_id)
    return _lessons(request, viewer, place, request.GET.get("grupp", ""))


@page("registration.explain")
@require_POST
def explain(request: HttpRequest, viewer: Viewer, school_id: str) -> HttpResponse:
    """Note the same reason for lessons of a school."""
    place = scope.school(viewer, "registration.explain", school_id)
    group = request.POST.get("grupp", "")
    shown = lessons_page(viewer, evidence_at(viewer.now), place, group)
    form = WhyNot(request.POST, numbers=[one.lesson.number for one in shown.asked])
    if not form.is_valid():
        return _lessons(request, viewer, place, group, form)
    chosen = set(form.cleaned_data["lessons"])
    noted = actions.explain(
        lessons=[one.lesson for one in shown.asked if one.lesson.number in chosen],
        reason=Reason(form.cleaned_data["reason"]),
        action="registration.explain",
        by=viewer,
        at=viewer.now,
    )
    say_noted(request, len(noted))
    return redirect("registration_school", place.public_id)


@page("registration.ask")
@require_POST
def ask(request: HttpRequest, viewer: Viewer, school_id: str) -> HttpResponse:
    """Ask whoever can solve a row of lessons, by a mail that can be seen and undone first."""
    place = scope.school(viewer, "registration.ask", school_id)
    group = request.POST.get("grupp", "")
    rows = gather(asked_in(viewer, [place.key]))
    found = next((row for row in rows if row.key == group), None)
    mails = reminding.ask(row=found, school=place, by=viewer, at=viewer.now) if found else []
    if not mails:
        said = _("Ingen ny fråga behövdes: den är redan ställd den här veckan, eller löst.")
        messages.info(request, said)
        return redirect("registration_school", place.public_id)
    return redirect("mail", mails[0].public_id) if len(mails) == 1 else redirect("own_mail")


@page("registration.teachers")
def teachers(request: HttpRequest, viewer: Viewer, school_id: str) -> HttpResponse:
    """The teachers of the principal's own school, those who may need help first."""
    place = scope.school(viewer, "registration.teachers", school_id)
    evidence = evidence_at(viewer.now)
    rows = teacher_rows(viewer, evidence, place) if evidence else []
    crumbs = [*_crumbs(viewer, place), (_("Lärare"), "")]
    goal = int(evidence.goal) if evidence else 0
    context = {"rows": rows, "school": place, "crumbs": crumbs, "scope": place, "goal": goal}
    return render(request, "figures/registration/teachers.html", context)


@page("registration.contradictions")
def contradictions(request: HttpRequest, viewer: Viewer, school_id: str) -> HttpResponse:
    """Registrations at a school that cannot all be true, as a worklist."""
    place = scope.school(viewer, "registration.contradictions", school_id)
    evidence = evidence_at(viewer.now)
    rows = conflicts_page(viewer, evidence, place) if evidence else []
    log_reading(request, [*{f"pupil:{one.pupil.public_id}" for one in rows}])
    crumbs = [*_crumbs(viewer, place), (_("Motsägelser"), "")]
    context = {"rows": rows, "school": place, "crumbs": crumbs, "scope": place}
    return render(request, "figures/registration/contradictions.html", context)


@page("registration.help")
@require_POST
def give_help(request: HttpRequest, viewer: Viewer, school_id: str) -> HttpResponse:
    """Note help given to a school."""
    place = scope.school(viewer, "registration.help", school_id)
    form = Help(request.POST, today=viewer.today)
    if not form.is_valid():
        return _school(request, viewer, place, form)
    actions.give_help(
        unit=place,
        topic=HelpTopic(form.cleaned_data["topic"]),
        text=form.cleaned_data["text"],
        given_on=form.cleaned_data["given_on"],
        by=viewer,
        at=viewer.now,
    )
    messages.success(request, _("Hjälpen är noterad."))
    return redirect(f"{reverse('registration_school', args=[place.public_id])}#hjalp")


@page("registration.resolve_help")
@require_POST
def resolve_help(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Note that help led to its end; who came second is told, and keeps what was written."""
    visible = HelpNote.objects.visible_to(viewer, "registration.resolve_help")
    note = get_object_or_404(visible.select_related("unit"), public_id=public_id)
    form = Resolved(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.resolve_help(
            note=note,
            outcome=form.cleaned_data["outcome"],
            version=form.cleaned_data["version"],
            by=viewer,
            at=viewer.now,
        )
    except actions.ChangedSinceOpened as changed:
        context = {"note": changed.stands, "draft": form.cleaned_data["outcome"]}
        return render(request, "figures/registration/changed.html", context, status=409)
    messages.success(request, _("Hjälpen är avslutad."))
    return redirect(f"{reverse('registration_school', args=[note.unit.public_id])}#hjalp")


def _school(
    request: HttpRequest, viewer: Viewer, place: Unit, form: Help | None = None
) -> HttpResponse:
    evidence = evidence_at(viewer.now)
    shown = evidence and school_page(viewer, evidence, place, Choice.read(request.GET))
    new = Help(initial={"given_on": viewer.today}, today=viewer.today)
    context = {
        "page": shown,
        "school": place,
        "form": form or new,
        "crumbs": _crumbs(viewer, place, is_link=False),
        "scope": place,
        "may_see_teachers": _may(viewer, "registration.teachers", place),
        "may_see_lessons": _may(viewer, "registration.lessons", place),
        "may_see_contradictions": _may(viewer, "registration.contradictions", place),
        "may_help": _may(viewer, "registration.help", place),
    }
    return render(request, "figures/registration/school.html", context)


def _lessons(
    request: HttpRequest, viewer: Viewer, place: Unit, group: str, form: WhyNot | None = None
) -> HttpResponse:
    shown = lessons_page(viewer, evidence_at(viewer.now), place, group)
    context = {
        "page": shown,
        "school": place,
        "form": form or WhyNot(numbers=[]),
        "reasons": Reason.choices,
        "crumbs": [*_crumbs(viewer, place), (_("Okvitterade lektioner"), "")],
        "scope": place,
        "may_explain": _may(viewer, "registration.explain", place),
        "may_ask": _may(viewer, "registration.ask", place),
    }
    return render(request, "figures/registration/lessons.html", context)


def _may(viewer: Viewer, action: str, place: Unit) -> bool:
    return place.pk in viewer.reach(action).unit_ids


def _crumbs(viewer: Viewer, place: Unit, *, is_link: bool = True) -> Crumbs:
    url = reverse("registration_school", args=[place.public_id]) if is_link else ""
    above = reverse("registration") if viewer.may("registration.view") else ""
    return [(_("Registrering"), above), (place.name, url)]
