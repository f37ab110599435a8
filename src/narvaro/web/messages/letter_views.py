"""Letters to many: each as its receiver will see it, who is passed over, sent off and undone."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.jobs.clock import installation_now
from narvaro.web.messages.actions import TooLate
from narvaro.web.messages.letters_to_many import release_letter, undo_letter
from narvaro.web.messages.models import Delivery, Letter
from narvaro.web.messages.pages import state_of
from narvaro.web.messages.registry import receiver_of

MOST = 50


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One receiver's letter as the maker sees it. A protected receiver has no name and no address."""

    delivery: Delivery
    name: str
    address: str
    state: str


@page("messages.letters")
def letters(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The letters one has made."""
    mine = Letter.objects.visible_to(viewer, "messages.letters")[:MOST]
    return render(request, "messages/letters.html", {"letters": mine})


@page("messages.letter")
def letter(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A letter before it leaves, and after."""
    found = _found(viewer, public_id, "messages.letter")
    every = list(found.deliveries.select_related("mail"))
    rows = [row for one in every if (row := _row(viewer, one)) is not None]
    log_reading(request, {row.delivery.about for row in rows if row.delivery.about})
    context = {
        "letter": found,
        "going": [one for one in rows if not one.delivery.skipped],
        "skipped": [one for one in rows if one.delivery.skipped],
        "may_undo": any(one.delivery.mail and one.delivery.mail.may_be_undone() for one in rows),
    }
    return render(request, "messages/letter.html", context)


@page("messages.release_letter")
@require_POST
def release(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Send it off, with ten minutes to take it back."""
    found = _found(viewer, public_id, "messages.release_letter")
    try:
        count = release_letter(letter=found, by=viewer, at=viewer.now)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        said = ngettext(
            "%(n)d brev skickas om tio minuter.", "%(n)d brev skickas om tio minuter.", count
        )
        messages.success(request, said % {"n": count})
    return redirect("letter", found.public_id)


@page("messages.undo_letter")
@require_POST
def undo(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take back what has not left."""
    found = _found(viewer, public_id, "messages.undo_letter")
    try:
        count = undo_letter(letter=found, by=viewer, at=viewer.now)
    except TooLate as late:
        messages.warning(request, str(late))
    else:
        said = ngettext("%(n)d brev är ångrat.", "%(n)d brev är ångrade.", count) % {"n": count}
        messages.success(request, said)
    return redirect("letter", found.public_id)


def _found(viewer: Viewer, public_id: str, action: str) -> Letter:
    return get_object_or_404(Letter.objects.visible_to(viewer, action), public_id=public_id)


def _row(viewer: Viewer, one: Delivery) -> DeliveryRow | None:
    """None when the receiver is not in the viewer's scope any more: nothing of the letter is shown."""
    receiver = receiver_of(viewer, one.receiver)
    if receiver is None:
        return None
    if receiver.is_protected:
        return DeliveryRow(one, _("Någon med skyddade uppgifter"), "", one.get_skipped_display())
    state = one.get_skipped_display()
    if one.mail is not None:
        state = state_of(one.mail, installation_now())
    return DeliveryRow(one, receiver.name, receiver.address, state)
