"""Flags so far in the school year, for every pupil at once, are the counts each flag carries."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.properties.histories import months, seeded
from tests.properties.test_the_ledger_agrees_with_the_oracle import PROGRAMMES, taken_in
from tests.spec.adapter import programme_toml

from narvaro.flags import Combination, flag
from narvaro.flags.scope import Roster
from narvaro.flags.so_far import flags_so_far
from narvaro.ledger.standing import key_of
from narvaro.programmes import load
from narvaro.timetable import At, Month, SchoolYear, parse_at

LATE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_the_flags(seed: int, tmp_path: Path) -> None:
    history = seeded(seed)
    snapshot = taken_in(history, tmp_path)
    path = tmp_path / "programme.toml"
    path.write_text(programme_toml(PROGRAMMES[0] | {"id": "both"}), encoding="utf-8")
    programme = load(path)
    last = Month.holding(parse_at(months(history)[-1]).day)
    year = SchoolYear.holding(last.first_day).period
    every = [month for month in year.months() if month <= last]
    roster, keys = Roster(snapshot, LATE), key_of(snapshot)

    found = flags_so_far(
        roster, [Combination.of(rule) for rule in programme.rules], months=every, scope=programme
    )

    assert found.counts.any()
    for month, counts in zip(found.months, found.counts.tolist(), strict=True):
        at = At(month.last_day, is_month=True)
        flags = flag(snapshot, programme, at=at, known_at=LATE, roster=roster)
        ours = {keys[number]: n for number, n in zip(found.pupils.tolist(), counts, strict=True)}
        assert {one.pupil: ours[one.pupil] for one in flags} == {
            one.pupil: one.count.flags for one in flags
        }
