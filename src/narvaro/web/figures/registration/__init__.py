"""How far registration can be trusted, what is missing, why, and who can do something about it."""
