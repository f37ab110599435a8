"""Every write about consent. The consent is locked first, what is told of it next, the log last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.consent.items import (
    GIVING,
    MOST_ITEMS,
    SAYING_NO,
    How,
    Item,
    State,
    Who,
    WhyNotAsked,
)
from narvaro.web.consent.models import Answer, Consent
from narvaro.web.consent.registry import tell_withdrawn
from narvaro.web.consent.rules import LONGEST
from narvaro.web.pupils.models import Guardian, HeldBack, Pupil


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """What is asked for. Does not print what it holds."""

    receiver: Unit
    purpose: str
    items: Collection[Item]
    from_on: date
    to_on: date


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered: `guardian` None is the pupil. `items` are read of `partly` only."""

    guardian: Guardian | None
    state: State
    on: date
    how: How | None = None
    items: Collection[Item] = ()
    why_not_asked: WhyNotAsked | None = None


def ask(pupil: Pupil, asked: Question, *, by: Viewer, at: datetime) -> Consent:
    """Keep what is to be asked for; nothing may be shared before the answers.

    A guardian who is noted as a threat is recorded as not asked. Raises Refused for all items at
    once, none, no purpose, too long a time, or a receiver of the pupil's own authority.
    """
    _check_question(pupil, asked)
    with transaction.atomic():
        made = Consent.objects.create(
            pupil=pupil,
            receiver=asked.receiver,
            purpose=asked.purpose.strip(),
            items=_sorted(asked.items),
            from_on=asked.from_on,
            to_on=asked.to_on,
            made_by=by.account,
            made_at=at,
        )
        for threat in pupil.guardians.filter(held_back=HeldBack.THREAT).order_by("pk"):
            why = WhyNotAsked.THREAT
            _keep(
                made,
                Given(threat, State.NOT_ASKED, by.today, why_not_asked=why),
                by=by,
                at=at,
            )
        _log("consent.ask", made, by=by, at=at)
    return made


def answer(consent: Consent, given: Given, *, version: int, by: Viewer, at: datetime) -> Answer:
    """Record what somebody answered; it counts from this moment, and ends sharing at once.

    Who builds on consent is told of every answer that takes something back. Raises
    ChangedMeanwhile when somebody recorded another answer first, Refused for an answer that
    cannot be.
    """
    with transaction.atomic():
        kept = locked(Consent.objects.all(), consent.pk, version=version)
        before = _latest(kept, given)
        _check_answer(kept, given, before, by)
        kept.save(update_fields=["version"])
        made = _keep(kept, given, by=by, at=at)
        if given.state in SAYING_NO or before is not None:
            tell_withdrawn(kept, at, by)
        person = "pupil" if given.guardian is None else f"guardian:{given.guardian.public_id}"
        _log("consent.answer", kept, by=by, at=at, more=[person], reason=given.state)
    consent.version = kept.version
    return made


def withdraw(
    consent: Consent, guardian: Guardian | None, *, how: How, by: Viewer, at: datetime
) -> Answer:
    """Record that a guardian, or the pupil (None), takes the consent back: today, and at once.

    Whatever else was recorded meanwhile, a withdrawal is never turned away for it. Raises
    Refused when the person had not consented to anything.
    """
    with transaction.atomic():
        kept = Consent.objects.select_for_update(no_key=True).get(pk=consent.pk)
        given = Given(guardian, State.WITHDRAWN, by.today, how)
        made = answer(kept, given, version=kept.version, by=by, at=at)
    consent.version = kept.version
    return made


def _check_question(pupil: Pupil, asked: Question) -> None:
    if not asked.purpose.strip():
        raise Refused(_("Skriv vad uppgifterna ska användas till."))
    if not asked.items:
        raise Refused(_("Välj vilka uppgifter det gäller."))
    if len(set(asked.items)) > MOST_ITEMS:
        raise Refused(
            _("Ett samtycke kan inte gälla alla uppgifter. Välj dem som mottagaren behöver.")
        )
    if asked.receiver.authority_id == pupil.authority_id:
        raise Refused(_("Välj en mottagare hos en annan myndighet."))
    if asked.to_on < asked.from_on:
        raise Refused(_("Sista dagen kommer före den första."))
    if (asked.to_on - asked.from_on).days >= LONGEST:
        raise Refused(_("Ett samtycke gäller i högst ett år. Välj en tidigare sista dag."))


def _check_answer(consent: Consent, given: Given, before: Answer | None, by: Viewer) -> None:
    if given.guardian is not None and given.guardian.pupil_id != consent.pupil_id:
        raise Refused(_("Vårdnadshavaren hör inte till eleven."))
    if given.on > by.today:
        raise Refused(_("Dagen har inte varit än."))
    _check_threat(given)
    if given.state == State.WITHDRAWN and (before is None or before.state not in GIVING):
        raise Refused(_("Den som inte har samtyckt har inget att ta tillbaka."))
    if given.state == State.NOT_ASKED:
        _check_not_asked(given, before)
    elif given.how is None:
        raise Refused(_("Välj om svaret var muntligt eller skriftligt."))
    if given.state == State.PARTLY and not 0 < len(_part(consent, given)) < len(consent.items):
        raise Refused(_("Välj vilka av uppgifterna samtycket gäller: några, inte alla."))


def _check_threat(given: Given) -> None:
    """Who is noted as a threat is not asked; who is not is never passed over as one."""
    is_threat = given.guardian is not None and given.guardian.held_back == HeldBack.THREAT
    says_threat = given.why_not_asked == WhyNotAsked.THREAT
    if is_threat and given.state != State.NOT_ASKED:
        raise Refused(_("Vårdnadshavaren är noterad som ett hot och ska inte frågas."))
    if says_threat and not is_threat:
        raise Refused(_("Notera först hotet på sidan med elevens kontakter."))


def _check_not_asked(given: Given, before: Answer | None) -> None:
    if given.why_not_asked is None:
        raise Refused(_("Välj varför personen inte har tillfrågats."))
    no_custody = given.why_not_asked == WhyNotAsked.NO_CUSTODY
    if given.guardian is None and no_custody:
        raise Refused(_("Eleven har ingen vårdnad om sig själv. Välj ett annat skäl."))
    has_answered = before is not None and before.state != State.NOT_ASKED
    if has_answered and not no_custody:
        raise Refused(_("Personen har redan svarat."))


def _part(consent: Consent, given: Given) -> set[Item]:
    return set(given.items) & consent.asked_items


def _latest(consent: Consent, given: Given) -> Answer | None:
    """The person's answer that counts until now."""
    who = Who.PUPIL if given.guardian is None else Who.GUARDIAN
    mine = consent.answers.filter(who=who, guardian=given.guardian)
    return mine.order_by("on", "at", "pk").last()


def _keep(consent: Consent, given: Given, *, by: Viewer, at: datetime) -> Answer:
    items = {
        State.GIVEN: consent.asked_items,
        State.PARTLY: _part(consent, given),
    }.get(given.state, ())
    is_asked = given.state != State.NOT_ASKED
    return Answer.objects.create(
        consent=consent,
        who=Who.PUPIL if given.guardian is None else Who.GUARDIAN,
        guardian=given.guardian,
        state=given.state,
        items=_sorted(items),
        how=given.how if is_asked and given.how else "",
        on=given.on,
        at=at,
        recorded_by=by.account,
        why_not_asked="" if is_asked else given.why_not_asked or "",
    )


def _sorted(items: Collection[Item]) -> list[str]:
    return [one.value for one in Item if one in items]


def _log(
    action: str,
    consent: Consent,
    *,
    by: Viewer,
    at: datetime,
    more: Collection[str] = (),
    reason: str = "",
) -> None:
    subjects = [
        f"pupil:{consent.pupil.public_id}",
        f"consent:{consent.public_id}",
        f"unit:{consent.receiver.public_id}",
        *more,
    ]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects, reason=reason)
