"""Pages of an emergency: open a pupil, what is shown then, what waits for a review."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.out_of_reach import OutOfReach
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.emergency import actions
from narvaro.web.emergency.finding import MOST_MISSES, misses, named, openable, there
from narvaro.web.emergency.forms import OpenForm, ReviewForm
from narvaro.web.emergency.models import Finding, Opening, Why
from narvaro.web.emergency.pages import opened_page, review_page
from narvaro.web.pupils.models import Pupil

MOST_LISTED = 100


@page("emergency.open")
def open_pupil(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Say whom and why; whoever reaches the pupil anyhow is led to the pupil's page."""
    form = OpenForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        if misses(viewer) >= MOST_MISSES:
            form.add_error(None, _("Du har sökt för många gånger i dag. Ring skolans rektor."))
        elif (answer := _opened(viewer, form)) is not None:
            return answer
    mine = Opening.objects.visible_to(viewer, "emergency.page").open_at(viewer.now)
    context = {"form": form, "mine": mine.order_by("-opened_at")}
    return render(request, "emergency/open.html", context, status=422 if form.errors else 200)


def _opened(viewer: Viewer, form: OpenForm) -> HttpResponse | None:
    """Where to go on; None when nobody was opened, which the form says then."""
    said = form.cleaned_data
    found = named(viewer, said["school"], said["who"])
    pupil = found[0] if len(found) == 1 else None
    if pupil is None or pupil.is_protected:
        actions.note_miss(
            protected=[one for one in found if one.is_protected], by=viewer, at=viewer.now
        )
        form.add_error(
            "who", _("Ingen elev öppnades. Skriv hela namnet, eller ring skolans rektor.")
        )
        return None
    if Pupil.objects.visible_to(viewer, "pupils.pupil").filter(pk=pupil.pk).exists():
        return redirect("pupil", public_id=pupil.public_id)
    try:
        made = actions.open_pupil(
            pupil=pupil,
            school=said["school"],
            why=Why(said["why"]),
            words=said["words"],
            by=viewer,
            at=viewer.now,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    return redirect("emergency_page", made.public_id)


@page("emergency.page")
def opened(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What the emergency opened, for three hours; each look is logged with the reason."""
    mine = Opening.objects.visible_to(viewer, "emergency.page").select_related("pupil", "school")
    opening = get_object_or_404(mine, public_id=public_id)
    still = openable(there(viewer, opening.school)).filter(pk=opening.pupil_id).exists()
    if not still or viewer.now >= opening.ends_at:
        raise OutOfReach(
            _("Nödåtkomsten är slut"),
            _("Den gällde i tre timmar, så länge eleven kan öppnas så."),
            _("Behövs mer: ring skolans rektor."),
        )
    subjects = [f"pupil:{opening.pupil.public_id}", f"opening:{opening.public_id}"]
    log_reading(request, subjects, reason=opening.why)
    return render(request, "emergency/page.html", {"page": opened_page(viewer, opening)})


@page("emergency.reviews")
def reviews(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every opening that the viewer reviews, those that wait first; no pupil's name."""
    mine = Opening.objects.visible_to(viewer, "emergency.reviews")
    every = mine.select_related("account", "school", "review").order_by("-opened_at")
    context = {
        "waiting": every.filter(review=None)[:MOST_LISTED],
        "reviewed": every.exclude(review=None)[:MOST_LISTED],
    }
    return render(request, "emergency/reviews.html", context)


@page("emergency.review")
def review(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One opening, and what the viewer finds."""
    mine = Opening.objects.visible_to(viewer, actions.REVIEW)
    opening = (
        mine.select_related("pupil", "school", "account", "assignment", "review")
        .filter(public_id=public_id)
        .first()
    )
    if opening is None:
        raise Http404
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review(
                opening=opening,
                finding=Finding(form.cleaned_data["finding"]),
                words=form.cleaned_data["words"],
                by=viewer,
                at=viewer.now,
            )
            messages.success(request, _("Granskningen är sparad."))
        except Refused as refused:
            messages.warning(request, str(refused))
        return redirect("emergency_review", opening.public_id)
    log_reading(request, [f"pupil:{opening.pupil.public_id}", f"opening:{opening.public_id}"])
    context = {
        "page": review_page(viewer, opening),
        "form": form,
        "review": getattr(opening, "review", None),
    }
    return render(request, "emergency/review.html", context, status=422 if form.errors else 200)
