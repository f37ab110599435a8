"""A second factor is required of everyone who signs in, outside the demo."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled

from narvaro.web.accounts.models import Account


def has_second_factor(account: Account) -> bool:
    """The account has set up an authenticator or a security key."""
    return bool(is_mfa_enabled(account))
