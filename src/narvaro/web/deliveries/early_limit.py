"""Large bodies are refused before they are read, but where files are sent by who may send them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from narvaro.web.accounts.doors import viewer_of
from narvaro.web.accounts.second_factor import has_second_factor, used_second_factor
from narvaro.web.deliveries.models import Source
from narvaro.web.deliveries.uploading import MB

UPLOAD = "deliveries.upload"
ROOM_FOR_FORM = MB
"""What a form of files holds besides the files: their names, the boundaries between them."""


class EarlyLimit:
    """Answers 413 to what says it is longer than may be sent to its address by its sender.

    A body that does not say its length is read by nobody here: Django takes it for empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = str(request.META.get("CONTENT_LENGTH") or "0")
        length = int(told) if told.isascii() and told.isdigit() else 0
        small = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length <= small:
            return self.get_response(request)
        is_upload = may_upload(request)
        largest = settings.UPLOAD_MAX_BYTES if is_upload else small
        if is_upload and length <= largest + ROOM_FOR_FORM:
            return self.get_response(request)
        shown = {"largest": int(largest // MB), "is_upload": is_upload}
        return render(request, "413.html", shown, status=413)


def may_upload(request: HttpRequest) -> bool:
    """The address takes files, and whoever asks may send them to that very source."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    viewer = viewer_of(request)
    if getattr(match.func, "action", "") != UPLOAD or viewer is None or not viewer.may(UPLOAD):
        return False
    if settings.SECOND_FACTOR_REQUIRED and not (
        has_second_factor(viewer.account) and used_second_factor(request)
    ):
        return False
    return Source.objects.visible_to(viewer, UPLOAD).filter(**match.kwargs).exists()
