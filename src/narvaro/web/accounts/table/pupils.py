"""Pupils: lists, search, the pupil's page, contacts, protected identities."""

from narvaro.web.accounts.permissions import CLASS_STAFF, SCHOOL_STAFF, Relation, allow
from narvaro.web.accounts.roles import LEADERS, Role

NEAR = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), (CLASS_STAFF, Relation.OWN_CLASS))

allow("pupils.list", *NEAR, reads_pupils=True)
allow("pupils.search", *NEAR, reads_pupils=True)
allow("pupils.pupil", *NEAR, reads_pupils=True)
# Earlier school years: those who work with the pupil's whole schooling, and the mentor
allow(
    "pupils.history",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    ({Role.MENTOR}, Relation.OWN_CLASS),
    reads_pupils=True,
)
allow("pupils.open_protected", *NEAR)
allow(
    "pupils.contacts",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    ({Role.MENTOR}, Relation.OWN_CLASS),
    reads_pupils=True,
)
# Who is a threat, or is shielded from another guardian, gets no letters: the school notes it
allow("pupils.hold_letters", (SCHOOL_STAFF, Relation.OWN_SCHOOL))
# Those who write to authorities and keep health records need the number
allow(
    "pupils.number",
    (LEADERS | {Role.SCHOOL_NURSE, Role.SCHOOL_DOCTOR}, Relation.OWN_SCHOOL),
    reads_pupils=True,
)
# The principal decides who may see a pupil with a protected identity
allow("pupils.protected", ({Role.PRINCIPAL}, Relation.OWN_SCHOOL), reads_pupils=True)
allow("pupils.access", ({Role.PRINCIPAL}, Relation.OWN_SCHOOL))
allow("pupils.access_end", ({Role.PRINCIPAL}, Relation.OWN_SCHOOL))
allow("pupils.count_only", ({Role.PRINCIPAL}, Relation.OWN_SCHOOL))
