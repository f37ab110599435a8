"""The routine: one open case per pupil, its steps, decisions, notes and clocks."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.cases"
    label = "cases"
