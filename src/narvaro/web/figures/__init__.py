"""Pages of the core's numbers, and facts and help recorded about registration."""
