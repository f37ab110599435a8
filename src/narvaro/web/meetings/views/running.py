"""While the meeting runs: the analysis, the decision, the protected part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings import actions
from narvaro.web.meetings.actions.deciding import Decided, Thought
from narvaro.web.meetings.item_forms import AnalysisForm, DecisionForm, OpeningForm, ProtectedForm
from narvaro.web.meetings.models import AgendaItem, Analysis, ProtectedPart
from narvaro.web.meetings.pages import meeting_page
from narvaro.web.meetings.running import readers_in_words, running
from narvaro.web.meetings.views.found import item_found, log_item, needs_reason
from narvaro.web.meetings.views.meeting import subjects_of


@page("meetings.analyse")
@require_POST
def analyse(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Keep what is thought of a pupil."""
    item = _pupils_item(request, viewer, public_id, "meetings.analyse")
    form = AnalysisForm(request.POST)
    said = _analysed(form, item, viewer)
    if said is not None:
        return _again(request, viewer, item, said=said, analysis=form)
    messages.success(request, _("Sparat."))
    return redirect(_address(item))


@page("meetings.decide")
@require_POST
def decide(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Keep the analysis and the decision, and go on to the next pupil."""
    item = item_found(viewer, public_id, "meetings.decide")
    if needs_reason(request, viewer, item):
        raise Http404
    analysis = AnalysisForm(request.POST)
    said = _analysed(analysis, item, viewer) if item.pupil_id else None
    form = DecisionForm(request.POST, viewer=viewer, item=item)
    if said is None:
        said = _decided(form, item, viewer)
        analysis = _as_kept(analysis, item)
    if said is not None:
        return _again(request, viewer, item, said=said, analysis=analysis, decision=form)
    messages.success(request, _("Beslutet är sparat."))
    return redirect("meeting", item.meeting.public_id)


def _analysed(form: AnalysisForm, item: AgendaItem, viewer: Viewer) -> str | None:
    """None when it was kept; else what the page says."""
    if not form.is_valid():
        return ""
    told = dict(form.cleaned_data)
    version = told.pop("version")
    try:
        actions.analyse(
            item=item, thought=Thought(**told), version=version, by=viewer, at=viewer.now
        )
    except Refused as refused:
        return str(refused)
    except ChangedMeanwhile:
        _renew(form, item)
        return _(
            "Någon annan skrev i analysen medan du skrev. Inget är överskrivet, och det du skrev "
            "står kvar. Så står det nu visas under fälten; spara igen om det du skrev ska gälla."
        )
    return None


def _renew(form: AnalysisForm, item: AgendaItem) -> None:
    """Give the form of the second the present version: saving once more is meant."""
    kept = Analysis.objects.filter(item=item).first()
    form.data = {**form.data.dict(), "version": str(kept.version if kept else 0)}  # type: ignore[attr-defined]


def _as_kept(form: AnalysisForm, item: AgendaItem) -> AnalysisForm:
    _renew(form, item)
    return form


def _decided(form: DecisionForm, item: AgendaItem, viewer: Viewer) -> str | None:
    if not form.is_valid():
        return _(
            "Beslutet är inte sparat: välj ett beslut, skriv skälet och vem som gör nästa sak."
        )
    said = form.cleaned_data
    decided = Decided(said["word"], form.label(item), said["reason"], said["next_owner"])
    try:
        actions.decide(item=item, decided=decided, by=viewer, at=viewer.now)
    except Refused as refused:
        return _("Beslutet är inte sparat. %(why)s") % {"why": refused}
    except ChangedMeanwhile:
        return _("Någon annan hann besluta om punkten. Ditt beslut är inte sparat.")
    return None


def _again(
    request: HttpRequest, viewer: Viewer, item: AgendaItem, *, said: str, **forms: Any
) -> HttpResponse:
    """The page of the meeting once more, with all that was written."""
    shown = meeting_page(viewer, item.meeting, lambda one: needs_reason(request, viewer, one))
    log_reading(request, subjects_of(shown))
    rows = [*shown.pupils, *shown.general, *shown.struck]
    row = next(one for one in rows if one.item.pk == item.pk)
    context = {
        "page": shown,
        "scope": item.meeting.series.school,
        "crumbs": [(_("Möten"), reverse("meetings")), (item.meeting.series.name, "")],
        "may_write": item.meeting.is_open,
        "run": running(viewer, row) | forms,
        "said": said,
    }
    return render(request, "meetings/meeting.html", context, status=409)


@page("meetings.protect")
def protect(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Read and write the protected part."""
    item = _pupils_item(request, viewer, public_id, "meetings.protect")
    log_item(request, viewer, item)
    form = ProtectedForm(request.POST or None, initial=_protected(item))

    def do(said: dict[str, Any]) -> None:
        actions.write_protected_part(item=item, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Skyddad del"),
        verb=_("Spara"),
        back=_address(item),
        now=lambda: _protected(item),
        lead=_("Kan läsas av %(readers)s, och av rektor när ett beslut kräver det.")
        % {"readers": readers_in_words()},
    )


@page("meetings.open_protected")
def open_protected(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Let a leader read the protected part, for a reason that the log keeps."""
    item = _pupils_item(request, viewer, public_id, "meetings.open_protected")
    log_item(request, viewer, item)
    form = OpeningForm(request.POST or None)
    text = ""
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.open_protected_part(item=item, reason=reason, by=viewer, at=viewer.now)
        part = ProtectedPart.objects.filter(item=item).first()
        text = part.text if part is not None else ""
    context = {
        "form": form,
        "text": text,
        "back": _address(item),
        "readers": readers_in_words(),
        "is_open": bool(text),
    }
    return render(request, "meetings/open_protected.html", context)


def _protected(item: AgendaItem) -> dict[str, Any]:
    """The protected part as its form shows it."""
    part = ProtectedPart.objects.filter(item=item).first()
    return {"text": part.text, "version": part.version} if part else {"text": "", "version": 0}


def _pupils_item(request: HttpRequest, viewer: Viewer, public_id: str, action: str) -> AgendaItem:
    item = item_found(viewer, public_id, action)
    if item.pupil is None or needs_reason(request, viewer, item):
        raise Http404
    return item


def _address(item: AgendaItem) -> str:
    return f"{reverse('meeting', args=[item.meeting.public_id])}?punkt={item.public_id}#analys"
