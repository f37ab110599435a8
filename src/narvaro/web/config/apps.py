"""The composition root: when Django is ready, each app's offers are put in their places."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.config"
    label = "config"

    def ready(self) -> None:
        """Fill the registries of `ui`."""
        from narvaro.web.config.offers import fill

        fill()
