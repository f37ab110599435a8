"""The table of who may do what, a file for each kind of work; `permissions.py` says how to read it."""
