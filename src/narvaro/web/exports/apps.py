"""What was done in cases, out to the ledger: keys and dates only."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.exports"
    label = "exports"
