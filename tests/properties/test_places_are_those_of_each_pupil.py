"""Where arrays place every pupil at once is where each pupil is placed alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from tests.properties.histories import stacked
from tests.properties.test_the_ledger_agrees_with_the_oracle import PROGRAMMES, taken_in
from tests.spec.adapter import programme_toml

from narvaro.flags.places import cells_on, enrolments_of
from narvaro.flags.scope import Roster, pupils_in_scope
from narvaro.ledger import Snapshot
from narvaro.programmes import Programme, load

LATE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return taken_in(stacked(range(20)), tmp_path_factory.mktemp("stack"))


@pytest.fixture(scope="module")
def programmes(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Programme]:
    found = [load("england")]
    for number, one in enumerate(PROGRAMMES):
        path = tmp_path_factory.mktemp("programmes") / f"{number}.toml"
        path.write_text(programme_toml(one), encoding="utf-8")
        found.append(load(path))
    return found


def test_every_pupil_lies_in_the_cell_of_its_place(
    snapshot: Snapshot, programmes: Sequence[Programme]
) -> None:
    moments = (LATE, snapshot.batch.newest_recorded_at - timedelta(days=100))
    for roster in (Roster(snapshot, known_at) for known_at in moments):
        for programme in programmes:
            for day in days(roster):
                assert_alike(roster, programme, day)


def days(roster: Roster) -> Sequence[date]:
    """Every tenth day on which an enrolment begins or ends, and the days beside it."""
    found = {
        day + timedelta(days=step)
        for held in roster.enrolments.values()
        for one in held
        for day in (one.starts_on, one.ends_on)
        for step in (-1, 0, 1)
        if day.year < 9999
    }
    return sorted(found)[::10]


def assert_alike(roster: Roster, programme: Programme, day: date) -> None:
    enrolments = enrolments_of(roster)
    pupils = np.unique(np.concatenate([enrolments.pupil, np.array([10**6])]))
    placed = pupils_in_scope(roster, programme, day, pupils.tolist())

    cells = cells_on(roster, enrolments, programme, day, pupils)

    names = {
        pupil: cells.names[cell]
        for pupil, cell in zip(pupils.tolist(), cells.cell_of.tolist(), strict=True)
        if cell >= 0
    }
    assert names == {
        pupil: (place.school, place.grade) for pupil, place in placed.items() if place.school
    }
    nowhere = set(pupils[cells.nowhere].tolist())
    assert nowhere == {pupil for pupil, place in placed.items() if place.school is None}
