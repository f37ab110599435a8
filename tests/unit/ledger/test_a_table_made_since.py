"""A ledger made before a table existed is read as if the table were empty, and gains it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from tests.contracts import small_town

from narvaro.ledger import open_ledger, published
from narvaro.ledger.verifying import differences


def test_a_ledger_from_before_is_read_and_written_on(tmp_path: Path) -> None:
    place = small_town.settle(tmp_path)
    last = open_ledger(place).batches()[-1]
    older = {name: version for name, version in last.versions.items() if name != "stand_ins"}
    shutil.rmtree(place / "tables" / "stand_ins")
    published.append_batch(place, replace(last, batch=last.batch + 1, versions=older))
    assert not any(differences(open_ledger(place).snapshot(), zone="Europe/Stockholm").values())

    open_ledger(place).dispose(["moved"], rule="a rule")

    assert open_ledger(place).snapshot().table("stand_ins").files
    assert not any(differences(open_ledger(place).snapshot(), zone="Europe/Stockholm").values())
