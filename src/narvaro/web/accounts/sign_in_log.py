"""Tells the log of sign-ins, sign-outs and failed attempts: opaque ids, never an address."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from allauth.mfa.signals import authentication_failed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal

from narvaro.web.accounts.models import Account
from narvaro.web.audit.chain import NOBODY, Actor, write_entry
from narvaro.web.audit.models import Kind

TOLD: tuple[tuple[Signal, str], ...] = (
    (user_logged_in, "account.sign_in"),
    (user_logged_out, "account.sign_out"),
    (authenticator_reset, "account.second_factor_made_anew"),
    (authentication_failed, "account.second_factor_failed"),
)


def listen() -> None:
    """Called once, at the start."""
    for signal, action in TOLD:
        signal.connect(_teller(action), weak=False, dispatch_uid=action)
    user_login_failed.connect(_failed, dispatch_uid="account.sign_in_failed")


def _teller(action: str) -> Any:
    def tell(user: Account | None = None, **_more: Any) -> None:
        if user is not None:
            _write(Actor(user.public_id), action)

    return tell


def _failed(credentials: dict[str, Any], **_more: Any) -> None:
    """Whose account was tried is told when there is one; what was written as address never is."""
    tried = str(credentials.get("email") or credentials.get("username") or "").lower()
    account = Account.objects.filter(email=tried).first() if "\0" not in tried else None
    _write(NOBODY if account is None else Actor(account.public_id), "account.sign_in_failed")


def _write(actor: Actor, action: str) -> None:
    write_entry(actor, action, kind=Kind.SIGN_IN, at=datetime.now(UTC))
