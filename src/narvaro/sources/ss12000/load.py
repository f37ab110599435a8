"""Loads a source: reads it, writes a delivery of keys, hands names on, says where to go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.errors import SourceUnreachable
from narvaro.sources.ss12000.notices import Notice, Quarantined
from narvaro.sources.ss12000.state import State
from narvaro.sources.ss12000.wish import Wish

if TYPE_CHECKING:
    from narvaro.sources.ss12000.answers import Reader
    from narvaro.sources.ss12000.desk import Alias, Keys, Window
    from narvaro.sources.ss12000.reading import Reading


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load brought.

    `folder` is a delivery of the exchange format, `counts` its rows a table. `whole` names the
    tables of which all was read, and for which days (a window without days: for all): a row
    told before that lies in them and is not delivered now is gone. `ended_early` says why the
    load stopped, empty when it did not. `state` is for the next load.
    """

    folder: Path
    counts: Mapping[str, int]
    aliases: tuple[Alias, ...]
    notices: tuple[Notice, ...]
    quarantined: tuple[Quarantined, ...]
    whole: Mapping[str, Window]
    state: State
    ended_early: str = ""

    @property
    def quarantined_share(self) -> Fraction:
        """The worst table's share of rows that could not be taken, exactly."""
        refused: dict[str, int] = {}
        for one in self.quarantined:
            refused[one.table] = refused.get(one.table, 0) + one.count
        return max(
            (Fraction(n, n + self.counts.get(table, 0)) for table, n in refused.items()),
            default=Fraction(0),
        )


def load(reader: Reader, *, into: Path, keys: Keys, wish: Wish | None = None) -> Loaded:
    """Read a source and write what was whole as a delivery in the folder `into`.

    A bad row is left out with its reason, a page that cannot be read ends the load. Raises
    SourceUnreachable when nothing at all could be read.
    """
    from narvaro.sources.ss12000.delivering import deliver
    from narvaro.sources.ss12000.session import known_of, next_state, opened

    with opened(reader, into, keys, wish or Wish()) as session:
        ended = session.read_everything()
        desk = session.reading.desk
        counts = deliver(desk, known_of(session.reading), into)
        aliases = desk.aliases()
        if not counts:
            raise _nothing_came(ended)
        return Loaded(
            folder=into,
            counts=counts,
            aliases=aliases,
            notices=desk.book.notices(),
            quarantined=desk.book.quarantined(),
            whole={} if ended else _whole(session.reading),
            state=next_state(session, ended),
            ended_early=ended,
        )


def _whole(reading: Reading) -> dict[str, Window]:
    """What was read whole; of a source whose sums speak, that there are no lessons at all."""
    from narvaro.sources.ss12000.desk import Window

    whole = dict(reading.whole)
    return whole | {"lessons": Window()} if reading.sums_speak else whole


def _nothing_came(ended: str) -> SourceUnreachable:
    if ended:
        return SourceUnreachable(
            f"Nothing could be read: {ended}.",
            remedy="Check base_url in the profile, and whether the server is up.",
        )
    return SourceUnreachable(
        "The source offers nothing that could be read.",
        remedy="Check base_url, read and organisations in the profile.",
    )
