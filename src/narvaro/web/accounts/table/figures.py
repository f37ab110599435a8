"""Figures: of the municipality, an area, a school, a class."""

from narvaro.web.accounts.permissions import (
    CLASS_STAFF,
    SCHOOL_STAFF,
    WHOLE_AUTHORITY,
    Relation,
    allow,
)
from narvaro.web.accounts.roles import Role

allow("figures.municipality", (WHOLE_AUTHORITY | {Role.AREA_MANAGER}, Relation.OWN_AUTHORITY))
allow(
    "figures.area",
    (WHOLE_AUTHORITY, Relation.OWN_AUTHORITY),
    ({Role.AREA_MANAGER}, Relation.OWN_AREA),
)
# The school's page without pupils; its staff see the pupils on it by `figures.school_pupils`
allow(
    "figures.school",
    (WHOLE_AUTHORITY, Relation.OWN_AUTHORITY),
    ({Role.AREA_MANAGER}, Relation.OWN_AREA),
    (SCHOOL_STAFF | {Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}, Relation.OWN_SCHOOL),
)
allow("figures.school_pupils", (SCHOOL_STAFF, Relation.OWN_SCHOOL), reads_pupils=True)
allow(
    "figures.class",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    (CLASS_STAFF, Relation.OWN_CLASS),
    reads_pupils=True,
)
# The list as a file: those who lead the school or its student health, not every colleague
allow(
    "figures.export",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    reads_pupils=True,
)
allow("figures.two_rules", (SCHOOL_STAFF, Relation.OWN_SCHOOL), reads_pupils=True)
# What another rule would have flagged: counts alone
allow(
    "figures.what_if",
    (WHOLE_AUTHORITY | {Role.AREA_MANAGER}, Relation.OWN_AUTHORITY),
)
