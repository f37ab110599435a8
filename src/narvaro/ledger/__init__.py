"""Append-only tables, batches, aliases, derived tables, disposal."""

from narvaro.ledger.aliases import Alias
from narvaro.ledger.ledger import How, Ledger, open_ledger, open_or_make
from narvaro.ledger.looking import faults_against
from narvaro.ledger.snapshot import BEGINNING, Batch, Snapshot

__all__ = [
    "BEGINNING",
    "Alias",
    "Batch",
    "How",
    "Ledger",
    "Snapshot",
    "faults_against",
    "open_ledger",
    "open_or_make",
]
