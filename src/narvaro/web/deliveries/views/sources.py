"""The sources: a list of them, one of them, a new one, its server."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from narvaro.errors import BadRequest
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.deliveries import actions
from narvaro.web.deliveries.connection import ConnectionForm, initial_of, text_of
from narvaro.web.deliveries.facts import sources_in_ledger
from narvaro.web.deliveries.forms import SourceForm
from narvaro.web.deliveries.models import Load, Source, SourceKind
from narvaro.web.deliveries.pages import sources_page


@page("deliveries.list")
def every(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every source, what waits, who is silent."""
    return render(request, "deliveries/sources.html", {"page": sources_page(viewer)})


@page("deliveries.source")
def one(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A source and its loads."""
    source = seen_source(viewer, "deliveries.source", public_id)
    shown = {
        "source": source,
        "fact": sources_in_ledger(viewer.now).get(source.name),
        "loads": Load.objects.visible_to(viewer, "deliveries.source").filter(source=source)[:50],
        "may_manage": viewer.may("deliveries.upload"),
        "may_connect": viewer.may("deliveries.connection"),
        "is_server": source.kind == SourceKind.SS12000,
        "is_mapped": source.kind == SourceKind.PROFILE,
    }
    return render(request, "deliveries/source.html", shown)


@page("deliveries.add_source")
def add(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A new source."""
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.add_source(
                said["name"],
                said["kind"],
                has_pseudonyms=said["has_pseudonyms"],
                keys_of=said["keys_of"],
                by=viewer,
                at=viewer.now,
            )
        except BadRequest as refused:
            form.add_error("name", refused.message)
        else:
            return redirect("deliveries.source", made.public_id)
    return render(request, "deliveries/add_source.html", {"form": form})


@page("deliveries.connection")
def connection(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """How a server is reached."""
    source = seen_source(viewer, "deliveries.connection", public_id)
    if source.kind != SourceKind.SS12000:
        return redirect("deliveries.source", public_id)
    form = ConnectionForm(request.POST or None, initial=initial_of(source))
    was_edited = False
    if request.method == "POST" and form.is_valid():
        text = text_of(form.table(source.name))
        version = form.cleaned_data["version"]
        try:
            actions.save_profile(source, text, version=version, by=viewer, at=viewer.now)
        except actions.EditedMeanwhile:
            was_edited = True
        else:
            return redirect("deliveries.source", public_id)
    shown = {"source": source, "form": form, "was_edited": was_edited}
    return render(request, "deliveries/connection.html", shown)


@page("deliveries.check")
@require_POST
def check(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:  # noqa: ARG001
    """Ask a server what it offers."""
    source = seen_source(viewer, "deliveries.check", public_id)
    if source.kind != SourceKind.SS12000:
        return redirect("deliveries.source", public_id)
    if not source.profile:
        return redirect("deliveries.connection", public_id)
    job = actions.check(source, by=viewer, at=viewer.now)
    return redirect("jobs.job", job.public_id)


@page("deliveries.fetch")
@require_POST
def fetch(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:  # noqa: ARG001
    """Fetch what is new."""
    source = seen_source(viewer, "deliveries.fetch", public_id)
    if not source.profile or source.kind != SourceKind.SS12000:
        return redirect("deliveries.source", public_id)
    load = actions.fetch(source, by=viewer, at=viewer.now)
    return redirect("deliveries.load", load.public_id)


def seen_source(viewer: Viewer, action: str, public_id: str) -> Source:
    """A source in the viewer's scope, or 404."""
    return get_object_or_404(Source.objects.visible_to(viewer, action), public_id=public_id)
