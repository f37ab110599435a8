"""A teacher's own lessons, and reasons taken back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.models import Explanation, Reason
from narvaro.web.figures.registration import actions, scope
from narvaro.web.figures.registration.evidence import evidence_at
from narvaro.web.figures.registration.forms import WhyNot
from narvaro.web.figures.registration.own_page import own_page


@page("registration.own")
def own(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The viewer's own lessons that wait to be acknowledged."""
    return _own(request, viewer)


@page("registration.explain_own")
@require_POST
def explain_own(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Note the same reason for some of the viewer's own lessons."""
    evidence = evidence_at(viewer.now)
    shown = own_page(viewer, evidence) if evidence else None
    form = WhyNot(request.POST, numbers=shown.numbers if shown else [])
    if evidence is None or not form.is_valid():
        return _own(request, viewer, form)
    chosen = set(form.cleaned_data["lessons"])
    mine = evidence.open_lessons_of(frozenset(viewer.staff_keys))
    noted = actions.explain(
        lessons=[one for one in mine if one.number in chosen],
        reason=Reason(form.cleaned_data["reason"]),
        action="registration.explain_own",
        by=viewer,
        at=viewer.now,
    )
    say_noted(request, len(noted))
    return redirect("own_lessons")


@page("registration.take_back")
@require_POST
def take_back(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take back a reason, for every lesson it was noted for at once."""
    visible = Explanation.objects.visible_to(viewer, "registration.take_back")
    one = get_object_or_404(visible, public_id=public_id)
    together = list(visible.standing().filter(together=one.together))
    actions.take_back(explanations=together, by=viewer, at=viewer.now)
    messages.success(request, _("Skälet är borttaget. Lektionerna väntar igen."))
    if viewer.may("registration.own"):
        return redirect("own_lessons")
    place = get_object_or_404(scope.schools(viewer, "registration.take_back"), key=one.school_key)
    return redirect("registration_school", place.public_id)


def _own(request: HttpRequest, viewer: Viewer, form: WhyNot | None = None) -> HttpResponse:
    evidence = evidence_at(viewer.now)
    context = {
        "page": own_page(viewer, evidence) if evidence else None,
        "form": form or WhyNot(numbers=[]),
        "reasons": Reason.choices,
        "register_url": register_url(),
    }
    return render(request, "figures/registration/own.html", context)


def register_url() -> str:
    """Where lessons are acknowledged, if the installation says so; never anything but a page."""
    address: str = settings.REGISTER_ADDRESS
    return address if address.startswith(("https://", "http://")) else ""


def say_noted(request: HttpRequest, count: int) -> None:
    """Say for how many lessons a reason was noted."""
    said = ngettext(
        "Skälet är noterat för %(count)d lektion. Siffrorna ändras inte av det.",
        "Skälet är noterat för %(count)d lektioner. Siffrorna ändras inte av det.",
        count,
    )
    messages.success(request, said % {"count": count})
