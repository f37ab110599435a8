"""Calls to other authorities: who calls, and who answers for a unit that is called."""

from narvaro.web.accounts.permissions import SCHOOL_STAFF, Relation, allow, public
from narvaro.web.accounts.roles import Role

_VISITING = {Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
# Who decides about the case calls; who comes from outside, in what was given to them
_CALLERS = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), (_VISITING, Relation.ASSIGNED))
# A unit that is called is reached by its contact of today, whoever was asked
_CALLED = ({Role.AGENCY_CONTACT}, Relation.OWN_SCHOOL)

allow("collaboration.make", *_CALLERS, reads_pupils=True)
allow("collaboration.call", *_CALLERS, reads_pupils=True)
allow("collaboration.change", *_CALLERS, reads_pupils=True)
allow("collaboration.send", *_CALLERS)
allow("collaboration.undo", *_CALLERS)
allow("collaboration.cancel", *_CALLERS, reads_pupils=True)
allow("collaboration.remind", *_CALLERS)
allow("collaboration.call_again", *_CALLERS)
allow("collaboration.propose", *_CALLERS, reads_pupils=True)
allow("collaboration.settle", *_CALLERS, reads_pupils=True)
allow("collaboration.note_answer", *_CALLERS, reads_pupils=True)
allow("collaboration.read_reply", *_CALLERS, reads_pupils=True)
allow("collaboration.called", _CALLED, reads_pupils=True)
# Answers without an account: for one unit, once, and nothing of a pupil
public("collaboration.answer_by_link")
