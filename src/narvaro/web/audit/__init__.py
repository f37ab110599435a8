"""Who saw and did what: append-only, hash-chained."""
