"""The side of who is called: the invitation, the answer, and what was given to them of the pupil."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration import actions
from narvaro.web.collaboration.agreed import given_to
from narvaro.web.collaboration.forms_of_sent import AnswerForm
from narvaro.web.collaboration.received import READ, called_of, invitation_of


@page("collaboration.called")
def called(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The call to one's own unit, and the answer to it."""
    found = get_object_or_404(called_of(viewer, READ, viewer.now), public_id=public_id)
    shown = invitation_of(found, viewer.now)
    form = AnswerForm(request.POST or None, times=shown.times)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(called=found, said=form.said(), by=viewer, at=viewer.now)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Tack. Svaret är lämnat."))
            return redirect("called", found.public_id)
    given = given_to(found, viewer)
    about = [f"pupil:{found.call.pupil.public_id}"] if given else []
    log_reading(request, [f"called:{found.public_id}", *about])
    context = {"page": shown, "form": form, "given": given, "crumbs": [(_("Kallelse"), "")]}
    return render(request, "collaboration/called.html", context)
