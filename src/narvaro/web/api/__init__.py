"""The application's figures for other systems: read-only, scoped and logged."""
