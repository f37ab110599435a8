"""Tells the log what people change in their own accounts, before it is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db.models.signals import ModelSignal, pre_delete, pre_save

from narvaro.web.accounts.models import Account
from narvaro.web.audit.chain import Actor, write_entry
from narvaro.web.audit.models import Kind

FACTOR, ADDRESS = "mfa.Authenticator", "account.EmailAddress"


def listen() -> None:
    """Called once, at the start."""
    _on(pre_save, FACTOR, _factor_is_kept)
    _on(pre_delete, FACTOR, lambda _row, _fields: "account.second_factor_removed")
    _on(pre_save, ADDRESS, _address_is_kept)
    _on(pre_delete, ADDRESS, lambda _row, _fields: "account.address_removed")


def tell(account: Account, action: str) -> None:
    """One entry: who changed what of their own; never an address, a name or a key."""
    write_entry(Actor(account.public_id), action, kind=Kind.WRITE, at=datetime.now(UTC))


def _on(signal: ModelSignal, sender: str, action_of: Callable[[Any, set[str]], str]) -> None:
    def told(instance: Any, update_fields: Any = None, **_more: Any) -> None:
        action = action_of(instance, set(update_fields or ()))
        if action:
            tell(instance.user, action)

    signal.connect(told, sender=sender, weak=False, dispatch_uid=f"{sender} {id(signal)}")


def _factor_is_kept(factor: Any, fields: set[str]) -> str:
    if factor._state.adding:
        return "account.second_factor_added"
    if fields == {"last_used_at"}:
        return ""  # a sign-in, which has an entry of its own
    if factor.type != "recovery_codes":
        return "account.second_factor_changed"
    return "account.recovery_codes_shown" if fields == {"data"} else "account.recovery_code_used"


def _address_is_kept(address: Any, _fields: set[str]) -> str:
    if not address._state.adding:
        return "account.address_changed"
    is_known = address.email.lower() == address.user.email.lower()
    return "" if is_known else "account.address_added"
