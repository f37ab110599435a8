"""Meetings: series, agendas, decisions, minutes. What is protected is asked for by profession too."""

from narvaro.web.accounts.permissions import WHOLE_AUTHORITY, Relation, allow
from narvaro.web.accounts.restriction import READERS, Restriction
from narvaro.web.accounts.roles import LEADERS, STUDENT_HEALTH, Role

_WRITERS = LEADERS | STUDENT_HEALTH
_VISITING = {Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
_MEMBERS = _WRITERS | _VISITING
_WRITE = (_WRITERS, Relation.OWN_SCHOOL)
# Who serves several schools reads the meetings they are called to, and no others
_OWN = (_WRITE, (_VISITING, Relation.ASSIGNED))
_LEAD = (LEADERS, Relation.OWN_SCHOOL)

allow("meetings.list", *_OWN)
allow("meetings.meeting", *_OWN, reads_pupils=True)
allow("meetings.minutes", *_OWN, reads_pupils=True)
allow("meetings.minutes_general", *_OWN)
allow("meetings.minutes_pdf", *_OWN, reads_pupils=True)
allow("meetings.minutes_general_pdf", *_OWN)
allow("meetings.answer", (_MEMBERS, Relation.ASSIGNED))
allow("meetings.start_series", _WRITE)
allow("meetings.change_series", _WRITE)
allow("meetings.end_series", _WRITE)
allow("meetings.plan", _WRITE)
allow("meetings.replan", _WRITE)
allow("meetings.cancel", _WRITE)
allow("meetings.invite", _WRITE)
allow("meetings.remind", _WRITE)
allow("meetings.gather", _WRITE)
allow("meetings.add_item", _WRITE, reads_pupils=True)
allow("meetings.move", _WRITE)
allow("meetings.strike", _WRITE, reads_pupils=True)
allow("meetings.analyse", _WRITE, reads_pupils=True)
allow("meetings.decide", _WRITE, reads_pupils=True)
allow(
    "meetings.protect",
    (READERS[Restriction.STUDENT_HEALTH], Relation.OWN_SCHOOL),
    reads_pupils=True,
)
allow("meetings.open_protected", _LEAD, reads_pupils=True)
# A mentor comes for an own pupil's item, and sees nothing else of the meeting
allow("meetings.invite_guest", _WRITE, reads_pupils=True)
allow("meetings.guest", ({Role.MENTOR}, Relation.OWN_CLASS), reads_pupils=True)
allow("meetings.present", _WRITE)
allow("meetings.hold", _WRITE)
allow("meetings.write_minutes", _WRITE)
allow("meetings.approve", _LEAD)
allow("meetings.add_addendum", _WRITE, reads_pupils=True)
allow(
    "meetings.participation",
    _WRITE,
    ({Role.AREA_MANAGER}, Relation.OWN_AREA),
    (WHOLE_AUTHORITY, Relation.OWN_AUTHORITY),
)
