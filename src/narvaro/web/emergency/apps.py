"""A pupil of the own authority opened in an emergency: for three hours, told of and reviewed."""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.emergency"
    label = "emergency"
