"""Reads the whole chain again and says where it does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from narvaro.web.audit.chain import hash_of
from narvaro.web.audit.kept_heads import kept_heads
from narvaro.web.audit.models import NOTHING_BEFORE, Checkpoint, Entry, Head
from narvaro.web.audit.signing import is_signed


class Broken(StrEnum):
    """What is wrong at a place of the chain."""

    CHANGED = "the entry does not say what it said when it was written"
    MISSING = "entries are missing before this one"
    OUT_OF_PLACE = "the entry does not follow the one before it"
    BEFORE_THE_CUT = "the entry stands where the log was cut"
    TAIL_CUT = "the log's last entries are missing"
    AFTER_THE_HEAD = "entries stand after the log's end"
    HEAD_FORGED = "the log's end was not signed by us"
    CHECKPOINT_FORGED = "the checkpoint was not signed by us"
    NOT_AS_SIGNED = "the entry is not the one that was signed here"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and the number of the entry where it shows."""

    number: int
    what: Broken


@dataclass(slots=True)
class Verdict:
    """What a reading of the chain found. `first` 0: the log holds nothing."""

    count: int = 0
    first: int = 0
    last: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """The chain is whole."""
        return not self.faults


@dataclass(slots=True)
class _Walk:
    number: int
    hash: str
    signed: dict[int, set[str]]
    verdict: Verdict = field(default_factory=Verdict)

    def step(self, entry: Entry) -> Iterator[Broken]:
        if entry.number <= self.number:
            yield Broken.BEFORE_THE_CUT
            return
        if entry.number > self.number + 1:
            yield Broken.MISSING
        elif entry.previous_hash != self.hash:
            yield Broken.OUT_OF_PLACE
        if hash_of(entry) != entry.hash:
            yield Broken.CHANGED
        if self.signed.get(entry.number, {entry.hash}) != {entry.hash}:
            yield Broken.NOT_AS_SIGNED
        self.number, self.hash = entry.number, entry.hash


def verify() -> Verdict:
    """Read every entry from the last cut on; each place that does not hold is told."""
    start = Checkpoint.objects.filter(is_cut=True).last()
    walk = _Walk(0 if start is None else start.number, NOTHING_BEFORE, _signed_hashes())
    if start is not None:
        walk.hash = start.hash
    verdict = walk.verdict
    verdict.faults += [
        Fault(one.number, Broken.CHECKPOINT_FORGED)
        for one in Checkpoint.objects.all()
        if not is_signed(_purpose(one), one.number, one.hash, signature=one.signature)
    ]
    for entry in Entry.objects.order_by("number", "pk").iterator(2_000):
        verdict.first = verdict.first or entry.number
        verdict.count += 1
        verdict.faults += [Fault(entry.number, what) for what in walk.step(entry)]
    verdict.last = walk.number
    verdict.faults += _end(walk)
    return verdict


def _purpose(checkpoint: Checkpoint) -> str:
    return "cut" if checkpoint.is_cut else "checkpoint"


def _signed_hashes() -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for one in Checkpoint.objects.all():
        found.setdefault(one.number, set()).add(one.hash)
    for number, hash_ in kept_heads():
        found.setdefault(number, set()).add(hash_)
    return found


def _end(walk: _Walk) -> Iterator[Fault]:
    head = Head.objects.filter(pk=1).first() or Head()
    furthest = max([head.number, *walk.signed])
    if furthest > walk.number:
        yield Fault(furthest, Broken.TAIL_CUT)
    if head.number < walk.number:
        yield Fault(walk.number, Broken.AFTER_THE_HEAD)
    elif head.number == walk.number and head.hash != walk.hash:
        yield Fault(walk.number, Broken.NOT_AS_SIGNED)
    is_new = head.number == 0 and not head.signature
    if not is_new and not is_signed("head", head.number, head.hash, signature=head.signature):
        yield Fault(head.number, Broken.HEAD_FORGED)
