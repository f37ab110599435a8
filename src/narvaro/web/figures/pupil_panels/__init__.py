"""A pupil's figures: the panels that `figures` offers to the pupil's page, and the strip at its head."""
