"""Consultations: times that advisers offer, who books them, and who comes."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.consultations"
    label = "consultations"
