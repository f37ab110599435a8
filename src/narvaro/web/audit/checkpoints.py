"""Signs where the chain stands, and cuts it there when the log's own time is out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from narvaro.errors import NarvaroError
from narvaro.web.audit.chain import Actor, write_entry
from narvaro.web.audit.kept_heads import keep_head
from narvaro.web.audit.models import Checkpoint, Entry, Head, Kind
from narvaro.web.audit.signing import sign
from narvaro.web.audit.verification import verify


class LogDoesNotHold(NarvaroError):
    """The chain is broken; it is neither signed nor cut before that is looked into."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The last entry that was cut away, and how many were."""

    number: int
    count: int


def sign_head(*, at: datetime) -> Checkpoint | None:
    """Sign where the chain stands, in the database and in the file outside it.

    Returns the checkpoint; None when the log is empty or nothing was added since the last one.
    """
    with transaction.atomic():
        head = Head.objects.select_for_update(no_key=True).filter(pk=1).first()
        if head is None or head.number == 0:
            return None
        if Checkpoint.objects.filter(number=head.number).exists():
            return None
        made = _signed(head.number, head.hash, at=at, is_cut=False)
        keep_head(head.number, head.hash)
    return made


def cut(*, older_than: datetime, at: datetime, by: Actor) -> Cut:
    """Remove the entries from before a moment, up to the first that is younger.

    The place is signed first, and the log says that it was cut. Raises `LogDoesNotHold`.
    """
    if not verify().holds:
        raise LogDoesNotHold(
            "The log does not hold. Run `narvaro-web verify-log` and look into it."
        )
    with transaction.atomic():
        Head.objects.select_for_update(no_key=True).filter(pk=1).first()
        last = _last_to_go(older_than)
        if last is None:
            return Cut(0, 0)
        _signed(last.number, last.hash, at=at, is_cut=True)
        count, _ = Entry.objects.filter(number__lte=last.number).delete()
        write_entry(by, "audit.cut", kind=Kind.WRITE, at=at, subjects=[f"entries:{count}"])
    return Cut(last.number, count)


def _last_to_go(older_than: datetime) -> Entry | None:
    young = Entry.objects.filter(at__gte=older_than).order_by("number").first()
    old = Entry.objects.filter(at__lt=older_than)
    if young is not None:
        old = old.filter(number__lt=young.number)
    return old.order_by("number").last()


def _signed(number: int, hash_: str, *, at: datetime, is_cut: bool) -> Checkpoint:
    purpose = "cut" if is_cut else "checkpoint"
    signature = sign(purpose, number, hash_)
    return Checkpoint.objects.create(
        number=number, hash=hash_, at=at, is_cut=is_cut, signature=signature
    )
