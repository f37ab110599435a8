"""Other authorities: what they do, whom to call, who answers for what; nothing about pupils."""
