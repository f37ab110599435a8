"""The pages of sources, loads, mapping profiles and month-end runs."""
