"""The views of the routine."""
