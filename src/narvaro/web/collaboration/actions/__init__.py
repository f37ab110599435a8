"""Every write about calls. Each is one transaction with its entry in the log."""

from narvaro.web.collaboration.actions.answering import (
    LinkIsGone,
    Said,
    answer,
    answer_by_link,
    note_answer,
)
from narvaro.web.collaboration.actions.making import (
    Wanted,
    WantedTime,
    WantedUnit,
    cancel,
    change,
    make,
    may_undo,
    send,
    undo,
)
from narvaro.web.collaboration.actions.reminding import remind, remind_silent, silent_of
from narvaro.web.collaboration.actions.settling import propose, settle
from narvaro.web.collaboration.actions.stopping import (
    call_again,
    lock_calls,
    stop_without_consent,
)

__all__ = [
    "LinkIsGone",
    "Said",
    "Wanted",
    "WantedTime",
    "WantedUnit",
    "answer",
    "answer_by_link",
    "call_again",
    "cancel",
    "change",
    "lock_calls",
    "make",
    "may_undo",
    "note_answer",
    "propose",
    "remind",
    "remind_silent",
    "send",
    "settle",
    "silent_of",
    "stop_without_consent",
    "undo",
]
