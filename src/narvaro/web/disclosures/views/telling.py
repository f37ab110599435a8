"""The pages of who discloses: the list, choosing, the preview, one disclosure, its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.asking import live_items_of
from narvaro.web.consent.items import Item
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures import actions
from narvaro.web.disclosures.content import all_shown
from narvaro.web.disclosures.forms import ByConsentForm, EndForm, OtherGroundForm, receiver_in_words
from narvaro.web.disclosures.live import live_items
from narvaro.web.disclosures.models import Disclosure
from narvaro.web.disclosures.pages import (
    as_frozen,
    as_shown,
    ground_in_words,
    rows_of,
    state_in_words,
    usable_consents,
    words_of,
)
from narvaro.web.disclosures.views.finding import (
    case_of,
    disclosure_for,
    pupil_for,
    told_the_log,
    way_to,
)
from narvaro.web.disclosures.wishes import ConsentIsGone, ContentHasChanged, Preview, Wish
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.pages import name_of

DiscloseForm = ByConsentForm | OtherGroundForm
SEND = "disclosures.send"


@page("disclosures.list")
def of_pupil(request: HttpRequest, viewer: Viewer, pupil_id: str) -> HttpResponse:
    """What has been told of a pupil, and what can be told now."""
    pupil = pupil_for(viewer, "disclosures.list", pupil_id)
    if away := told_the_log(request, viewer, pupil):
        return away
    found = Disclosure.objects.filter(pupil=pupil, made_at__lte=viewer.now)
    context = {
        "pupil": pupil,
        "name": name_of(pupil),
        "rows": rows_of(found, viewer.now),
        "consents": usable_consents(pupil, viewer) if viewer.may(SEND) else [],
        "crumbs": way_to(pupil, viewer),
    }
    return render(request, "disclosures/list.html", context)


@page(SEND)
def by_consent(
    request: HttpRequest, viewer: Viewer, pupil_id: str, consent_id: str
) -> HttpResponse:
    """Tell by a consent: choose, look at what the receiver will see, send."""
    pupil = pupil_for(viewer, SEND, pupil_id)
    mine = Consent.objects.filter(pupil=pupil).select_related("pupil", "receiver__authority")
    consent = get_object_or_404(mine, public_id=consent_id)
    if away := told_the_log(request, viewer, pupil):
        return away
    live = live_items_of([consent], at=viewer.now)[consent.pk]
    form = ByConsentForm(request.POST or None, consent=consent, viewer=viewer)
    if request.method != "POST" and not live:
        return _gone(request, viewer, pupil)
    said = {"receiver": receiver_in_words(consent.receiver), "purpose": consent.purpose}
    return _asked(request, viewer, pupil, form, said | _offered(form, live, pupil, viewer))


@page(SEND)
def otherwise(request: HttpRequest, viewer: Viewer, pupil_id: str) -> HttpResponse:
    """Tell without consent: by a duty, or after a harm test."""
    pupil = pupil_for(viewer, SEND, pupil_id)
    if away := told_the_log(request, viewer, pupil):
        return away
    form = OtherGroundForm(request.POST or None, viewer=viewer)
    return _asked(request, viewer, pupil, form, _offered(form, frozenset(Item), pupil, viewer))


def _offered(
    form: DiscloseForm, items: frozenset[Item], pupil: Pupil, viewer: Viewer
) -> dict[str, Any]:
    """Let what has something to show be chosen, and tell what has nothing."""
    if form.is_bound:
        return {}
    there = all_shown(items, pupil, case_of(pupil, viewer), viewer)
    form.offer(there)
    return {"nothing": words_of(items - set(there))}


def _asked(
    request: HttpRequest, viewer: Viewer, pupil: Pupil, form: DiscloseForm, said: dict[str, Any]
) -> HttpResponse:
    """The form, the preview of what it asks for, or the act."""
    step = request.POST.get("step", "")
    context = {
        "form": form,
        "name": name_of(pupil),
        "back": reverse("disclosures", args=[pupil.public_id]),
        "crumbs": way_to(pupil, viewer, (_("Dela"), "")),
        **said,
    }
    if request.method != "POST" or step == "change" or not form.is_valid():
        status = 422 if form.is_bound and step != "change" else 200
        return render(request, "disclosures/form.html", context, status=status)
    wish = form.wish(pupil, case_of(pupil, viewer))
    try:
        if step == "send":
            return _sent(request, viewer, wish, form)
        seen = actions.preview(wish, by=viewer, at=viewer.now)
    except ConsentIsGone:
        return _gone(request, viewer, pupil)
    except ContentHasChanged as changed:
        context["changed"] = str(changed)
        seen = actions.preview(wish, by=viewer, at=viewer.now)
    except Refused as refused:
        form.add_error(None, str(refused))
        return render(request, "disclosures/form.html", context, status=422)
    return _previewed(request, wish, form, seen, context)


def _sent(request: HttpRequest, viewer: Viewer, wish: Wish, form: DiscloseForm) -> HttpResponse:
    given = form.cleaned_data
    made = actions.disclose(wish, seen=given["seen"], key=given["key"], by=viewer, at=viewer.now)
    messages.success(request, _("Uppgifterna är delade. Mottagaren kan läsa dem nu."))
    return redirect("disclosure", public_id=made.public_id)


def _previewed(
    request: HttpRequest, wish: Wish, form: DiscloseForm, seen: Preview, context: dict[str, Any]
) -> HttpResponse:
    """The same answers again, hidden, with the hash of what is looked at."""
    again = [(name, value) for name in form.fields for value in form.data.getlist(name)]  # type: ignore[attr-defined]
    context |= {
        "again": [(name, value) for name, value in again if name != "seen"],
        "seen": seen.seen,
        "items": as_shown(seen.shown),
        "receiver": receiver_in_words(wish.receiver),
        "until_on": wish.until_on,
        "purpose": wish.purpose,
        "is_protected": wish.pupil.is_protected,
    }
    status = 409 if context.get("changed") else 200
    return render(request, "disclosures/preview.html", context, status=status)


def _gone(request: HttpRequest, viewer: Viewer, pupil: Pupil) -> HttpResponse:
    """The consent does not hold: nothing was sent, and that is said."""
    context = {
        "name": name_of(pupil),
        "back": reverse("disclosures", args=[pupil.public_id]),
        "crumbs": way_to(pupil, viewer, (_("Dela"), "")),
    }
    return render(request, "disclosures/gone.html", context, status=409)


@page("disclosures.disclosure")
def disclosure(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One disclosure as it was told, its ground, and who has looked."""
    found = disclosure_for(viewer, "disclosures.disclosure", public_id)
    return _one(request, viewer, found, EndForm())


@page("disclosures.end")
@require_POST
def end(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """End it now."""
    found = disclosure_for(viewer, "disclosures.end", public_id)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            actions.end(found, form.reason(), by=viewer, at=viewer.now)
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("Mottagaren kan inte läsa det längre."))
        return redirect("disclosure", public_id=found.public_id)
    return _one(request, viewer, found, form, status=422)


def _one(
    request: HttpRequest, viewer: Viewer, found: Disclosure, form: EndForm, *, status: int = 200
) -> HttpResponse:
    about = f"disclosure:{found.public_id}"
    if away := told_the_log(request, viewer, found.pupil, about):
        return away
    live = live_items(Disclosure.objects.filter(pk=found.pk), viewer.now)[found.pk]
    context = {
        "one": found,
        "name": name_of(found.pupil),
        "receiver": receiver_in_words(found.receiver),
        "ground": ground_in_words(found),
        "state": state_in_words(found, live),
        "live": words_of(live),
        "items": as_frozen(found.items.all()),
        "readings": found.looks.select_related("account", "unit"),
        "form": form if viewer.may("disclosures.end") and not found.is_ended else None,
        "crumbs": way_to(found.pupil, viewer, (_("Utlämnande"), "")),
    }
    return render(request, "disclosures/disclosure.html", context, status=status)
