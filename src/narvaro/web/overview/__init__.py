"""The pages that gather: start, home as a work queue, the pupil's page."""
