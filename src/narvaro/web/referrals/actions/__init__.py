"""Every write to referrals."""

from narvaro.web.referrals.actions.answering import answer, see
from narvaro.web.referrals.actions.making import prepare, withdraw
from narvaro.web.referrals.actions.moving import move_away
from narvaro.web.referrals.actions.sending import note, reopen, send

__all__ = ["answer", "move_away", "note", "prepare", "reopen", "see", "send", "withdraw"]
