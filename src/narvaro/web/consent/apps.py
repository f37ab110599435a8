"""Consent that lifts secrecy: what, to whom, why and for how long, and everybody's answer."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.consent"
    label = "consent"
