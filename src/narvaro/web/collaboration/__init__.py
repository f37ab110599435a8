"""Meetings that several authorities are called to, about one pupil."""
