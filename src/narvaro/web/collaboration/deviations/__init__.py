"""Deviations: a unit that did not answer or did not come, drafted by themselves, signed by a person."""
