"""Consent that lifts secrecy: asked for and answered on the school's side alone.

The agency that information is for sees none of it: what is shared with it is a disclosure.
"""

from narvaro.web.accounts.permissions import SCHOOL_STAFF, Relation, allow
from narvaro.web.accounts.roles import Role

# Who comes to schools from outside asks about the pupils whose case they were given
_NEAR = (
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    ({Role.MENTOR}, Relation.OWN_CLASS),
    ({Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}, Relation.ASSIGNED),
)

allow("consent.list", *_NEAR, reads_pupils=True)
allow("consent.consent", *_NEAR, reads_pupils=True)
allow("consent.ask", *_NEAR, reads_pupils=True)
allow("consent.answer", *_NEAR, reads_pupils=True)
allow("consent.withdraw", *_NEAR, reads_pupils=True)
allow("consent.offer_support", *_NEAR, reads_pupils=True)
allow("consent.reply_to_support", *_NEAR, reads_pupils=True)
