"""Disclosures: who tells another authority something of a pupil, and who there may read it."""

from narvaro.web.accounts.permissions import Relation, allow
from narvaro.web.accounts.roles import LEADERS, Role

# Whoever decides for the school, and who works with other authorities in a case given to them
_TELLS = (
    (LEADERS | {Role.SCHOOL_COUNSELLOR}, Relation.OWN_SCHOOL),
    ({Role.COORDINATOR}, Relation.ASSIGNED),
)
# The other side, by what was told to the very unit they serve at and still has its ground: contact
# persons, and who leads a school of another authority
_IS_TOLD = (LEADERS | {Role.AGENCY_CONTACT}, Relation.ASSIGNED)

allow("disclosures.list", *_TELLS, reads_pupils=True)
allow("disclosures.disclosure", *_TELLS, reads_pupils=True)
allow("disclosures.send", *_TELLS, reads_pupils=True)
allow("disclosures.end", *_TELLS)
# What a guardian is shown: what was told to whom, on what ground, and who has looked
allow("disclosures.told", *_TELLS, reads_pupils=True)
allow("disclosures.received", _IS_TOLD, reads_pupils=True)
allow("disclosures.read", _IS_TOLD, reads_pupils=True)
