"""What was done in cases, out to the ledger: keys and dates only."""
