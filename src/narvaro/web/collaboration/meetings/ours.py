"""What other authorities have to do after a meeting, in a place of their own.

The words of a decision are the pupil's affair: they are read in the minutes that were disclosed, as
long as that disclosure has a live ground. Without one the page says only that there is something to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.contacts import units_of
from narvaro.web.collaboration.meetings import actions
from narvaro.web.collaboration.meetings.forms import VersionForm
from narvaro.web.collaboration.models import Decision
from narvaro.web.consent.items import Item
from narvaro.web.disclosures.models import Disclosed


@dataclass(frozen=True, slots=True)
class OurRow:
    """A decision of the viewer's unit: from whom, by when; the words' disclosure when one is live."""

    decision: Decision
    authority: str
    disclosure: str


def ours(viewer: Viewer, action: str) -> QuerySet[Decision]:
    """The decisions of held meetings that the viewer's units of today are to do."""
    mine = units_of(viewer, action, viewer.now)
    rows = Decision.objects.filter(
        owner_unit__in=mine, meeting__held_at__lte=viewer.now, meeting__cancelled_at=None
    )
    return rows.select_related("meeting__call__pupil", "meeting__call__case__authority")


def rows_of(viewer: Viewer, action: str) -> Iterator[OurRow]:
    """The same, with where the words are read."""
    live = (
        Disclosed.objects.live_for(viewer, viewer.now)
        .filter(item=Item.MINUTES)
        .select_related("disclosure")
        .order_by("disclosure__made_at", "pk")
    )
    given = {one.disclosure.pupil_id: one.disclosure.public_id for one in live}
    for one in ours(viewer, action).order_by("due_on", "pk"):
        call = one.meeting.call
        yield OurRow(one, call.case.authority.name, given.get(call.pupil_id, ""))


@page("joint_meetings.ours")
def our_decisions(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the viewer's unit is to do, and what it has done."""
    rows: Sequence[OurRow] = list(rows_of(viewer, "joint_meetings.ours"))
    log_reading(request, [f"decision:{one.decision.public_id}" for one in rows])
    context = {
        "to_do": [one for one in rows if one.decision.done_at is None],
        "done": [one for one in rows if one.decision.done_at is not None],
        "today": viewer.today,
        "crumbs": [(_("Det ni ska göra"), "")],
    }
    return render(request, "collaboration/our_decisions.html", context)


@page("joint_meetings.done_by_us")
@require_POST
def done_by_us(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The unit says that it is done."""
    row = get_object_or_404(ours(viewer, "joint_meetings.done_by_us"), public_id=public_id)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        actions.mark_done(decision=row, version=version, by=viewer, at=viewer.now)
    except (Refused, ChangedMeanwhile):
        messages.warning(request, _("Det är redan markerat som gjort, eller har ändrats."))
    else:
        messages.success(request, _("Markerat som gjort. Den som kallade ser det."))
    return redirect("our_decisions")
