"""A pupil of the own authority opened in an emergency: for three hours, told of and reviewed."""
