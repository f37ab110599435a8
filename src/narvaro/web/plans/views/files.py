"""Each part of a plan as a file; logged as what it is: something printed, something taken out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.plans.models import OwnPart
from narvaro.web.plans.paper import OWN, SHARED, TYPES, file_name, own_paper, shared_paper
from narvaro.web.plans.views.finding import found_for, told_the_log, version_of


@page("plans.pdf")
def pdf(request: HttpRequest, viewer: Viewer, public_id: str, number: int) -> HttpResponse:
    """The shared part on paper."""
    return _shared(request, viewer, public_id, number, kind="pdf")


@page("plans.docx")
def docx(request: HttpRequest, viewer: Viewer, public_id: str, number: int) -> HttpResponse:
    """The shared part to go on with elsewhere."""
    return _shared(request, viewer, public_id, number, kind="docx")


@page("plans.own_pdf")
def own_pdf(request: HttpRequest, viewer: Viewer, public_id: str, number: int) -> HttpResponse:
    """The school's own part on paper."""
    return _own(request, viewer, public_id, number, kind="pdf")


@page("plans.own_docx")
def own_docx(request: HttpRequest, viewer: Viewer, public_id: str, number: int) -> HttpResponse:
    """The school's own part to go on with."""
    return _own(request, viewer, public_id, number, kind="docx")


LOGGED = {"pdf": Kind.PRINT, "docx": Kind.EXPORT}


def _shared(
    request: HttpRequest, viewer: Viewer, public_id: str, number: int, *, kind: str
) -> HttpResponse:
    found = found_for(viewer, f"plans.{kind}", public_id)
    version = version_of(found, number)
    if away := told_the_log(request, viewer, found, kind=LOGGED[kind]):
        return away
    return _answer(shared_paper(version, viewer, kind=kind), file_name(SHARED, version, kind), kind)


def _own(
    request: HttpRequest, viewer: Viewer, public_id: str, number: int, *, kind: str
) -> HttpResponse:
    found = found_for(viewer, f"plans.own_{kind}", public_id)
    own = OwnPart.objects.filter(of=version_of(found, number)).select_related("of").first()
    if own is None:
        raise Http404
    if away := told_the_log(request, viewer, found, kind=LOGGED[kind]):
        return away
    return _answer(own_paper(own, viewer, kind=kind), file_name(OWN, own.of, kind), kind)


def _answer(made: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(made, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
