"""Key to person, guardians, moves, protected identities."""

from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.pupils"
    label = "pupils"
