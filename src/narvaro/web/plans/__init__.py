"""The coordinated individual plan: what is shared, the school's own part, versions, follow-up."""
