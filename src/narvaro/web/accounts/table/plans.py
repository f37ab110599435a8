"""The coordinated plan: read and written by who works with the case; its own part by fewer."""

from narvaro.web.accounts.permissions import SCHOOL_STAFF, Relation, allow
from narvaro.web.accounts.restriction import READERS as READERS_OF
from narvaro.web.accounts.restriction import Restriction
from narvaro.web.accounts.roles import Role

VISITING = frozenset({Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER})
_OWN_PART = READERS_OF[Restriction.PUPIL_SUPPORT]
_SCHOOL = (SCHOOL_STAFF, Relation.OWN_SCHOOL)
# A mentor reads the plans of the own class, and writes in those of own cases
READERS = (_SCHOOL, ({Role.MENTOR}, Relation.OWN_CLASS), (VISITING, Relation.ASSIGNED))
WRITERS = (_SCHOOL, (VISITING | {Role.MENTOR}, Relation.ASSIGNED))
# What only the school reads: not who comes from another side
OWN_READERS = (
    (SCHOOL_STAFF & _OWN_PART, Relation.OWN_SCHOOL),
    ({Role.MENTOR}, Relation.OWN_CLASS),
    (VISITING & _OWN_PART, Relation.ASSIGNED),
)
OWN_WRITERS = (
    (SCHOOL_STAFF & _OWN_PART, Relation.OWN_SCHOOL),
    ((VISITING | {Role.MENTOR}) & _OWN_PART, Relation.ASSIGNED),
)

allow("plans.list", *READERS, reads_pupils=True)
allow("plans.plan", *READERS, reads_pupils=True)
allow("plans.pdf", *READERS, reads_pupils=True)
allow("plans.docx", *READERS, reads_pupils=True)
allow("plans.own_part", *OWN_READERS, reads_pupils=True)
allow("plans.own_pdf", *OWN_READERS, reads_pupils=True)
allow("plans.own_docx", *OWN_READERS, reads_pupils=True)
allow("plans.start", *WRITERS, reads_pupils=True)
allow("plans.write", *WRITERS, reads_pupils=True)
allow("plans.write_own", *OWN_WRITERS, reads_pupils=True)
allow("plans.sign", *WRITERS, reads_pupils=True)
allow("plans.new_version", *WRITERS, reads_pupils=True)
allow("plans.follow_up", *WRITERS, reads_pupils=True)
