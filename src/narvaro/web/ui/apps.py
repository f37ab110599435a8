"""Design system: base pages, components, charts, words; nothing of schools in it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.ui"
    label = "ui"
