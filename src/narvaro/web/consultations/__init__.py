"""Consultations: advice from another agency on a question without a pupil in it."""
