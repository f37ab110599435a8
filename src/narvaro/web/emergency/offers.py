"""What emergencies offer to the pages that gather: one's own open ones, and those to review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.emergency.actions import REVIEW
from narvaro.web.emergency.models import Opening
from narvaro.web.emergency.pages import PAGE
from narvaro.web.ui.registry import QueueGroup, QueueRow, offer_queue
from narvaro.web.ui.written import STOCKHOLM, moment

REVIEWED_WITHIN = timedelta(days=7)


def fill() -> None:
    """Called once, at the start."""
    offer_queue(_to_review)
    offer_queue(_own)


def _to_review(viewer: Viewer) -> Iterable[QueueRow]:
    """Stays until it is answered; who reviews is told of it here, without a name."""
    if not viewer.may(REVIEW):
        return
    waiting = Opening.objects.visible_to(viewer, REVIEW).filter(review=None)
    for one in waiting.select_related("school").order_by("opened_at"):
        due = (one.opened_at + REVIEWED_WITHIN).astimezone(STOCKHOLM).date()
        yield QueueRow(
            key=f"emergency {one.public_id}",
            group=QueueGroup.LATE if due < viewer.today else QueueGroup.NEW,
            title=_("Granska nödåtkomst %(when)s") % {"when": moment(one.opened_at)},
            why=_("%(school)s. %(why)s.")
            % {"school": one.school.name, "why": one.get_why_display()},
            verb=_("Granska"),
            url=reverse("emergency_review", args=[one.public_id]),
            due_on=due,
        )


def _own(viewer: Viewer) -> Iterable[QueueRow]:
    """The way back while it lasts."""
    if not viewer.may(PAGE):
        return
    for one in Opening.objects.visible_to(viewer, PAGE).open_at(viewer.now):
        yield QueueRow(
            key=f"emergency own {one.public_id}",
            group=QueueGroup.NEW,
            title=_("Nödåtkomst till %(when)s") % {"when": moment(one.ends_at)},
            why=_("Du öppnade en elev. Den som granskar är underrättad."),
            verb=_("Öppna"),
            url=reverse("emergency_page", args=[one.public_id]),
        )
