"""`narvaro source …`: where rows come from."""
