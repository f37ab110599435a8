"""Sources, uploads, loads, month-end runs."""
