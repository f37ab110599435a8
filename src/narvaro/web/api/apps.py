"""The application's figures for other systems: read-only, scoped and logged."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.api"
    label = "api"
