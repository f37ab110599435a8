"""The agencies that schools work with."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.agencies"
    label = "agencies"
