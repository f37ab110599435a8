"""Items of an agenda: gathered, added, moved, struck."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.meetings import actions
from narvaro.web.meetings.actions.agenda import Said
from narvaro.web.meetings.forms import ReasonForm
from narvaro.web.meetings.item_forms import GeneralItemForm, PupilItemForm
from narvaro.web.meetings.models import AgendaItem, Meeting
from narvaro.web.meetings.views.found import item_found, log_item, meeting_found, version_sent
from narvaro.web.meetings.views.meeting import changed_words
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.pages import row_of
from narvaro.web.ui.sorting import sort_key

MOST_FOUND = 20


@page("meetings.gather")
@require_POST
def gather(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Bring what is new onto the agenda."""
    found = meeting_found(viewer, public_id, "meetings.gather")
    try:
        count = actions.gather(meeting=found, by=viewer, at=viewer.now)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        said = ngettext("%(n)d ny punkt.", "%(n)d nya punkter.", count) % {"n": count}
        messages.success(request, said)
    return redirect("meeting", found.public_id)


@page("meetings.add_item")
def add_item(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Add a general item, or a pupil found by name."""
    found = meeting_found(viewer, public_id, "meetings.add_item")
    mine = Pupil.objects.visible_to(viewer, "meetings.add_item").filter(
        enrolments__school_key=found.series.school.key
    )
    words = request.POST.get("name", "").strip()[:80]
    hits = _named(viewer, words).filter(pk__in=mine)[:MOST_FOUND] if words else Pupil.objects.none()
    chosen = request.GET.get("elev", "")
    pupil = get_object_or_404(mine.distinct(), public_id=chosen) if chosen else None
    subjects = {f"pupil:{one.public_id}" for one in (*hits, *([pupil] if pupil else []))}
    log_reading(request, subjects, kind=Kind.SEARCH if words else Kind.READ)
    what = request.POST.get("what", "")
    general = GeneralItemForm(request.POST if what == "general" else None)
    about = PupilItemForm(request.POST if what == "pupil" else None)
    if what in ("general", "pupil"):
        error = _added(found, pupil, general, about, viewer)
        if error is None:
            messages.success(request, _("Punkten står sist på dagordningen."))
            return redirect("meeting", found.public_id)
        if error:
            messages.warning(request, error)
    context = {
        "meeting": found,
        "general": general,
        "about": about,
        "hits": [row_of(one) for one in hits],
        "pupil": row_of(pupil) if pupil is not None else None,
        "words": words,
        "crumbs": [
            (found.series.name, reverse("meeting", args=[found.public_id])),
            (_("Lägg till"), ""),
        ],
    }
    status = 422 if what in ("general", "pupil") else 200
    return render(request, "meetings/add_item.html", context, status=status)


def _named(viewer: Viewer, words: str) -> Any:
    """No protected pupil is found by name: who is on the list adds the pupil from its own page."""
    found = Pupil.objects.named_to(viewer, "meetings.add_item")
    for word in words.split()[:6]:
        found = found.filter(sort_name__contains=sort_key(word))
    return found.in_name_order()


def _added(
    found: Meeting,
    pupil: Pupil | None,
    general: GeneralItemForm,
    about: PupilItemForm,
    viewer: Viewer,
) -> str | None:
    """None when it was added; else why not (empty when the form says it)."""
    try:
        if general.is_valid():
            actions.add_general(meeting=found, by=viewer, at=viewer.now, **general.cleaned_data)
            return None
        if pupil is not None and about.is_valid():
            said = Said(**about.cleaned_data)
            actions.add_pupil(meeting=found, pupil=pupil, said=said, by=viewer, at=viewer.now)
            return None
    except Refused as refused:
        return str(refused)
    return ""


@page("meetings.move")
@require_POST
def move(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One step up or down."""
    item = item_found(viewer, public_id, "meetings.move")
    mine = AgendaItem.objects.visible_to(viewer, "meetings.move").filter(meeting=item.meeting)
    among = [one for one in mine.on_the_agenda() if bool(one.pupil_id) == bool(item.pupil_id)]
    steps = -1 if request.POST.get("to") == "up" else 1
    try:
        if item.pk in [one.pk for one in among]:
            actions.move(
                item=item,
                among=among,
                steps=steps,
                version=version_sent(request),
                by=viewer,
                at=viewer.now,
            )
    except Refused as refused:
        messages.warning(request, str(refused))
    except ChangedMeanwhile:
        messages.warning(request, changed_words())
    return redirect(f"{reverse('meeting', args=[item.meeting.public_id])}?ordna=1")


@page("meetings.strike")
def strike(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take an item off, with a reason."""
    item = item_found(viewer, public_id, "meetings.strike")
    log_item(request, viewer, item)
    form = ReasonForm(request.POST or None, initial={"version": item.meeting.version})

    def do(said: dict[str, Any]) -> None:
        actions.strike(item=item, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Stryk punkten"),
        verb=_("Stryk"),
        back=reverse("meeting", args=[item.meeting.public_id]),
        now=lambda: {"version": Meeting.objects.get(pk=item.meeting.pk).version},
        lead=item.title or row_of(item.pupil).name if item.pupil else item.title,
    )
