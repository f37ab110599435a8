"""The routine: one open case per pupil, its steps, decisions, notes and clocks."""
