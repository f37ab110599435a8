"""Series of meetings: invited, present, agenda, decisions, minutes."""
