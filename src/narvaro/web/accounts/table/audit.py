"""The log: review, samples, verification."""
