"""People, roles, the units they serve, and the scope every query starts from."""
