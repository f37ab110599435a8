"""The application's figures for other systems: read-only, scoped and logged."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.api"
    label = "api"

    def ready(self) -> None:
        """Note what is changed from the start."""
        from narvaro.web.api.changes import listen

        listen()
