"""A meeting: its page, who comes, when it is, that it was held."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings import actions
from narvaro.web.meetings.forms import PlanForm, ReasonForm
from narvaro.web.meetings.item_forms import present_of
from narvaro.web.meetings.models import Answer, Meeting
from narvaro.web.meetings.pages import MeetingPage, meeting_page
from narvaro.web.meetings.running import running
from narvaro.web.meetings.views.found import meeting_found, needs_reason, version_sent


@page("meetings.meeting")
def meeting(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Whom do we decide on, and what? One item at a time is worked on below."""
    found = meeting_found(viewer, public_id, "meetings.meeting")
    shown = meeting_page(viewer, found, lambda one: needs_reason(request, viewer, one))
    log_reading(request, subjects_of(shown))
    return render(request, "meetings/meeting.html", context_of(request, viewer, shown))


def subjects_of(shown: MeetingPage) -> list[str]:
    """The pupils a page shows, for the log."""
    return sorted(
        {
            f"pupil:{one.item.pupil.public_id}"
            for one in (*shown.pupils, *shown.struck)
            if one.item.pupil is not None
        }
    )


def context_of(
    request: HttpRequest, viewer: Viewer, shown: MeetingPage, **more: Any
) -> dict[str, Any]:
    """What the template needs; `more` replaces the forms of the chosen item by sent ones."""
    chosen = request.GET.get("punkt", "")
    rows = [one for one in (*shown.pupils, *shown.general) if not one.is_closed]
    row = next((one for one in rows if one.item.public_id == chosen), None)
    if row is None:
        row = next((one for one in rows if not one.is_decided and one.item.pupil_id), None)
    return {
        "page": shown,
        "scope": shown.meeting.series.school,
        "crumbs": [(_("Möten"), reverse("meetings")), (shown.meeting.series.name, "")],
        "is_ordering": "ordna" in request.GET,
        "may_write": viewer.may("meetings.move") and shown.meeting.is_open,
        "may_invite_guest": viewer.may("meetings.invite_guest") and shown.meeting.is_open,
        "run": running(viewer, row) | more
        if row is not None and viewer.may("meetings.decide")
        else None,
    }


@page("meetings.answer")
@require_POST
def answer(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Say whether one comes."""
    asked = Meeting.objects.filter(public_id=public_id, invited__account=viewer.account).first()
    says = request.POST.get("says", "")
    if asked is None or says not in (Answer.COMES, Answer.DOES_NOT):
        raise Http404
    return _done(
        request,
        asked,
        lambda: actions.answer(meeting=asked, says=Answer(says), by=viewer, at=viewer.now),
        _("Ditt svar är sparat."),
    )


@page("meetings.invite")
@require_POST
def invite(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Ask those who have come to the school since the meeting was planned."""
    found = meeting_found(viewer, public_id, "meetings.invite")
    count = actions.invite_again(meeting=found, by=viewer, at=viewer.now)
    said = ngettext("%(n)d kallelse skickas.", "%(n)d kallelser skickas.", count) % {"n": count}
    messages.success(request, said)
    return redirect("meeting", found.public_id)


@page("meetings.remind")
@require_POST
def remind(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Mail those who have not answered."""
    found = meeting_found(viewer, public_id, "meetings.remind")
    count = actions.remind(meeting=found, by=viewer, at=viewer.now)
    said = ngettext(
        "%(n)d påminnelse skickas om tio minuter. Du kan ångra den under Mejl.",
        "%(n)d påminnelser skickas om tio minuter. Du kan ångra dem under Mejl.",
        count,
    )
    messages.success(request, said % {"n": count} if count else _("Alla är redan påminda i dag."))
    return redirect("meeting", found.public_id)


@page("meetings.replan")
def replan(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Another time or place."""
    found = meeting_found(viewer, public_id, "meetings.replan")
    form = PlanForm(
        request.POST or None,
        viewer=viewer,
        school=found.series.school,
        initial=PlanForm.shown(found),
    )

    def do(said: dict[str, Any]) -> None:
        wanted = actions.Plan(form.starts_at(), said["minutes"], said["place"], said["chair"])
        version = said["version"] or 0
        actions.replan(meeting=found, plan=wanted, version=version, by=viewer, at=viewer.now)

    return form_page(
        request,
        form,
        do,
        title=_("Flytta mötet"),
        verb=_("Flytta och meddela"),
        back=reverse("meeting", args=[found.public_id]),
        now=lambda: PlanForm.shown(Meeting.objects.select_related("chair").get(pk=found.pk)),
        lead=_("Alla kallade får den nya tiden med mejl."),
    )


@page("meetings.cancel")
def cancel(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Call it off."""
    found = meeting_found(viewer, public_id, "meetings.cancel")
    form = ReasonForm(request.POST or None, initial={"version": found.version})

    def do(said: dict[str, Any]) -> None:
        actions.cancel(meeting=found, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Ställ in mötet"),
        verb=_("Ställ in och meddela"),
        back=reverse("meeting", args=[found.public_id]),
        now=lambda: {"version": Meeting.objects.get(pk=found.pk).version},
        lead=_("Punkterna väntar till nästa möte. Skriv inget om elever i skälet."),
    )


@page("meetings.present")
@require_POST
def present(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Note who was there."""
    found = meeting_found(viewer, public_id, "meetings.present")
    noted = present_of(request.POST, found)
    if noted is None:
        messages.warning(request, _("Ange för var och en om den var med. Inget är sparat."))
        return redirect("meeting", found.public_id)
    people, without = noted
    return _done(
        request,
        found,
        lambda: actions.note_present(
            meeting=found, people=people, without_account=without, by=viewer, at=viewer.now
        ),
        _("Sparat vilka som var med."),
    )


@page("meetings.hold")
@require_POST
def hold(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """End the meeting; what was not reached goes on."""
    found = meeting_found(viewer, public_id, "meetings.hold")
    version = version_sent(request)
    return _done(
        request,
        found,
        lambda: actions.hold(meeting=found, version=version, by=viewer, at=viewer.now),
        _("Mötet är avslutat. Punkter utan beslut står på nästa möte."),
    )


def _done(request: HttpRequest, found: Meeting, do: Any, said: str) -> HttpResponse:
    """Do it and go back to the meeting, with what was done or why not."""
    try:
        do()
    except Refused as refused:
        messages.warning(request, str(refused))
    except ChangedMeanwhile:
        messages.warning(request, changed_words())
    else:
        messages.success(request, said)
    return redirect("meeting", found.public_id)


def changed_words() -> str:
    """What the second of two is told when there is no draft to keep."""
    return _("Någon annan ändrade mötet medan du läste. Inget är överskrivet. Se hur det är nu.")
