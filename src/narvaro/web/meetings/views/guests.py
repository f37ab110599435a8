"""A mentor invited for one item, and what that mentor sees of the meeting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings import actions
from narvaro.web.meetings.guests import mentors_of, starts_at
from narvaro.web.meetings.models import Guest
from narvaro.web.meetings.views.found import item_found, log_item, needs_reason
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.opening import reason_given
from narvaro.web.pupils.pages import name_of


class GuestForm(forms.Form):
    """Who is asked, and what to prepare."""

    account = forms.ModelChoiceField(
        Account.objects.none(), label=gettext_lazy("Mentor"), to_field_name="public_id"
    )
    prepare = forms.CharField(
        label=gettext_lazy("Att förbereda"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mentorn läser det här. Det står inte i mejlet."),
    )

    def __init__(self, *given: Any, pupil: Pupil, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        mentors = mentors_of(pupil, viewer.today)
        self.fields["account"].queryset = mentors  # type: ignore[attr-defined]
        self.fields["account"].initial = mentors.first()


@page("meetings.invite_guest")
def invite_guest(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Ask a mentor of the pupil's class to come for the item."""
    item = item_found(viewer, public_id, "meetings.invite_guest")
    if item.pupil is None:
        raise Http404
    if needs_reason(request, viewer, item):
        return redirect("pupils_open", public_id=item.pupil.public_id)
    log_item(request, viewer, item)
    form = GuestForm(request.POST or None, pupil=item.pupil, viewer=viewer)

    def do(given: dict[str, Any]) -> None:
        actions.invite_guest(
            item=item,
            account=given["account"],
            prepare=given["prepare"],
            by=viewer,
            at=viewer.now,
        )

    return form_page(
        request,
        form,
        do,
        title=_("Bjud in mentorn till punkten"),
        verb=_("Bjud in"),
        back=reverse("meeting", args=[item.meeting.public_id]),
        lead=_(
            "Mentorn ser bara den här punkten: tiden, vem det gäller och vad som ska förberedas."
        ),
    )


@page("meetings.guest")
def guest(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The one item: when, whom it is about, what to prepare. Nothing else of the meeting."""
    mine = Guest.objects.visible_to(viewer, "meetings.guest")
    linked = mine.select_related("item__pupil", "item__meeting__series__school")
    found = get_object_or_404(linked, public_id=public_id)
    pupil = found.item.pupil
    if pupil is None:
        raise Http404
    reason = reason_given(request, viewer, pupil)
    if reason is None:
        return redirect("pupils_open", public_id=pupil.public_id)
    log_reading(request, [f"pupil:{pupil.public_id}"], reason=reason)
    context = {
        "guest": found,
        "meeting": found.item.meeting,
        "name": name_of(pupil),
        "pupil": pupil,
        "starts_at": starts_at(found.item),
    }
    return render(request, "meetings/guest.html", context)
