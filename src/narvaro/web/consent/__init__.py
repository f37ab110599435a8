"""Consent that lifts secrecy towards another authority; not the data-protection regulation's."""
