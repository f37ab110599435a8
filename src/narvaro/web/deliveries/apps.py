"""Sources, uploads, loads, month-end runs and their receipts."""

from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.deliveries"
    label = "deliveries"
