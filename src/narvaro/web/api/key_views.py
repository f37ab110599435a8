"""One's own keys: made, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.api import actions
from narvaro.web.api.forms import KeyForm
from narvaro.web.api.models import Key


@page("api.keys")
def keys(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The keys one has, and the form for a new one.

    The answer to a made key is the page itself, not an address to go to: the secret would have
    to be kept somewhere in between. Sent again, the form is refused for the taken name.
    """
    form = KeyForm(request.POST if request.method == "POST" else None, viewer=viewer)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _made, secret = actions.make_key(**form.cleaned_data, by=viewer, at=viewer.now)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            form = KeyForm(viewer=viewer)
    mine = [(one, one.why_dead(viewer.today) == "") for one in Key.objects.of(viewer.account)]
    context = {"keys": mine, "form": form, "secret": secret, "today": viewer.today}
    return render(request, "api/keys.html", context)


@require_POST
@page("api.revoke_key")
def revoke(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Revoke one of one's own."""
    key = Key.objects.of(viewer.account).filter(public_id=public_id).first()
    if key is None:
        raise Http404
    actions.revoke_key(key, by=viewer, at=viewer.now)
    messages.success(request, _("Nyckeln är återkallad och öppnar ingenting längre."))
    return redirect("api_keys")
