"""Letters to many sent off, taken back, thrown away, and tried again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.messages import actions
from narvaro.web.messages.actions import TooLate
from narvaro.web.messages.letter_views import letter_for
from narvaro.web.messages.letters_to_many import drop_letter, release_letter, undo_letter
from narvaro.web.messages.models import Letter, Mail


@page("messages.release_letter")
@require_POST
def release(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Send it off, with ten minutes to take it back."""
    found = letter_for(viewer, public_id, "messages.release_letter")
    try:
        release_letter(letter=found, by=viewer, at=viewer.now)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        _told(request, found)
    return redirect("letter", found.public_id)


def _told(request: HttpRequest, found: Letter) -> None:
    mails = found.deliveries.exclude(mail=None).count()
    papers = found.deliveries.filter(on_paper=True).count()
    if mails:
        said = ngettext(
            "%(n)d brev skickas om tio minuter.", "%(n)d brev skickas om tio minuter.", mails
        )
        messages.success(request, said % {"n": mails})
    if papers:
        said = ngettext(
            "%(n)d brev väntar på att skrivas ut.", "%(n)d brev väntar på att skrivas ut.", papers
        )
        messages.success(request, said % {"n": papers})


@page("messages.undo_letter")
@require_POST
def undo(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take back what has not left."""
    found = letter_for(viewer, public_id, "messages.undo_letter")
    try:
        count = undo_letter(letter=found, by=viewer, at=viewer.now)
    except TooLate as late:
        messages.warning(request, str(late))
    else:
        said = ngettext("%(n)d brev är ångrat.", "%(n)d brev är ångrade.", count) % {"n": count}
        messages.success(request, said)
    return redirect("letter", found.public_id)


@page("messages.drop_letter")
@require_POST
def drop(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Throw away what was never sent off."""
    found = letter_for(viewer, public_id, "messages.drop_letter")
    try:
        drop_letter(letter=found, by=viewer, at=viewer.now)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("letter", found.public_id)
    messages.success(request, _("Brevet är kastat. Inget skickades."))
    return redirect("letters")


@page("messages.retry_letter")
@require_POST
def retry(request: HttpRequest, viewer: Viewer, public_id: str, number: int) -> HttpResponse:
    """Try one receiver's mail again, once it has failed or may have been lost."""
    found = letter_for(viewer, public_id, "messages.retry_letter")
    mail = _mail(found, number)
    try:
        actions.send_again(mail=mail, by=viewer, at=viewer.now)
    except TooLate as late:
        messages.warning(request, str(late))
    else:
        messages.success(request, _("Brevet skickas igen."))
    return redirect("letter", found.public_id)


@page("messages.undo_letter")
@require_POST
def undo_one(request: HttpRequest, viewer: Viewer, public_id: str, number: int) -> HttpResponse:
    """Take back one receiver's mail before it has left."""
    found = letter_for(viewer, public_id, "messages.undo_letter")
    mail = _mail(found, number)
    try:
        actions.undo(mail=mail, by=viewer, at=viewer.now)
    except TooLate as late:
        messages.warning(request, str(late))
    else:
        messages.success(request, _("Brevet är ångrat. Det skickas inte."))
    return redirect("letter", found.public_id)


def _mail(found: Letter, number: int) -> Mail:
    mine = list(found.deliveries.select_related("mail"))
    mail = mine[number - 1].mail if 0 < number <= len(mine) else None
    if mail is None:
        raise Http404
    return mail
