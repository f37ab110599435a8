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

# Those who take part come from other agencies too; there is no pupil at these meetings
TAKING_PART = READERS | {Role.AGENCY_CONTACT, Role.RESEARCHER}

allow("projects.all_meetings", (TAKING_PART, Relation.OWN_AUTHORITY))
allow("projects.meetings", (TAKING_PART, Relation.OWN_AUTHORITY))
allow("projects.meeting", (TAKING_PART, Relation.OWN_AUTHORITY))
allow("projects.start_meetings", (WRITERS, Relation.OWN_AUTHORITY))
allow("projects.change_meetings", (WRITERS, Relation.OWN_AUTHORITY))
allow("projects.plan_meeting", (WRITERS, Relation.OWN_AUTHORITY))
allow("projects.change_meeting", (WRITERS, Relation.OWN_AUTHORITY))
allow("projects.note_meeting", (WRITERS, Relation.OWN_AUTHORITY))
allow("projects.decide", (WRITERS, Relation.OWN_AUTHORITY))
allow("projects.decision_done", (WRITERS, Relation.OWN_AUTHORITY))
