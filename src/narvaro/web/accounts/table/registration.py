"""Registration quality: goals, status, what is not acknowledged and why."""
