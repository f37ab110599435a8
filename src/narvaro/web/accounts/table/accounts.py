"""People, units, roles, vacancies and stand-ins. Administrators manage them and read no pupil."""

from narvaro.web.accounts.permissions import EVERYONE, Relation, allow
from narvaro.web.accounts.roles import LEADERS, Role

MANAGED = (
    "accounts.people",
    "accounts.add_person",
    "accounts.person",
    "accounts.change_person",
    "accounts.reset_second_factor",
    "accounts.give_role",
    "accounts.change_role",
    "accounts.end_role",
    "accounts.stand_in",
    "accounts.leave_vacant",
    "accounts.add_unit",
    "accounts.move_unit",
    "accounts.close_unit",
)
for name in MANAGED:
    allow(name, ({Role.ADMINISTRATOR}, Relation.OWN_AUTHORITY))

# What sources tell of and a second person approves: never who sent it (proposal_actions)
for name in (
    "accounts.proposed_roles",
    "accounts.approve_role",
    "accounts.decline_role",
    "accounts.undo_role",
    "accounts.decide_roles",
    "accounts.undo_roles",
):
    allow(name, ({Role.ADMINISTRATOR, Role.SYSTEM_OWNER}, Relation.OWN_AUTHORITY))

# Who serves where, and what is vacant; also for those who fill the posts
allow(
    "accounts.unit",
    ({Role.ADMINISTRATOR, Role.HEAD_OF_SCHOOLS}, Relation.OWN_AUTHORITY),
    ({Role.AREA_MANAGER}, Relation.OWN_AREA),
    (LEADERS, Relation.OWN_SCHOOL),
)
allow("account.language", (EVERYONE, Relation.SELF))
