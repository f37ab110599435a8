"""Consultations: times offered by agencies, booked by schools; there is no pupil in them."""

from narvaro.web.accounts.permissions import WHOLE_AUTHORITY, Relation, allow
from narvaro.web.accounts.roles import LEADERS, STUDENT_HEALTH, Role

MEMBERS = STUDENT_HEALTH | LEADERS | {Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
_SCHOOL = (MEMBERS, Relation.OWN_SCHOOL)
_AGENCY = ({Role.AGENCY_CONTACT}, Relation.OWN_AUTHORITY)

allow("consultations.list", _SCHOOL, _AGENCY)
allow("consultations.slot", _SCHOOL, _AGENCY)
allow("consultations.book", _SCHOOL)
allow("consultations.take_back", _SCHOOL)
allow("consultations.answer", (MEMBERS, Relation.ASSIGNED))
allow("consultations.send_another", (MEMBERS, Relation.ASSIGNED))
allow("consultations.offer", _AGENCY)
allow("consultations.cancel", _AGENCY)
allow("consultations.note", _AGENCY)
allow(
    "consultations.attendance",
    _SCHOOL,
    _AGENCY,
    ({Role.AREA_MANAGER}, Relation.OWN_AREA),
    (WHOLE_AUTHORITY, Relation.OWN_AUTHORITY),
)
