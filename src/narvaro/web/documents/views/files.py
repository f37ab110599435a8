"""Documents as files; each is logged as what it is: something printed, something taken out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.restriction import may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.documents.paper import TYPES, drawn, file_name
from narvaro.web.documents.views.finding import found_for, told_the_log


@page("documents.pdf")
def pdf(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The document on paper."""
    return _file(request, viewer, public_id, kind="pdf")


@page("documents.docx")
def docx(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The document to go on with elsewhere."""
    return _file(request, viewer, public_id, kind="docx")


def _file(request: HttpRequest, viewer: Viewer, public_id: str, *, kind: str) -> HttpResponse:
    found = found_for(viewer, f"documents.{kind}", public_id)
    if not may_read(viewer.role, found.restriction):
        raise Http404
    logged = Kind.PRINT if kind == "pdf" else Kind.EXPORT
    if away := told_the_log(request, viewer, found, kind=logged):
        return away
    answer = HttpResponse(drawn(found, viewer, kind=kind), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{file_name(found, kind)}"'
    return answer
