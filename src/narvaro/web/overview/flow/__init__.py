"""Pages of how the routine runs, from a school to the authority."""
