"""Writes of answers: signed in, by a link, or noted by who calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.actions.holding import held_call
from narvaro.web.collaboration.actions.telling import tell
from narvaro.web.collaboration.links import LinkState, close_links, state_of
from narvaro.web.collaboration.models import Answer, AnswerLink, Called, How


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit answers: whether, at which of the proposed times (ids), and who comes."""

    answer: Answer
    times: tuple[int, ...] = ()
    person: str = ""


def answer(*, called: Called, said: Said, by: Viewer, at: datetime) -> None:
    """Answer for one's own unit, signed in. Raises Refused when there is nothing to answer."""
    with transaction.atomic():
        kept = _kept(called)
        _keep(kept, said, How.ACCOUNT, by.account, at)
        tell(by, "collaboration.answer", kept.call, at, f"unit:{kept.unit.public_id}")


def note_answer(*, called: Called, said: Said, by: Viewer, at: datetime) -> None:
    """Note what a unit has said by telephone or mail. Raises Refused."""
    with transaction.atomic():
        kept = _kept(called)
        _keep(kept, said, How.TOLD, by.account, at)
        tell(by, "collaboration.note_answer", kept.call, at, f"unit:{kept.unit.public_id}")


class LinkIsGone(Refused):
    """The link was used, ended or closed while the page was open."""


def answer_by_link(*, link: AnswerLink, said: Said, at: datetime) -> None:
    """Answer once by a link. Raises LinkIsGone when it has been used, or is no longer good."""
    with transaction.atomic():
        kept = _kept(link.called)
        mine = AnswerLink.objects.select_for_update(no_key=True).get(pk=link.pk)
        mine.called = kept
        if state_of(mine, at) != LinkState.OPEN:
            raise LinkIsGone(_("Länken gäller inte längre."))
        mine.used_at = at
        mine.save(update_fields=["used_at"])
        _keep(kept, said, How.LINK, None, at)
        unit, used = f"unit:{kept.unit.public_id}", f"link:{mine.public_id}"
        tell(None, "collaboration.answer_by_link", kept.call, at, unit, used)


def _kept(called: Called) -> Called:
    call = held_call(called.call, _("Kallelsen gäller inte längre."))
    rows = call.called.select_related("unit", "contact").select_for_update(
        no_key=True, of=("self",)
    )
    kept = rows.get(pk=called.pk)
    kept.call = call
    if kept.stopped_at is not None:
        raise Refused(_("Kallelsen gäller inte längre för er."))
    return kept


def _keep(kept: Called, said: Said, how: How, by: Account | None, at: datetime) -> None:
    if said.answer == Answer.NONE:
        raise Refused(_("Välj ett svar."))
    comes = said.answer != Answer.NO
    kept.answer, kept.answered_at, kept.how, kept.answered_by = said.answer, at, how, by
    kept.person = said.person if comes else ""
    kept.version += 1
    kept.save()
    kept.times.set(kept.call.proposed.filter(pk__in=said.times) if comes else [])
    if how != How.LINK:
        close_links(kept, at)
