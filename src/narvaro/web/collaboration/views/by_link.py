"""Answer by a link: no account, one unit, once. Looking at the page answers nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.clock import now_of
from narvaro.web.accounts.doors import public_page
from narvaro.web.collaboration import actions
from narvaro.web.collaboration.forms_of_sent import AnswerForm
from narvaro.web.collaboration.links import LinkState, Opened, opened
from narvaro.web.collaboration.received import invitation_of

GONE = 410


@public_page("collaboration.answer_by_link")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The invitation and the answer; of a link that is over only that it is."""
    now = now_of(request)
    found = opened(token, now)
    if found is None:
        raise Http404
    if found.state != LinkState.OPEN:
        return _over(request, found)
    shown = invitation_of(found.link.called, now)
    form = AnswerForm(request.POST or None, times=shown.times)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_by_link(link=found.link, said=form.said(), at=now)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("answer_call_by_link", token)
    return render(request, "collaboration/by_link.html", {"page": shown, "form": form})


def _over(request: HttpRequest, found: Opened) -> HttpResponse:
    """Nothing of the call: who has an old link need not be who it was sent to."""
    is_used = found.state == LinkState.USED
    status = 200 if is_used else GONE
    context = {"is_used": is_used}
    return render(request, "collaboration/link_is_over.html", context, status=status)
