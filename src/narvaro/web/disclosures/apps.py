"""Disclosures: named items to a named receiver, on a ground, frozen as they were seen."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.disclosures"
    label = "disclosures"
