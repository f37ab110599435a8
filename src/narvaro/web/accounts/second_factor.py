"""A second factor is required of everyone who signs in, outside the demo."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from narvaro.web.accounts.models import Account

MADE_HERE = "second_factor_made_here"


def has_second_factor(account: Account) -> bool:
    """The account has set up an authenticator or a security key."""
    return bool(is_mfa_enabled(account))


def used_second_factor(request: HttpRequest) -> bool:
    """This very session gave the second factor, or made it: a password alone is not let in by it.

    A session from before the factor was made would else be let in by somebody else's step.
    """
    methods = [one.get("method") for one in get_authentication_records(request, request.user)]
    return "mfa" in methods or bool(request.session.get(MADE_HERE))


def listen() -> None:
    """Called once, at the start."""
    authenticator_added.connect(_made_here, dispatch_uid="account.second_factor_made_here")


def _made_here(request: HttpRequest, **_more: Any) -> None:
    request.session[MADE_HERE] = True
