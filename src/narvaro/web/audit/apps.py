"""Who saw and did what: append-only, hash-chained."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.audit"
    label = "audit"
