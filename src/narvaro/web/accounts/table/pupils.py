"""Pupils: lists, search, the pupil's page."""

from narvaro.web.accounts.permissions import CLASS_STAFF, SCHOOL_STAFF, Relation, allow

allow(
    "pupils.list",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    (CLASS_STAFF, Relation.OWN_CLASS),
    reads_pupils=True,
)
allow(
    "pupils.pupil",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    (CLASS_STAFF, Relation.OWN_CLASS),
    reads_pupils=True,
)
