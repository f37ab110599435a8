"""Pages of log reviews."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Conclusion, Outcome, Review, Sample
from narvaro.web.overview.log_review import actions
from narvaro.web.overview.log_review.forms import CloseForm, OutcomeForm, WishForm
from narvaro.web.overview.log_review.pages import review_page, reviews_of


@page("audit.reviews")
def reviews(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Reviews that were made, and a form that begins one."""
    usual = {
        "sample": Sample.RANDOM,
        "from_on": viewer.today - timedelta(days=30),
        "to_on": viewer.today,
    }
    form = WishForm(request.POST or None, viewer=viewer, initial=usual)
    if request.method == "POST" and form.is_valid():
        made = actions.begin(wish=form.wish(), by=viewer, at=viewer.now)
        return redirect("log_review", made.public_id)
    context = {"form": form, "reviews": reviews_of(viewer)[:100]}
    return render(request, "overview/log_review/reviews.html", context)


@page("audit.review")
def review(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One review and the entries that were drawn."""
    found = get_object_or_404(reviews_of(viewer), public_id=public_id)
    log_reading(request, [f"review:{found.public_id}"])
    context = {
        "page": review_page(viewer, found),
        "form": CloseForm(),
        "outcomes": Outcome.choices,
    }
    return render(request, "overview/log_review/review.html", context)


@page("audit.review_outcome")
@require_POST
def outcome(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What was found of one entry."""
    found, form = _mine(viewer, public_id), OutcomeForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    try:
        actions.note(
            review=found,
            number=said["number"],
            outcome=Outcome(said["outcome"]),
            by=viewer,
            at=viewer.now,
        )
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("log_review", found.public_id)


@page("audit.review_close")
@require_POST
def close(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """End a review with a conclusion."""
    found, form = _mine(viewer, public_id), CloseForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Välj en slutsats; anteckningen får ha högst 1 000 tecken."))
        return redirect("log_review", found.public_id)
    said = form.cleaned_data
    try:
        actions.close(
            review=found,
            conclusion=Conclusion(said["conclusion"]),
            note=said["note"],
            by=viewer,
            at=viewer.now,
        )
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("log_review", found.public_id)


def _mine(viewer: Viewer, public_id: str) -> Review:
    return get_object_or_404(Review, by=viewer.account.public_id, public_id=public_id)
