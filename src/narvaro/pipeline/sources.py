"""Files by a mapping profile, and SS 12000 sources, through the same door as deliveries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.errors import HeldForConfirmation
from narvaro.exchange import Checked, Delivery, Notice
from narvaro.ledger import Alias, Ledger, open_or_make
from narvaro.ledger.arriving import arriving
from narvaro.pipeline.checking import Check, check_live, check_whole
from narvaro.pipeline.comparing import LoadLimit
from narvaro.pipeline.ending import Roster, end_missing
from narvaro.pipeline.identifying import KeyRing, key_ring
from narvaro.pipeline.joining import Unjoined, join
from narvaro.pipeline.left_out import LeftOut
from narvaro.pipeline.source_notes import keep_notes, read_notes
from narvaro.pipeline.taking_in import Door, TakenIn, how_of, take_in_delivery
from narvaro.pipeline.unexpected import withdraw_unexpected
from narvaro.pipeline.withdrawing import are_registered, withdraw_missing

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from narvaro.sources.files import Profile
    from narvaro.sources.ss12000 import IdentitySink, Loaded
    from narvaro.sources.ss12000.answers import Reader

MOST_QUARANTINED = Fraction(1, 100)
"""A live load with more than this share of a table's rows in quarantine is held."""


@dataclass(frozen=True, slots=True)
class _Visit:
    """One import under way: the ledger, the door, the keys, a folder to be thrown away."""

    ledger: Ledger
    door: Door
    keys: KeyRing
    staging: Path
    arrived_at: datetime


def take_in_file(path: Path, profile: Profile, ledger: Path, door: Door | None = None) -> TakenIn:
    """Take in a file by its mapping profile, whole or not at all.

    A profile with `lessons = "of:NAME"` is joined to the lessons of the source NAME: a row that
    finds none is left out and told of, and the rest is taken in. Raises InputRefused with every
    fault, HeldForConfirmation.
    """
    from narvaro.sources.files import read_file

    with _visit(ledger, door or Door()) as visit:
        today = visit.arrived_at.date()
        made = read_file(path, profile, keys=visit.keys, into=visit.staging / "file", today=today)
        if profile.joined_source:
            announced = made.folder / "announced_absences.parquet"
            file = Unjoined(
                path.name,
                made.unmatched_marks,
                announced if announced.exists() else None,
                visit.keys.kinds,
            )
            return _take_in_joined(visit, file, made.notices, roster=profile.joined_source)
        way = _keyed(visit, visit.keys.kinds)
        delivery = check_whole(made.folder, _check(way))
        return _through(way, delivery, notices=made.notices)


def _take_in_joined(
    visit: _Visit, file: Unjoined, notices: tuple[Notice, ...], *, roster: str
) -> TakenIn:
    snapshot = visit.ledger.snapshot()
    joined = join(snapshot, file, roster=roster, into=visit.staging / "joined")
    door = replace(visit.door, lessons_of=roster, sizes=joined.sizes)
    way = _keyed(replace(visit, door=door), joined.pupil_kinds)
    delivery = check_whole(joined.folder, _check(way))
    taken = _through(way, delivery, notices=(*notices, *joined.notices))
    return _remember(visit, replace(taken, left_out=joined.left_out))


def take_in_ss12000(
    reader: Reader,
    ledger: Path,
    door: Door | None = None,
    *,
    since: date | None = None,
    sink: IdentitySink | None = None,
) -> TakenIn:
    """Load an SS 12000 source from where its last load ended, and take in what was whole.

    A bad row goes to quarantine with its reason. Raises HeldForConfirmation when more than 1 %
    of a table's rows do, SourceUnreachable when nothing could be read.
    """
    from narvaro.sources.ss12000 import State, Wish, load

    way = door or Door(source=reader.profile.name)
    with _visit(ledger, way) as visit:
        kept = read_notes(ledger, way.source).state
        wish = Wish(
            since=since,
            state=State.from_json(kept) if kept else State(),
            sink=sink,
            now=visit.arrived_at,
            progress=lambda what, done: way.progress(what, done, None),
            lessons_are_registered=are_registered(visit.ledger.snapshot(), way.source),
        )
        loaded = load(reader, into=visit.staging / "loaded", keys=visit.keys, wish=wish)
        gone, counted = _no_longer_told(loaded, visit, reader.profile.local_zone)
        told = visit.keys.aliases(_as_aliases(loaded))
        door_of_load = replace(way, aliases=told, sizes=counted)
        keyed = _keyed(replace(visit, door=door_of_load), visit.keys.kinds)
        delivery, unusable, checked = check_live(loaded.folder, _check(keyed))
        left_out = (*_quarantined(loaded), *unusable)
        _hold_if_many(max(loaded.quarantined_share, _share(checked, unusable)), left_out, way)
        taken = _through(keyed, delivery, notices=(*_told(loaded), *gone))
        taken = replace(taken, left_out=left_out, ended_early=loaded.ended_early)
        return _remember(visit, taken, state=loaded.state.as_json())


def _no_longer_told(
    loaded: Loaded, visit: _Visit, zone: tzinfo
) -> tuple[tuple[Notice, ...], Mapping[str, int]]:
    """End and take away what the source does not tell any more; count who is gone."""
    door, snapshot = visit.door, visit.ledger.snapshot()
    kept = read_notes(visit.ledger.folder, door.source).fewer_limit
    limit = door.fewer_limit if door.fewer_limit is not None else kept
    roster = Roster(
        snapshot, visit.ledger.batches(), door.source, visit.keys.scope,
        visit.arrived_at.astimezone(zone).date(),
        LoadLimit() if limit is None else LoadLimit(limit), door.confirm,
    )  # fmt: skip
    lessons = withdraw_missing(loaded, snapshot, door.source)
    ended = end_missing(loaded, roster)
    return (*lessons, *ended.notices, *withdraw_unexpected(loaded, roster)), ended.sizes


@contextmanager
def _visit(folder: Path, door: Door) -> Iterator[_Visit]:
    ledger = open_or_make(folder)
    ring = key_ring(
        ledger,
        source=door.source,
        keys_of=door.keys_of,
        as_given=door.pupil_keys == "as-given",
    )
    with arriving(folder) as work:
        yield _Visit(ledger, door, ring, work, door.arrived_at or datetime.now(UTC))


def _keyed(visit: _Visit, kinds: Mapping[str, str]) -> _Visit:
    """The visit with a door for keys that are made already and stay as they are."""
    door = replace(
        visit.door,
        pupil_keys="as-given",
        authority=visit.keys.authority,
        keys_of=visit.keys.scope,
        lessons_of=visit.door.lessons_of or visit.door.source,
        pupil_kinds=kinds,
    )
    return replace(visit, door=door)


def _check(visit: _Visit) -> Check:
    return Check(
        visit.ledger,
        how_of(visit.door, visit.arrived_at),
        visit.arrived_at,
        visit.staging,
        progress=visit.door.progress,
    )


def _through(visit: _Visit, delivery: Delivery, *, notices: tuple[Notice, ...]) -> TakenIn:
    taken = take_in_delivery(visit.ledger, delivery, visit.door, arrived_at=visit.arrived_at)
    return replace(taken, notices=(*notices, *taken.notices))


def _quarantined(loaded: Loaded) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(one.table, one.reason, one.count) for one in loaded.quarantined)


def _share(checked: Checked, unusable: tuple[LeftOut, ...]) -> Fraction:
    """The worst table's share of rows that were written and could not be used."""
    gone: dict[str, int] = {}
    for one in unusable:
        gone[one.table] = gone.get(one.table, 0) + one.count
    kept = checked.delivery.counts if checked.delivery else {}
    left = {table: one.rows for table, one in checked.quarantined.items()}
    return max(
        (Fraction(n, kept.get(table, 0) + left.get(table, 0) or n) for table, n in gone.items()),
        default=Fraction(0),
    )


def _hold_if_many(share: Fraction, left_out: tuple[LeftOut, ...], door: Door) -> None:
    if share > MOST_QUARANTINED and not door.confirm:
        raise HeldForConfirmation(
            "The load is held, since more than 1 % of its rows cannot be used: "
            + " ".join(map(str, left_out)),
            remedy="Nothing has been taken in. If the rest is right, import it again with "
            "--confirm.",
        )


def _as_aliases(loaded: Loaded) -> Iterator[Alias]:
    return (Alias(one.pupil, one.kind, one.value) for one in loaded.aliases)


def _told(loaded: Loaded) -> tuple[Notice, ...]:
    return tuple(
        Notice(one.resource, "", one.count, 0, one.text.removeprefix(f"{one.resource}: "))
        for one in loaded.notices
    )


def _remember(visit: _Visit, taken: TakenIn, *, state: dict[str, object] | None = None) -> TakenIn:
    """Keep where the next load goes on, only once what was read is in the ledger."""
    notes = read_notes(visit.ledger.folder, visit.door.source)
    records = tuple(one.as_record() for one in taken.left_out)
    notes = replace(notes, left_out=records, state=notes.state if state is None else state)
    keep_notes(visit.ledger.folder, notes)
    return taken
