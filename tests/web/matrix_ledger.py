"""The smallest ledger the whole matrix can be walked with: places, and one kept run without flags."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

from narvaro.exchange import write_delivery
from narvaro.ledger import open_ledger
from narvaro.pipeline import Door, take_in

RUN = "linnasa/matrix/2020-01"
LONG_AGO = datetime(2020, 2, 4, tzinfo=UTC)


def made_ledger(folder: Path) -> Path:
    """Make it; returns where."""
    ledger = folder / "ledger"
    organisations = [
        {"organisation": "linnasa", "name": "Linnåsa", "kind": "school_authority"},
        {
            "organisation": "almskolan",
            "name": "Almskolan",
            "kind": "school_unit",
            "parent": "linnasa",
            "starts_on": date(2019, 7, 1),
        },
    ]
    delivery = write_delivery({"organisations": organisations}, folder / "delivery")
    take_in(delivery, ledger, Door(arrived_at=LONG_AGO))
    receipt = {
        "pupils": 0,
        "row_count": 0,
        "outcomes": {},
        "differences": {},
        "inputs": [],
        "rows_digest": "",
    }
    open_ledger(ledger).append_run(
        f"SELECT '{RUN}' AS run, 'linnasa' AS authority, 'matrix' AS programme, '2020-01' AS \"at\", "
        f"1 AS version, TIMESTAMPTZ '{LONG_AGO}' AS made_at, TIMESTAMPTZ '{LONG_AGO}' AS known_at, "
        f"'{json.dumps(receipt)}' AS receipt, 2 AS batch",
        [],
        [],
        run=RUN,
        version=1,
        at="2020-01",
        programme="matrix",
    )
    return ledger
