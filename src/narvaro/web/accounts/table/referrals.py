"""Referrals: sent by those who work with the whole school, opened by those they are sent to."""

from narvaro.web.accounts.permissions import CLASS_STAFF, SCHOOL_STAFF, Relation, allow
from narvaro.web.accounts.roles import LEADERS, Role

_VISITING = {Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
_SENDERS = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), (_VISITING, Relation.ASSIGNED))
# Help is asked of contacts of agencies; a leader of a school takes over from another authority
_RECEIVERS = {Role.AGENCY_CONTACT} | LEADERS

allow("referrals.list", *_SENDERS, reads_pupils=True)
allow("referrals.prepare", *_SENDERS, reads_pupils=True)
allow("referrals.referral", *_SENDERS, reads_pupils=True)
allow("referrals.send", *_SENDERS, reads_pupils=True)
allow("referrals.decide", *_SENDERS, reads_pupils=True)
# A pupil who leaves the authority: the case is handed over or closed
allow("referrals.move", (LEADERS, Relation.OWN_SCHOOL), reads_pupils=True)
# Everybody's own duty: whoever reads the case, without asking anybody
allow(
    "referrals.concern",
    *_SENDERS,
    (CLASS_STAFF, Relation.OWN_CLASS),
    reads_pupils=True,
)
# Sent to the viewer's own unit, and only while what was told with it holds
allow("referrals.inbox", (_RECEIVERS, Relation.SELF))
allow("referrals.received", (_RECEIVERS, Relation.ASSIGNED), reads_pupils=True)
allow("referrals.answer", (_RECEIVERS, Relation.ASSIGNED), reads_pupils=True)
