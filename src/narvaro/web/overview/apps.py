"""The pages that gather: start, home as a work queue, the pupil's page."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.overview"
    label = "overview"
