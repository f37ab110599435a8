"""The meeting of authorities itself: who came, what was said and decided, how it is followed up."""
