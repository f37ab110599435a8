"""What an inspector asks: when did you know, what did you do, when was it investigated and told."""
