"""Every write to referrals."""

from narvaro.web.referrals.actions.making import prepare, withdraw

__all__ = ["prepare", "withdraw"]
