"""The library of the routine's documents; nothing in it is about a pupil."""

from narvaro.web.accounts.permissions import EVERYONE, Relation, allow
from narvaro.web.accounts.roles import Role

MAKERS = frozenset({Role.PROJECT_LEADER, Role.COMMUNICATOR})
# What is published is read by all of the authority, and by those who work with it elsewhere
READERS = (
    (EVERYONE - {Role.AGENCY_CONTACT}, Relation.OWN_AUTHORITY),
    ({Role.AGENCY_CONTACT}, Relation.COLLABORATION_AREA),
)

allow("routines.list", *READERS)
allow("routines.document", *READERS)
allow("routines.compare", *READERS)
allow("routines.docx", *READERS)
allow("routines.start", ({Role.PROJECT_LEADER}, Relation.OWN_AUTHORITY))
allow("routines.write", (MAKERS, Relation.OWN_AUTHORITY))
allow("routines.ask", (MAKERS, Relation.OWN_AUTHORITY))
allow("routines.approve", ({Role.PRINCIPAL}, Relation.ASSIGNED))
allow("routines.publish", (MAKERS, Relation.OWN_AUTHORITY))
