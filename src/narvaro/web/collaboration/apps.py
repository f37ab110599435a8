"""Calls across authorities, the meetings that come of them, what was decided, and deviations."""

from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.collaboration"
    label = "collaboration"
