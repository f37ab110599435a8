"""Meetings of authorities: their minutes and decisions, what other authorities do of them, deviations."""

from narvaro.web.accounts.permissions import SCHOOL_STAFF, Relation, allow
from narvaro.web.accounts.roles import LEADERS, Role

_VISITING = {Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
_CALLERS = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), (_VISITING, Relation.ASSIGNED))
# What a unit is to do is reached by its contact of today, whoever was there
_AGENCY = ({Role.AGENCY_CONTACT}, Relation.OWN_SCHOOL)
# A deviation is the school's word about another authority: its principal signs it
_LEAD = (LEADERS, Relation.OWN_SCHOOL)

allow("joint_meetings.meeting", *_CALLERS, reads_pupils=True)
allow("joint_meetings.pdf", *_CALLERS, reads_pupils=True)
allow("joint_meetings.note_present", *_CALLERS, reads_pupils=True)
allow("joint_meetings.write", *_CALLERS, reads_pupils=True)
allow("joint_meetings.decide", *_CALLERS, reads_pupils=True)
allow("joint_meetings.take_back", *_CALLERS)
allow("joint_meetings.hold", *_CALLERS, reads_pupils=True)
allow("joint_meetings.lock", *_CALLERS)
allow("joint_meetings.done", *_CALLERS)
allow("joint_meetings.ours", _AGENCY, reads_pupils=True)
allow("joint_meetings.done_by_us", _AGENCY)
allow("deviations.deviation", *_CALLERS, reads_pupils=True)
allow("deviations.sign", _LEAD, reads_pupils=True)
allow("deviations.pdf", *_CALLERS, reads_pupils=True)
# Counts of meetings: no pupil and no person
allow(
    "joint_meetings.counts",
    (
        {Role.AREA_MANAGER, Role.HEAD_OF_SCHOOLS, Role.PROJECT_LEADER, Role.ANALYST}
        | {Role.COORDINATOR},
        Relation.OWN_AUTHORITY,
    ),
    (LEADERS, Relation.OWN_AUTHORITY),
)
