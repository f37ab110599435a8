"""Sign-in by django-allauth; accounts are made by administrators, never by sign-up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from narvaro.web.accounts.models import Account
from narvaro.web.accounts.own_account_log import tell


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; a sign-in that the log cannot tell of does not happen."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """No."""
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in: session, time of last sign-in and log entry, or nothing."""
        with transaction.atomic():
            super().login(request, user)

    def set_password(self, user: Account, password: str) -> None:
        """Keep a new password and tell the log, or neither."""
        with transaction.atomic():
            tell(user, "account.password_changed")
            super().set_password(user, password)
