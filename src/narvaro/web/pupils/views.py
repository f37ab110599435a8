"""Lists of pupils, search, contacts, and who may see a protected one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.pupils import actions
from narvaro.web.pupils.forms import AccessForm, OpenForm, SearchForm
from narvaro.web.pupils.models import Access, HeldBack, Pupil, Pupils
from narvaro.web.pupils.numbers import decrypt, index_of
from narvaro.web.pupils.opening import reason_given, remember
from narvaro.web.pupils.pages import by_class, name_of
from narvaro.web.ui.sorting import sort_key

MOST_FOUND = 50


@page("pupils.list")
def pupil_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The viewer's pupils, class by class."""
    pupils = list(Pupil.objects.visible_to(viewer, "pupils.list").in_name_order())
    log_reading(request, [f"pupil:{one.public_id}" for one in pupils])
    context = {"classes": by_class(viewer, pupils), "count": len(pupils), "form": SearchForm()}
    return render(request, "pupils/list.html", context)


@page("pupils.search")
def search(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Those of the viewer's pupils who have the name or the number. No protected ones."""
    form = SearchForm(request.POST or None)
    found: list[Pupil] = []
    if form.is_valid():
        found = _found(viewer, form.cleaned_data["text"])
    log_reading(request, [f"pupil:{one.public_id}" for one in found], kind=Kind.SEARCH)
    context = {
        "form": form,
        "classes": by_class(viewer, found[:MOST_FOUND]),
        "count": len(found),
        "has_asked": form.is_bound and form.is_valid(),
        "is_cut": len(found) > MOST_FOUND,
        "has_emergency_access": viewer.may("emergency.open"),
    }
    return render(request, "pupils/search.html", context)


def _found(viewer: Viewer, text: str) -> list[Pupil]:
    mine = Pupil.objects.named_to(viewer, "pupils.search")
    words = Q()
    for word in text.split()[:6]:
        words &= Q(sort_name__contains=sort_key(word))
    is_number = sum(letter.isdigit() for letter in text) >= 6
    wanted = Q(number_index=index_of(text)) if is_number else words
    return list(mine.filter(wanted).in_name_order()[: MOST_FOUND + 1])


@page("pupils.open_protected")
def open_protected(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Ask for the reason, then go on to the pupil's page."""
    mine = Pupil.objects.visible_to(viewer, "pupils.open_protected")
    pupil = get_object_or_404(mine.exclude(protection="none"), public_id=public_id)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remember(request, viewer, pupil, form.cleaned_data["reason"])
        return redirect("pupil", public_id=pupil.public_id)
    return render(request, "pupils/open_protected.html", {"form": form})


@page("pupils.contacts")
def contacts(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The pupil's guardians, each protected apart; no number."""
    pupil = get_object_or_404(
        Pupil.objects.visible_to(viewer, "pupils.contacts"), public_id=public_id
    )
    reason = reason_given(request, viewer, pupil)
    if reason is None:
        return redirect("pupils_open", public_id=pupil.public_id)
    log_reading(request, [f"pupil:{pupil.public_id}"], reason=reason)
    context = {
        "pupil": pupil,
        "name": name_of(pupil),
        "guardians": pupil.guardians.order_by("family_name", "given_name", "pk"),
        "may_see_number": viewer.may("pupils.number"),
        "may_hold_letters": viewer.may("pupils.hold_letters"),
        "held_back": HeldBack.choices,
    }
    return render(request, "pupils/contacts.html", context)


@page("pupils.hold_letters")
@require_POST
def hold_letters(
    request: HttpRequest, viewer: Viewer, public_id: str, guardian_id: str
) -> HttpResponse:
    """Note whether letters may go to a guardian at all, and why not."""
    mine = Pupil.objects.visible_to(viewer, "pupils.hold_letters")
    pupil = get_object_or_404(mine, public_id=public_id)
    guardian = get_object_or_404(pupil.guardians, public_id=guardian_id)
    if reason_given(request, viewer, pupil) is None:
        return redirect("pupils_open", public_id=pupil.public_id)
    said = request.POST.get("held_back", "")
    if said in HeldBack.values:
        actions.hold_letters(guardian, HeldBack(said), by=viewer, at=viewer.now)
        messages.success(request, _("Sparat."))
    return redirect("pupils_contacts", public_id=pupil.public_id)


@page("pupils.number")
@require_POST
def number(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The pupil's personal number, for those who need it; asked for by a button, and logged."""
    pupil = get_object_or_404(
        Pupil.objects.visible_to(viewer, "pupils.number"), public_id=public_id
    )
    reason = reason_given(request, viewer, pupil)
    if reason is None:
        return redirect("pupils_open", public_id=pupil.public_id)
    log_reading(request, [f"pupil:{pupil.public_id}"], reason=reason)
    context = {"pupil": pupil, "name": name_of(pupil), "number": decrypt(pupil.number_encrypted)}
    return render(request, "pupils/number.html", context)


@page("pupils.protected")
def protected(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The principal's list of who may see each pupil with a protected identity; no names."""
    pupils = list(_protected(viewer).order_by("pk").prefetch_related("access_list__account"))
    log_reading(request, [f"pupil:{one.public_id}" for one in pupils])
    context = {"pupils": pupils, "form": AccessForm(viewer=viewer), "today": viewer.today}
    return render(request, "pupils/protected.html", context)


@page("pupils.access")
@require_POST
def access(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Put somebody on a pupil's list."""
    pupil = get_object_or_404(_protected(viewer), public_id=public_id)
    form = AccessForm(request.POST, viewer=viewer)
    if not form.is_valid():
        log_reading(request, [f"pupil:{pupil.public_id}"])
        context = {"pupils": [pupil], "form": form, "today": viewer.today}
        return render(request, "pupils/protected.html", context, status=422)
    actions.give_access(
        pupil,
        form.cleaned_data["account"],
        to_on=form.cleaned_data["to_on"],
        by=viewer,
        at=viewer.now,
    )
    return redirect("pupils_protected")


@page("pupils.access_end")
@require_POST
def access_end(_request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take somebody off a pupil's list."""
    mine = Access.objects.filter(pupil__in=_protected(viewer)).select_related("pupil", "account")
    actions.end_access(get_object_or_404(mine, public_id=public_id), by=viewer, at=viewer.now)
    return redirect("pupils_protected")


@page("pupils.count_only")
@require_POST
def count_only(_request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take a protected pupil's names out of the system; the pupil is counted only."""
    pupil = get_object_or_404(_protected(viewer), public_id=public_id)
    actions.count_only([pupil], by=viewer, at=viewer.now)
    return redirect("pupils_protected")


def _protected(viewer: Viewer) -> Pupils:
    return Pupil.objects.at_own_places(viewer, "pupils.protected").exclude(protection="none")
