"""Scheduled and queued work, without a broker."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.jobs"
    label = "jobs"
