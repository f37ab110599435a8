"""Flags in, grouped and explained; a person decides about each."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.inbox"
    label = "inbox"
