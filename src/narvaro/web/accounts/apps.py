"""People, roles, the units they serve, and the scope every query starts from."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Fill the table of who may do what; tell the log of sign-ins."""
        from importlib import import_module
        from pkgutil import iter_modules

        from narvaro.web.accounts import own_account_log, second_factor, sign_in_log, table

        for one in (sign_in_log, own_account_log, second_factor):
            one.listen()

        for found in iter_modules(table.__path__):
            import_module(f"{table.__name__}.{found.name}")
