"""The pupil's page: what happened, what we know, what we will do."""
