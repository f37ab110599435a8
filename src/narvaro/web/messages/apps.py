"""Mail that is queued, previewed, undone, sent and retried."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.messages"
    label = "narvaro_messages"
