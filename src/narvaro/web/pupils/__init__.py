"""Key to person, guardians, moves, protected identities."""
