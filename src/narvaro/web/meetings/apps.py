"""Series of meetings: invited, present, agenda, decisions, minutes."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.meetings"
    label = "meetings"
