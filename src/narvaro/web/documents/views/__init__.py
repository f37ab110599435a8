"""The pages of filled forms and of the routine's library."""
