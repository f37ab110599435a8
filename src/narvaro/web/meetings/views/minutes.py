"""The minutes: two parts, read and printed apart; written, approved, added to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.meetings import actions
from narvaro.web.meetings.item_forms import AddendumForm, GeneralPartForm
from narvaro.web.meetings.minutes_pages import general_page, minutes_page
from narvaro.web.meetings.models import AgendaItem, Meeting, Minutes
from narvaro.web.meetings.paper import general_pdf, minutes_pdf
from narvaro.web.meetings.views.found import meeting_found, needs_reason, version_sent
from narvaro.web.meetings.views.meeting import changed_words
from narvaro.web.pupils.pages import name_of


@page("meetings.minutes")
def minutes(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The part with pupils, on the screen and on paper."""
    found = meeting_found(viewer, public_id, "meetings.minutes")
    shown = minutes_page(viewer, found, lambda one: needs_reason(request, viewer, one))
    log_reading(request, shown.subjects)
    context = {
        "page": shown,
        "crumbs": _crumbs(found),
        "scope": found.series.school,
        "may_approve": viewer.may("meetings.approve"),
    }
    return render(request, "meetings/minutes.html", context)


@page("meetings.minutes_general")
def minutes_general(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The general part: no pupil."""
    found = meeting_found(viewer, public_id, "meetings.minutes_general")
    context = {
        "page": general_page(viewer, found),
        "may_write": viewer.may("meetings.write_minutes"),
        "may_approve": viewer.may("meetings.approve"),
        "crumbs": _crumbs(found),
        "scope": found.series.school,
    }
    return render(request, "meetings/minutes_general.html", context)


@page("meetings.minutes_pdf")
def minutes_file(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The part with pupils as PDF; one who is protected and not opened today is not in it."""
    found = meeting_found(viewer, public_id, "meetings.minutes_pdf")
    shown = minutes_page(viewer, found, lambda one: needs_reason(request, viewer, one))
    log_reading(request, shown.subjects, kind=Kind.PRINT)
    return _file(minutes_pdf(shown, viewer), f"protokoll-elever-{found.day}")


@page("meetings.minutes_general_pdf")
def minutes_general_file(_request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The general part as PDF."""
    found = meeting_found(viewer, public_id, "meetings.minutes_general_pdf")
    shown = general_page(viewer, found)
    return _file(general_pdf(shown, viewer), f"protokoll-allmant-{found.day}")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


@page("meetings.write_minutes")
def write_minutes(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Write the general part; of what is locked, the minutes, where an addendum is written.

    Who sends what they wrote before it was locked keeps it on the page and is told the same.
    """
    found = meeting_found(viewer, public_id, "meetings.write_minutes")
    if request.method != "POST" and _is_locked(found):
        messages.info(request, _("Protokollet är justerat. Skriv ett tillägg i stället."))
        return redirect("meeting_minutes_general", found.public_id)
    form = GeneralPartForm(
        request.POST or None, names=_names(viewer, found), initial=_general(found)
    )

    def do(said: dict[str, Any]) -> None:
        actions.write_minutes(meeting=found, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Skriv den allmänna delen"),
        verb=_("Spara"),
        back=reverse("meeting_minutes_general", args=[found.public_id]),
        now=lambda: _general(found),
    )


@page("meetings.approve")
@require_POST
def approve(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Lock both parts."""
    found = meeting_found(viewer, public_id, "meetings.approve")
    version = version_sent(request)
    try:
        actions.approve(meeting=found, version=version, by=viewer, at=viewer.now)
    except Refused as refused:
        messages.warning(request, str(refused))
    except ChangedMeanwhile:
        messages.warning(request, changed_words())
    else:
        messages.success(request, _("Protokollet är justerat och låst."))
    return redirect("meeting", found.public_id)


@page("meetings.add_addendum")
def add_addendum(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Add to approved minutes."""
    found = meeting_found(viewer, public_id, "meetings.add_addendum")
    mine = AgendaItem.objects.visible_to(viewer, "meetings.add_addendum").filter(meeting=found)
    about = [one for one in mine.on_the_agenda().select_related("pupil") if one.pupil is not None]
    log_reading(request, [f"pupil:{one.pupil.public_id}" for one in about if one.pupil])
    items = [(one.public_id, name_of(one.pupil)) for one in about if one.pupil]
    form = AddendumForm(request.POST or None, items=items)

    def do(said: dict[str, Any]) -> None:
        item = next((one for one in about if one.public_id == said["item"]), None)
        actions.add_addendum(meeting=found, item=item, text=said["text"], by=viewer, at=viewer.now)

    return form_page(
        request,
        form,
        do,
        title=_("Tillägg till protokollet"),
        verb=_("Spara tillägget"),
        back=reverse("meeting", args=[found.public_id]),
        lead=_(
            "Tillägget står under det som är låst, med ditt namn och dagen. Det går inte att ändra."
        ),
    )


def _is_locked(meeting: Meeting) -> bool:
    return Minutes.objects.filter(meeting=meeting).exclude(approved_at=None).exists()


def _names(viewer: Viewer, meeting: Meeting) -> list[str]:
    """The names on the agenda, of the pupils the writer may see."""
    mine = AgendaItem.objects.visible_to(viewer, "meetings.write_minutes").filter(meeting=meeting)
    pupils = [one.pupil for one in mine.select_related("pupil") if one.pupil is not None]
    return [one.name for one in pupils if not one.is_protected]


def _general(meeting: Meeting) -> dict[str, Any]:
    """The general part as its form shows it."""
    kept = Minutes.objects.filter(meeting=meeting).first()
    return (
        {"general": kept.general, "version": kept.version}
        if kept
        else {"general": "", "version": 0}
    )


def _crumbs(meeting: Meeting) -> list[tuple[str, str]]:
    return [
        (_("Möten"), reverse("meetings")),
        (meeting.series.name, reverse("meeting", args=[meeting.public_id])),
        (_("Protokoll"), ""),
    ]
