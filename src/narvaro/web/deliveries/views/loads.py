"""A load: uploaded, looked at, decided on, taken back."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.errors import BadRequest, StorageFailed
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.deliveries import actions, uploading
from narvaro.web.deliveries.models import Load, Source, SourceKind
from narvaro.web.deliveries.pages import load_page
from narvaro.web.deliveries.views.sources import seen_source
from narvaro.web.jobs.pages import job_row


@page("deliveries.upload")
def upload(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Send files of a source; they are looked at before anything is taken in."""
    source = seen_source(viewer, "deliveries.upload", public_id)
    if source.kind == SourceKind.SS12000:
        return redirect("deliveries.source", public_id)
    if request.method != "POST":
        return _upload_form(request, source, "")
    files = request.FILES.getlist("files")
    if request.META.get("narvaro.upload_was_too_large"):
        return _upload_form(request, source, _too_large(), status=413)
    if request.META.get("narvaro.upload_had_no_room"):
        return _upload_form(request, source, uploading.no_room(), status=507)
    try:
        stored = uploading.store(files)
    except StorageFailed as full:
        return _upload_form(request, source, full.message, status=507)
    except BadRequest as refused:
        return _upload_form(request, source, refused.message, status=400)
    load = actions.add_load(source, stored, by=viewer, at=viewer.now)
    return redirect("deliveries.load", load.public_id)


def _upload_form(
    request: HttpRequest, source: Source, problem: str, *, status: int = 200
) -> HttpResponse:
    shown = {"source": source, "problem": problem, "largest": _largest()}
    return render(request, "deliveries/upload.html", shown, status=status)


def _largest() -> int:
    return int(settings.UPLOAD_MAX_BYTES // uploading.MB)


def _too_large() -> str:
    return _(
        "Filen är för stor: högst %(mb)s MB. Inget har sparats. Packa den som ZIP, dela den "
        "per termin eller be driften höja gränsen (NARVARO_UPLOAD_MAX_MB)."
    ) % {"mb": _largest()}


@page("deliveries.load")
def one(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """How far a load has come, what it would change, what became of it."""
    load = _seen(viewer, "deliveries.load", public_id)
    shown = {
        "page": load_page(load, viewer),
        "row": None if load.job is None else job_row(load.job),
        "address": request.path,
    }
    if "del" not in request.GET:
        return render(request, "deliveries/load.html", shown)
    answer = render(request, "deliveries/progress.html", shown)
    if load.job is None or load.job.finished_at is not None:
        answer["HX-Refresh"] = "true"
    return answer


@page("deliveries.take_in")
@require_POST
def take_in(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Decide that it is to be taken in; one that is held asks for the box to be ticked."""
    load = _seen(viewer, "deliveries.take_in", public_id)
    if load.is_held and request.POST.get("is_right") != "yes":
        return redirect("deliveries.load", public_id)
    actions.take_in(load, by=viewer, at=viewer.now)
    return redirect("deliveries.load", public_id)


@page("deliveries.discard")
@require_POST
def discard(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:  # noqa: ARG001
    """Throw it away."""
    load = _seen(viewer, "deliveries.discard", public_id)
    actions.discard(load, by=viewer, at=viewer.now)
    return redirect("deliveries.source", load.source.public_id)


@page("deliveries.take_back")
@require_POST
def take_back(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:  # noqa: ARG001
    """Take back what is in the ledger."""
    load = _seen(viewer, "deliveries.take_back", public_id)
    if not load.may_be_taken_back:
        return redirect("deliveries.load", public_id)
    job = actions.take_back(load, by=viewer, at=viewer.now)
    return redirect("jobs.job", job.public_id)


def _seen(viewer: Viewer, action: str, public_id: str) -> Load:
    loads = Load.objects.visible_to(viewer, action).select_related("source", "job")
    return get_object_or_404(loads, public_id=public_id)
