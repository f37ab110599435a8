"""Other authorities' own pages and contacts; nothing in them is about a pupil."""

from narvaro.web.accounts.permissions import EVERYONE, Relation, allow
from narvaro.web.accounts.roles import Role

for name in (
    "agencies.list",
    "agencies.agency",
    "agencies.version",
    "agencies.responsibilities",
    "agencies.responsibilities_pdf",
):
    allow(name, (EVERYONE, Relation.COLLABORATION_AREA))

allow("agencies.write", ({Role.AGENCY_CONTACT}, Relation.OWN_AUTHORITY))

# Where an agency has no administrator of its own, those it works with see to its contacts
for name in ("agencies.add", "agencies.appoint", "agencies.end_contact"):
    allow(name, ({Role.ADMINISTRATOR}, Relation.COLLABORATION_AREA))
allow(
    "agencies.gaps",
    (
        {Role.PROJECT_LEADER, Role.HEAD_OF_SCHOOLS, Role.ADMINISTRATOR},
        Relation.COLLABORATION_AREA,
    ),
)
