"""What a load is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from narvaro.sources.ss12000.state import State

if TYPE_CHECKING:
    from narvaro.sources.ss12000.identities import IdentitySink
    from narvaro.sources.ss12000.reading import Progress


@dataclass(frozen=True, slots=True)
class Wish:
    """What a load is asked for.

    Lessons from `since` (default on a first load: the school year's first day) up to and
    including `until` (default: today; a recording is read whole). `state` is what the last load
    gave; an empty one reads everything. `sink` takes names; without it they are dropped.
    `lessons_are_registered` says that somebody has registered on the source's lessons: they are
    then delivered whatever the source itself can tell.
    """

    since: date | None = None
    until: date | None = None
    state: State = field(default_factory=State)
    sink: IdentitySink | None = None
    now: datetime | None = None
    progress: Progress | None = None
    lessons_are_registered: bool = False
