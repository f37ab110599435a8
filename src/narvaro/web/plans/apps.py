"""The coordinated individual plan: what is shared, the school's own part, versions, follow-up."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.plans"
    label = "plans"
