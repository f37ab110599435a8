"""Programmes run by authorities."""

from narvaro.web.accounts.permissions import WHOLE_AUTHORITY, Relation, allow
from narvaro.web.accounts.roles import Role

READERS = WHOLE_AUTHORITY | {Role.AREA_MANAGER, Role.COMMUNICATOR, Role.COORDINATOR}
WRITERS = frozenset({Role.PROJECT_LEADER})

allow("projects.list", (READERS, Relation.OWN_AUTHORITY))
allow("projects.project", (READERS, Relation.OWN_AUTHORITY))
allow("projects.start", (WRITERS, Relation.OWN_AUTHORITY))
allow("projects.add", (WRITERS, Relation.OWN_AUTHORITY))
allow("projects.change", (WRITERS, Relation.OWN_AUTHORITY))
allow("projects.remove", (WRITERS, Relation.OWN_AUTHORITY))
