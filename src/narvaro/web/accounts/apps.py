"""People, roles, the units they serve, and the scope every query starts from."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.accounts"
    label = "accounts"
