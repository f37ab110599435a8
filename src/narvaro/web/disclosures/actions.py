"""Every write to disclosures; what is read by the receiver is written down here too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.consent.asking import held, live_items_of
from narvaro.web.consent.items import Item
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.content import Shown, frozen, hash_of
from narvaro.web.disclosures.grounds import Because
from narvaro.web.disclosures.live import live_items
from narvaro.web.disclosures.models import Disclosed, Disclosure, Looked
from narvaro.web.disclosures.registry import tell_ended
from narvaro.web.disclosures.wishes import ContentHasChanged, Preview, Wish, checked, looked_at
from narvaro.web.pupils.models import Pupil


def preview(wish: Wish, *, by: Viewer, at: datetime) -> Preview:
    """Exactly what the receiver will see, if it is sent now. Raises `Refused` (see `wishes`)."""
    consent = wish.consent
    live = live_items_of([consent], at=at)[consent.pk] if consent else frozenset[Item]()
    checked(wish, live, at)
    return looked_at(wish, by)


@transaction.atomic
def disclose(wish: Wish, *, seen: str, key: str, by: Viewer, at: datetime) -> Disclosure:
    """Tell the receiver, and freeze what was told. The same `key` again: the same disclosure.

    The ground is asked for anew under a lock: a withdrawal comes before this or after it, never
    in between. Raises `Refused`: `ConsentIsGone`, or `ContentHasChanged` when `seen` is not the
    hash of what would be sent now.
    """
    live = held(wish.consent, at=at) if wish.consent is not None else frozenset[Item]()
    Pupil.objects.select_for_update(no_key=True).get(pk=wish.pupil.pk)
    wish.pupil.refresh_from_db()
    already = Disclosure.objects.filter(key=key).first()
    if already is not None:
        if (already.made_by_id, already.pupil_id) != (by.account.pk, wish.pupil.pk):
            raise Refused(_("Formuläret har redan använts. Börja om."))
        return already
    checked(wish, live, at)
    now = looked_at(wish, by)
    if now.seen != seen:
        raise ContentHasChanged(_("Uppgifterna har ändrats sedan du såg dem. Läs dem igen."))
    made = _made(wish, key, by=by, at=at)
    Disclosed.objects.bulk_create(_frozen(made, item, one) for item, one in now.shown.items())
    _tell_log(made, "disclosures.send", by=by, at=at, reason=made.ground)
    return made


def _made(wish: Wish, key: str, *, by: Viewer, at: datetime) -> Disclosure:
    return Disclosure.objects.create(
        key=key,
        pupil=wish.pupil,
        case=wish.case,
        receiver=wish.receiver,
        ground=wish.ground,
        consent=wish.consent,
        paragraph=wish.paragraph.strip(),
        reasoning=wish.reasoning.strip(),
        purpose=wish.purpose.strip(),
        item_count=len(wish.items),
        for_protected=wish.pupil.is_protected,
        made_by=by.account,
        made_as=by.role,
        made_at=at,
        until_on=wish.until_on,
    )


def _frozen(made: Disclosure, item: Item, shown: Shown) -> Disclosed:
    text = frozen(shown)
    return Disclosed(
        disclosure=made,
        item=item,
        content_sealed=text,
        content_hash=hash_of(item, text, shown.as_of),
        as_of=shown.as_of,
    )


@transaction.atomic
def end(disclosure: Disclosure, because: Because, *, by: Viewer, at: datetime) -> Disclosure:
    """End it now: gone for the receiver at the next look. Raises `Refused` when it has ended."""
    kept = Disclosure.objects.select_for_update(no_key=True).get(pk=disclosure.pk)
    if kept.is_ended:
        raise Refused(_("Det har redan upphört."))
    _end(kept, because, by=by, at=at)
    _tell_log(kept, "disclosures.end", by=by, at=at, reason=because)
    return kept


def lock_of_consent(consent: Consent) -> None:
    """Lock what goes on by a consent, until the transaction ends."""
    going_on = Disclosure.objects.filter(consent=consent, ended_at__isnull=True)
    list(going_on.select_for_update(no_key=True).order_by("pk").values_list("pk"))


@transaction.atomic
def end_without_consent(consent: Consent, at: datetime, by: Viewer) -> None:
    """End what stood on a consent that lets nothing of it through any more.

    Nothing of it was readable from the moment of the answer. Ended, it does not come back if the
    same people consent once more: that calls for a new look at what is told.
    """
    going_on = Disclosure.objects.filter(consent=consent, ended_at__isnull=True)
    rows = {one.pk: one for one in going_on.select_for_update(no_key=True).order_by("pk")}
    held_back = live_items(Disclosure.objects.filter(pk__in=rows), at)
    gone = [rows[pk] for pk, items in held_back.items() if not items]
    for one in gone:
        _end(one, Because.WITHDRAWN, by=by, at=at)
    for one in gone:
        _tell_log(one, "disclosures.end", by=by, at=at, reason=Because.WITHDRAWN)


def _end(kept: Disclosure, because: Because, *, by: Viewer, at: datetime) -> None:
    kept.ended_at, kept.ended_by, kept.ended_because = at, by.account, because
    kept.save(update_fields=["ended_at", "ended_by", "ended_because"])
    tell_ended(kept, at, by)


def note_look(disclosure: Disclosure, items: Iterable[str], *, by: Viewer, at: datetime) -> None:
    """Keep who of the receiver looked, and at what: shown to those it is about."""
    Looked.objects.create(
        disclosure=disclosure,
        account=by.account,
        role=by.role,
        unit=by.unit,
        items=sorted(items),
        at=at,
    )


def _tell_log(made: Disclosure, action: str, *, by: Viewer, at: datetime, reason: str) -> None:
    subjects = [
        f"disclosure:{made.public_id}",
        f"pupil:{made.pupil.public_id}",
        f"unit:{made.receiver.public_id}",
    ]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects, reason=str(reason))
