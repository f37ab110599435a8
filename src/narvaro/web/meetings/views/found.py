"""What an address names, in the viewer's scope; anything else is not found."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from narvaro.web.accounts.doors import log_reading
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.models import AgendaItem, Meeting, Series
from narvaro.web.pupils.opening import reason_given


def series_found(viewer: Viewer, public_id: str, action: str) -> Series:
    """A series."""
    mine = Series.objects.visible_to(viewer, action).select_related("school__authority", "chair")
    return get_object_or_404(mine, public_id=public_id)


def meeting_found(viewer: Viewer, public_id: str, action: str) -> Meeting:
    """A meeting."""
    mine = Meeting.objects.visible_to(viewer, action)
    linked = mine.select_related("series__school__authority", "chair", "series__chair")
    return get_object_or_404(linked, public_id=public_id)


def item_found(viewer: Viewer, public_id: str, action: str) -> AgendaItem:
    """An item whose pupil the viewer may see."""
    mine = AgendaItem.objects.visible_to(viewer, action)
    linked = mine.select_related("pupil", "meeting__series__school__authority")
    return get_object_or_404(linked, public_id=public_id)


def version_sent(request: HttpRequest) -> int:
    """The version of what the form showed; 0, which nothing has, for anything but a small number."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


def needs_reason(request: HttpRequest, viewer: Viewer, item: AgendaItem) -> bool:
    """The item is about a pupil with a protected identity, and no reason was given today."""
    return item.pupil is not None and reason_given(request, viewer, item.pupil) is None


def log_item(request: HttpRequest, viewer: Viewer, item: AgendaItem) -> None:
    """Tell the log that an item is read, with the reason given for a protected pupil."""
    if item.pupil is None:
        log_reading(request, [f"item:{item.public_id}"])
        return
    reason = reason_given(request, viewer, item.pupil) or ""
    log_reading(request, [f"pupil:{item.pupil.public_id}"], reason=reason)
