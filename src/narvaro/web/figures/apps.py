"""Pages of the core's numbers, and facts and help recorded about registration."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.figures"
    label = "figures"
