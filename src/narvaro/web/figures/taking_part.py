"""Which schools take part in a programme in force on a day, as the ledger tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from narvaro.programmes import Programme
from narvaro.web.figures.facts import Facts


def taking_part(
    facts: Facts, on: date, programme: Programme | None = None
) -> Mapping[str, str] | None:
    """School key → `project` or `control`; None when every school takes part.

    In a programme in force, the main one when none is named.
    """
    from narvaro.flags.scope import Roster

    programme, opened = programme or facts.programme, facts.opened

    def make() -> Any:
        roster = Roster(opened.snapshot, facts.known_at)
        arms = programme.schools_taking_part(roster.participations, on)
        return None if arms is None else dict(arms)

    name = f"taking part|{facts.known_at.isoformat()}|{programme.fingerprint}|{on}"
    arms: Mapping[str, str] | None = opened.shelf.get(name, make, lambda plain: plain)
    return arms


def took_part_at_the_start(facts: Facts) -> Mapping[str, str] | None:
    """The same of the day the main programme's first school began, whoever has left since."""
    from narvaro.flags.scope import Roster

    programme, opened = facts.programme, facts.opened

    def make() -> Any:
        roster = Roster(opened.snapshot, facts.known_at)
        arms = programme.schools_at_the_start(roster.participations)
        return None if arms is None else dict(arms)

    name = f"at the start|{facts.known_at.isoformat()}|{programme.fingerprint}"
    arms: Mapping[str, str] | None = opened.shelf.get(name, make, lambda plain: plain)
    return arms
