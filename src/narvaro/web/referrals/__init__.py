"""Another authority is asked for help, or takes over: from the case, by a ground, to an answer."""
