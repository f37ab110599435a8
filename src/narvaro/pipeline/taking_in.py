"""A delivery through the door: checked whole, compared with the last one, and taken in or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from narvaro.errors import HeldForConfirmation
from narvaro.exchange import Delivery, Notice
from narvaro.ledger import Alias, Batch, How, Ledger, open_or_make
from narvaro.ledger.arriving import arriving
from narvaro.pipeline.checking import Check, check_whole
from narvaro.pipeline.comparing import LoadLimit, compare, remembered, sizes
from narvaro.pipeline.gone import gone_pupils
from narvaro.pipeline.left_out import LeftOut
from narvaro.pipeline.source_notes import keep_limit, keep_notes

PupilKeys = Literal["hashed", "as-given"]
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a delivery: the batch it made, what was noticed, what was unlike before."""

    batch: Batch
    rows: Mapping[str, int]
    notices: tuple[Notice, ...]
    unlike: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    ended_early: str = ""

    @property
    def is_unchanged(self) -> bool:
        """Whether everything in it was known already."""
        return self.batch.kind == "unchanged"

    def as_record(self) -> dict[str, Any]:
        """The result as JSON."""
        return {
            "batch": self.batch.batch,
            "kind": self.batch.kind,
            "source": self.batch.source,
            "arrived_at": self.batch.arrived_at.isoformat(),
            "delivered": dict(self.rows),
            "gained": {name: count for name, count in self.batch.counts.items() if count},
            "notices": [str(notice) for notice in self.notices],
            "unlike_the_last": list(self.unlike),
            "left_out": [one.as_record() for one in self.left_out],
            "ended_early": self.ended_early,
        }


@dataclass(frozen=True, slots=True)
class Door:
    """How deliveries of one source come in; see `How` for the ledger's part.

    `keys_of` names another source whose pupil and lesson keys this one uses, `lessons_of` one
    whose lesson keys alone. `pupil_kinds` are the kinds of keys that are made already.
    `sizes` are counts to compare with the next load, besides those of the delivery.
    `fewer_limit` (per cent) is kept for the source; None is the one kept before, else 10.
    """

    source: str = "files"
    pupil_keys: PupilKeys = "hashed"
    arrived_at: datetime | None = None
    confirm: bool = False
    keys_of: str = ""
    lessons_of: str = ""
    authority: str = ""
    zone: str | None = None
    fewer_limit: int | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)
    aliases: Sequence[Alias] = ()
    pupil_kinds: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = field(default=lambda _what, _done, _of: None)


def take_in(path: Path, ledger: Path, door: Door | None = None) -> TakenIn:
    """Check a delivery in the exchange format and take all of it in, or none.

    Raises InputRefused with every fault, HeldForConfirmation for a load unlike the last one.
    """
    way = door or Door()
    opened = open_or_make(ledger)
    arrived_at = way.arrived_at or datetime.now(UTC)
    with arriving(ledger) as folder:
        check = Check(
            opened,
            how_of(way, arrived_at),
            arrived_at,
            folder,
            zone=way.zone,
            progress=way.progress,
        )
        delivery = check_whole(path, check)
        return take_in_delivery(opened, delivery, way, arrived_at=arrived_at)


def take_in_delivery(
    ledger: Ledger, delivery: Delivery, door: Door, *, arrived_at: datetime
) -> TakenIn:
    """Take in a delivery that is checked already (a source's)."""
    notes = keep_limit(ledger.folder, door.source, door.fewer_limit)
    limit = LoadLimit() if notes.fewer_limit is None else LoadLimit(notes.fewer_limit)
    how, today = how_of(door, arrived_at), arrived_at.date()
    told = {**sizes(delivery), **gone_pupils(ledger, delivery, how, today), **door.sizes}
    unlike, is_held = compare(notes.sizes, told, limit)
    if is_held and not door.confirm:
        raise HeldForConfirmation(
            "The load is held, since it is unlike the source's last one: "
            + "; ".join(unlike)
            + ".",
            remedy="Nothing has been taken in. If it is right, import it again with --confirm.",
        )
    batch = ledger.ingest(delivery, how, progress=door.progress)
    keep_notes(ledger.folder, replace(notes, sizes=remembered(notes.sizes, told)))
    notices = (*delivery.notices, *_notices_of(batch))
    return TakenIn(batch, delivery.counts, notices, unlike)


def how_of(door: Door, arrived_at: datetime) -> How:
    """Say to the ledger how a delivery comes in through a door."""
    return How(
        source=door.source,
        arrived_at=arrived_at,
        authority=door.authority,
        keys_as_given=door.pupil_keys == "as-given",
        pupil_scope=door.keys_of,
        lesson_scope=door.lessons_of or door.keys_of,
        aliases=door.aliases,
        pupil_kinds=door.pupil_kinds,
    )


def _notices_of(batch: Batch) -> list[Notice]:
    late = batch.counts.get("late", 0)
    if not late:
        return []
    message = (
        "rows dated no later than what an earlier delivery told, with other contents, "
        "count as known at their arrival"
    )
    return [Notice("", "recorded_at", late, 0, message)]
