"""Every write about cases. Each is one transaction with its entry in the log."""

from narvaro.web.cases.actions.adapting import end_adaptation, keep_adaptation
from narvaro.web.cases.actions.answering import answer_task
from narvaro.web.cases.actions.beginning import begin_step
from narvaro.web.cases.actions.deciding import Decided, decide
from narvaro.web.cases.actions.ending import close_for_move
from narvaro.web.cases.actions.following import (
    add_cause,
    add_contact,
    add_evidence,
    add_note,
    add_voice,
    record_legal_event,
)
from narvaro.web.cases.actions.leaving import Given, give_back, hand_over_all
from narvaro.web.cases.actions.lifting import hand_back, lifted_to
from narvaro.web.cases.actions.moving import move_to_newer
from narvaro.web.cases.actions.opening import open_case, reopen
from narvaro.web.cases.actions.owning import (
    answers_for,
    give_on,
    hand_over,
    move_school,
    take_step,
)
from narvaro.web.cases.actions.reading import open_cause, open_note
from narvaro.web.cases.actions.redating import date_anew, stands
from narvaro.web.cases.actions.sharing import (
    forms_missing,
    keep_proposal,
    put_aside,
    take_back,
    take_into_use,
)
from narvaro.web.cases.actions.tasks import make_task, pass_on

__all__ = [
    "Decided",
    "Given",
    "add_cause",
    "add_contact",
    "add_evidence",
    "add_note",
    "add_voice",
    "answer_task",
    "answers_for",
    "begin_step",
    "close_for_move",
    "date_anew",
    "decide",
    "end_adaptation",
    "forms_missing",
    "give_back",
    "give_on",
    "hand_back",
    "hand_over",
    "hand_over_all",
    "keep_adaptation",
    "keep_proposal",
    "lifted_to",
    "make_task",
    "move_school",
    "move_to_newer",
    "open_case",
    "open_cause",
    "open_note",
    "pass_on",
    "put_aside",
    "record_legal_event",
    "reopen",
    "stands",
    "take_back",
    "take_into_use",
    "take_step",
]
