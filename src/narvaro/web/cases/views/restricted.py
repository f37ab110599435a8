"""A restricted note or cause is opened: read by its professions, or with a reason; always logged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.forms import LONGEST_WHY
from narvaro.web.cases.models import Case
from narvaro.web.cases.restricted import (
    OF_CAUSES,
    OPEN_CAUSE,
    OPEN_NOTE,
    said_of_readers,
    way_to,
)
from narvaro.web.cases.views.finding import found_for, told_the_log
from narvaro.web.pupils.pages import name_of

BY_DECISION = "decision"


class ReasonForm(forms.Form):
    """Which decision demands that a restricted text is read."""

    why = forms.CharField(
        label=gettext_lazy("Vilket beslut kräver att du läser?"),
        help_text=gettext_lazy(
            "Skälet sparas vid texten, och loggen minns att du läst. Den visas en gång."
        ),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True, slots=True)
class Restricted:
    """A restricted text: what it is called, its parts in words, and what opens it."""

    subject: str
    action: str
    title: str
    lead: str
    restriction: str
    parts: Sequence[tuple[str, str]]
    opened: Callable[[str], object]


@page(OPEN_NOTE)
def note(request: HttpRequest, viewer: Viewer, public_id: str, note_id: str) -> HttpResponse:
    """A restricted note."""
    case = found_for(viewer, OPEN_NOTE, public_id)
    found = get_object_or_404(
        case.notes.select_related("by", "case__pupil").filter(is_involvement_only=False),
        public_id=note_id,
        on__lte=viewer.today,
    )
    text = Restricted(
        f"note:{found.public_id}",
        OPEN_NOTE,
        _("Skyddad anteckning"),
        _("Skriven av %(who)s, %(role)s.")
        % {"who": found.by.name, "role": found.get_role_display()},
        found.restriction,
        [("", found.text)],
        lambda why: actions.open_note(found, why=why, by=viewer, at=viewer.now),
    )
    return _answer(request, viewer, case, text)


@page(OPEN_CAUSE)
def cause(request: HttpRequest, viewer: Viewer, public_id: str, cause_id: str) -> HttpResponse:
    """A restricted cause, and how the pupil is given education meanwhile."""
    case = found_for(viewer, OPEN_CAUSE, public_id)
    causes = case.causes.select_related("by", "case__pupil")
    found = get_object_or_404(causes, public_id=cause_id, on__lte=viewer.today)
    if not found.is_restricted:
        raise Http404
    word, level = str(found.get_word_display()).capitalize(), found.get_level_display()
    text = Restricted(
        f"cause:{found.public_id}",
        OPEN_CAUSE,
        _("Skyddad orsak"),
        _("Noterad av %(who)s.") % {"who": found.by.name},
        OF_CAUSES,
        [
            (_("Orsak"), f"{word} ({level}). {found.text}"),
            (_("Så får eleven sin utbildning"), found.right_to_education),
        ],
        lambda why: actions.open_cause(found, why=why, by=viewer, at=viewer.now),
    )
    return _answer(request, viewer, case, text)


def _answer(request: HttpRequest, viewer: Viewer, case: Case, text: Restricted) -> HttpResponse:
    way = way_to(viewer, text.action, text.restriction)
    if not way:
        raise Http404
    form, reason = ReasonForm(request.POST or None), ""
    is_shown = way == "read"
    if way == "reason" and form.is_valid():
        reason = form.cleaned_data["why"]
        is_shown = True
    subjects = (text.subject,) if is_shown else ()
    code = BY_DECISION if reason else ""  # the words are kept with the text, never in the log
    if away := told_the_log(request, viewer, case, reason=code, more=subjects):
        return away
    if is_shown and way == "reason":
        try:
            text.opened(reason)
        except Refused as refused:
            form.add_error(None, refused.message)
            is_shown = False
    context = {
        "case": case,
        "name": name_of(case.pupil),
        "text": text,
        "is_shown": is_shown,
        "reason": reason,
        "form": form,
        "readers": said_of_readers(text.restriction),
        "crumbs": [
            (_("Ärende"), reverse("case", args=[case.public_id])),
            (text.title, ""),
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "cases/restricted.html", context, status=status)
