"""Log review: a random or a targeted sample, an outcome for each entry, a conclusion."""
