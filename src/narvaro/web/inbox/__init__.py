"""Flags in, grouped and explained; a person decides about each."""
