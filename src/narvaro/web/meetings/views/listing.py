"""The list of meetings, series, and who takes part."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings import actions
from narvaro.web.meetings.forms import PlanForm, ReasonForm, SchoolForm, SeriesForm
from narvaro.web.meetings.models import Meeting, Series
from narvaro.web.meetings.participation import schools_page, terms_until
from narvaro.web.meetings.rhythms import in_words, proposed
from narvaro.web.meetings.views.found import series_found

LATEST = 12


@page("meetings.list")
def meetings(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is planned, what was held, and the series."""
    mine = Meeting.objects.visible_to(viewer, "meetings.list").select_related("series__school")
    series = Series.objects.visible_to(viewer, "meetings.list").filter(ended_on=None)
    shown = [(one, in_words(one.weeks)) for one in series.select_related("school", "chair")]
    over = mine.exclude(held_at=None, cancelled_at=None).select_related("written")
    context = {
        "coming": list(mine.to_come()),
        "over": list(over.order_by("-starts_at")[:LATEST]),
        "series": shown,
        "may_plan": viewer.may("meetings.plan"),
        "may_see_participation": viewer.may("meetings.participation"),
    }
    return render(request, "meetings/list.html", context)


@page("meetings.start_series")
def start_series(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Start a series; which school, when there are several, is chosen first."""
    schools = Unit.objects.filter(
        kind=UnitKind.SCHOOL, pk__in=viewer.reach("meetings.start_series").unit_ids
    )
    chosen = request.GET.get("skola", "")
    if not chosen and schools.count() != 1:
        context = {"form": SchoolForm(viewer=viewer)}
        return render(request, "meetings/choose_school.html", context)
    school = get_object_or_404(schools, public_id=chosen) if chosen else schools.get()
    form = SeriesForm(request.POST or None, viewer=viewer, school=school)

    def do(_said: dict[str, Any]) -> None:
        actions.start_series(school=school, said=form.said(), by=viewer, at=viewer.now)

    return form_page(
        request,
        form,
        do,
        title=_("Ny serie möten"),
        verb=_("Starta serien"),
        back=reverse("meetings"),
        lead=school.name,
    )


@page("meetings.change_series")
def change_series(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Change a series; planned meetings stay as they are."""
    series = series_found(viewer, public_id, "meetings.change_series")
    form = SeriesForm(
        request.POST or None,
        viewer=viewer,
        school=series.school,
        initial=SeriesForm.shown(series),
    )

    def do(said: dict[str, Any]) -> None:
        version = said["version"] or 0
        actions.change_series(
            series=series, said=form.said(), version=version, by=viewer, at=viewer.now
        )

    return form_page(
        request,
        form,
        do,
        title=_("Ändra serien"),
        verb=_("Spara"),
        back=reverse("meetings"),
        now=lambda: SeriesForm.shown(Series.objects.select_related("chair").get(pk=series.pk)),
        lead=_("Möten som redan är planerade ändras inte."),
    )


@page("meetings.end_series")
def end_series(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """End a series."""
    series = series_found(viewer, public_id, "meetings.end_series")
    form = ReasonForm(request.POST or None, initial={"version": series.version})
    del form.fields["reason"]

    def do(said: dict[str, Any]) -> None:
        actions.end_series(series=series, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Avsluta serien"),
        verb=_("Avsluta serien"),
        back=reverse("meetings"),
        now=lambda: {"version": Series.objects.get(pk=series.pk).version},
        lead=_(
            "Mötena och protokollen finns kvar. Punkter som väntar står kvar i det sista mötet."
        ),
    )


@page("meetings.plan")
def plan(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Plan the next meeting of a series."""
    series = series_found(viewer, public_id, "meetings.plan")
    when = proposed(series, viewer.now)
    initial = {"minutes": series.minutes, "place": series.place, "chair": series.chair.public_id}
    if when is not None:
        initial |= {"day": when.date(), "time": when.time()}
    form = PlanForm(request.POST or None, viewer=viewer, school=series.school, initial=initial)
    made: list[Meeting] = []

    def do(said: dict[str, Any]) -> None:
        wanted = actions.Plan(form.starts_at(), said["minutes"], said["place"], said["chair"])
        made.append(actions.plan_meeting(series=series, plan=wanted, by=viewer, at=viewer.now))

    answer = form_page(
        request,
        form,
        do,
        title=_("Planera ett möte"),
        verb=_("Planera och kalla"),
        back=reverse("meetings"),
        lead=_(
            "De väntade professionerna får en kallelse med mejl om tio minuter. Dagordningen görs "
            "av det som väntar."
        ),
    )
    return redirect("meeting", made[0].public_id) if made else answer


@page("meetings.participation")
def participation(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Expected and present by profession, for every school in reach."""
    context = {
        "schools": schools_page(viewer, "meetings.participation"),
        "terms": terms_until(viewer.today),
    }
    return render(request, "meetings/participation.html", context)
