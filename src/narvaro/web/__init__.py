"""The web application: one Django project, one app for each kind of work."""
