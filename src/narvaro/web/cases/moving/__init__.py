"""Moving running cases to the routine in force: what differs, what happens, and why."""
