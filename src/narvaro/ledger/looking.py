"""Looks at a delivery without taking it in: what it names must be known, here or from before."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.engine import connect
from narvaro.ledger import intake
from narvaro.ledger.numbering import Scopes
from narvaro.ledger.references import reference_faults

if TYPE_CHECKING:
    from narvaro.errors import Fault
    from narvaro.exchange import Delivery
    from narvaro.ledger.ledger import How, Ledger


def faults_against(ledger: Ledger, delivery: Delivery, how: How) -> tuple[list[Fault], int]:
    """Find rows that name an unknown lesson or school, or more minutes than a lesson has.

    Returns the first thousand faults, by table and line, and how many there are in all. Pupils
    and their keys are not looked at.
    """
    with tempfile.TemporaryDirectory(dir=delivery.folder) as scratch:
        con = connect(scratch=Path(scratch))
        try:
            intake.stage(
                intake.Intake(
                    con=con,
                    snapshot=ledger.snapshot(),
                    folder=delivery.folder,
                    scopes=Scopes(
                        pupils=how.source,
                        lessons=how.lesson_scope or how.source,
                        to_key=lambda _kind, value: value,
                    ),
                    arrived_at=how.arrived_at or datetime.now(UTC),
                    batch=0,
                    zone=how.zone,
                )
            )
            return reference_faults(con)
        finally:
            con.close()
