"""One receiver's letter as its maker sees it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.jobs.clock import installation_now
from narvaro.web.messages.letters_to_many import may_have_paper
from narvaro.web.messages.models import Delivery
from narvaro.web.messages.pages import is_in_doubt, state_of
from narvaro.web.messages.registry import OnPaper, receiver_of
from narvaro.web.ui.written import moment


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One receiver's letter. A protected receiver has no name and no address.

    `number` is its place in the letter, from 1.
    """

    delivery: Delivery
    number: int
    name: str
    address: str
    state: str
    may_retry: bool = False
    may_undo: bool = False
    may_be_drawn: bool = False


def row_of(viewer: Viewer, one: Delivery, number: int) -> DeliveryRow | None:
    """None when the receiver is not in the viewer's scope any more: nothing of the letter is shown."""
    receiver = receiver_of(viewer, one.receiver)
    if receiver is None:
        return None
    drawn = may_have_paper(receiver)
    if receiver.is_protected:
        name = _("Någon med skyddade uppgifter")
        return DeliveryRow(one, number, name, "", state_in_words(one), may_be_drawn=drawn)
    mail, now = one.mail, installation_now()
    return DeliveryRow(
        one,
        number,
        receiver.name,
        receiver.address,
        state_in_words(one),
        mail is not None and (mail.failed_at is not None or is_in_doubt(mail, now)),
        mail is not None and mail.may_be_undone(),
        drawn,
    )


def state_in_words(one: Delivery) -> str:
    """How far it has come: by mail, on paper, or why there is none."""
    if one.mail is not None:
        return state_of(one.mail, installation_now())
    why = str(one.get_skipped_display())
    if not one.on_paper:
        return why
    if one.printed_at is not None:
        return _("På papper, utskrivet %(when)s.") % {"when": moment(one.printed_at)}
    return _("På papper, inte utskrivet än.")


def paper_of(viewer: Viewer, one: Delivery) -> OnPaper | None:
    """What stands on the paper; None when nothing may be printed for them."""
    receiver = receiver_of(viewer, one.receiver)
    if receiver is None or not may_have_paper(receiver):
        return None
    return OnPaper(
        kind=one.letter.kind,
        about=one.about,
        language=one.language,
        subject=one.subject,
        body=one.body,
        name=receiver.paper_name,
        postal=one.postal,
        is_protected=receiver.is_protected,
    )
