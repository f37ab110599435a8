"""The form of a mapping profile."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from narvaro.errors import Fault, InputRefused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.deliveries import actions, mapping
from narvaro.web.deliveries.models import Source, SourceKind
from narvaro.web.deliveries.views.sources import seen_source


@page("deliveries.mapping")
def edit(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What each column is and each word means; saved only when the whole of it makes sense."""
    source = seen_source(viewer, "deliveries.mapping", public_id)
    if source.kind != SourceKind.PROFILE:
        return redirect("deliveries.source", public_id)
    if request.method != "POST":
        text = source.profile or source.guess.get("profile", "")
        return _form(request, source, text, (), version=source.version)
    version = int(request.POST.get("version", "0") or 0) if _is_number(request) else 0
    text = request.POST.get("text", "") or mapping.text_from(
        request.POST, source.profile, source.guess
    )
    faults = _faults(text)
    if faults:
        return _form(request, source, text, faults, version=version)
    try:
        actions.save_profile(source, text, version=version, by=viewer, at=viewer.now)
    except actions.EditedMeanwhile:
        return _form(request, source, text, (), version=source.version, was_edited=True)
    waiting = source.loads.filter(ended_at=None).first()
    if waiting is not None:
        return redirect("deliveries.load", waiting.public_id)
    return redirect("deliveries.source", public_id)


def _is_number(request: HttpRequest) -> bool:
    return request.POST.get("version", "").isascii() and request.POST.get("version", "").isdigit()


def _faults(text: str) -> tuple[Fault, ...]:
    from narvaro.sources.files import profile_from_text

    try:
        profile_from_text(text)
    except InputRefused as refused:
        return refused.faults
    return ()


def _form(
    request: HttpRequest,
    source: Source,
    text: str,
    faults: tuple[Fault, ...],
    *,
    version: int,
    was_edited: bool = False,
) -> HttpResponse:
    from narvaro.sources.files.amounts import UNITS
    from narvaro.sources.files.keys import IDENTIFIERS, SHAPES

    table: dict[str, Any] = mapping.read_text(text)
    shown = {
        "source": source,
        "text": text,
        "faults": faults,
        "version": version,
        "was_edited": was_edited,
        "columns": mapping.column_rows(table, source.guess),
        "words": mapping.word_rows(table, source.guess),
        "facts": source.guess.get("facts", []),
        "fields": mapping.FIELD_WORDS,
        "buckets": mapping.BUCKET_WORDS,
        "units": UNITS,
        "identifiers": IDENTIFIERS,
        "shapes": SHAPES,
        "shape": table.get("shape", "lessons"),
        "constants": {name: table.get("constants", {}).get(name, "") for name in mapping.CONSTANTS},
        "empty": table.get("reasons", {}).get("empty", ""),
        "row_means": table.get("acknowledgement", {}).get("row_means", "unknown"),
    }
    return render(request, "deliveries/mapping.html", shown, status=400 if faults else 200)
