"""Settings, addresses and start: the composition root of the web application."""
