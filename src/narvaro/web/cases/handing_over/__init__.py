"""Handing over everything that somebody who leaves answers for: what it is, to whom, and undone."""
