"""One's own calendar, for calendar programs: read by a link, made and taken back on the mail page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from narvaro.web.accounts.doors import page, public_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.jobs.clock import installation_now
from narvaro.web.messages.calendar_links import link_of, make_link, revoke_link
from narvaro.web.messages.calendars import subscription
from narvaro.web.messages.registry import events_of
from narvaro.web.messages.reminders import viewers_of


@page("messages.make_calendar")
@require_POST
def make(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Make a link, or a new one instead of the old."""
    make_link(by=viewer, at=viewer.now)
    messages.success(request, _("Kalenderlänken är ny. En äldre länk visar inget längre."))
    return redirect("own_mail")


@page("messages.revoke_calendar")
@require_POST
def revoke(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Take the link back."""
    revoke_link(by=viewer, at=viewer.now)
    messages.success(request, _("Kalenderlänken är stängd."))
    return redirect("own_mail")


@public_page("messages.calendar")
@never_cache
@require_safe
def calendar(_request: HttpRequest, token: str) -> HttpResponse:
    """The meetings and deadlines of the link's person: times, rooms and links, no names."""
    link = link_of(token)
    if link is None:
        raise Http404
    with translation.override(link.account.language):
        found = {
            event.key: event
            for viewer in viewers_of(link.account, installation_now())
            for event in events_of(viewer)
        }
        text = subscription(found.values(), name="Närvaro")
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
