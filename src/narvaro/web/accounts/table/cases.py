"""Cases: lists, the case page, decisions, notes, hand-overs.

Wider roles see no page of a case; who leads several schools sees the way and the decisions of one
in which something was lifted to them.
"""

from narvaro.web.accounts.permissions import CLASS_STAFF, SCHOOL_STAFF, Relation, allow
from narvaro.web.accounts.restriction import READERS as READERS_OF
from narvaro.web.accounts.restriction import Restriction
from narvaro.web.accounts.roles import LEADERS, STUDENT_HEALTH, Role

OVER_SCHOOLS = frozenset({Role.AREA_MANAGER, Role.HEAD_OF_SCHOOLS})
VISITING = {Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
NEAR = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), (CLASS_STAFF, Relation.OWN_CLASS))
# Who comes to schools from outside reads and writes in what was given to them
READERS = (*NEAR, (VISITING, Relation.ASSIGNED))
READS_HEALTH = READERS_OF[Restriction.STUDENT_HEALTH]
# Class staff decide in steps that are their own; who works with the whole school in its steps
DECIDERS = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), (CLASS_STAFF | VISITING, Relation.ASSIGNED))

allow("cases.list", *READERS, reads_pupils=True)
allow("cases.case", *READERS, reads_pupils=True)
allow("cases.decide", *DECIDERS, reads_pupils=True)
# A document of a step; who comes from outside writes no documents of the school
allow("cases.write", *NEAR)
# Who saw that a step was late acts on it
allow("cases.take_step", (SCHOOL_STAFF, Relation.OWN_SCHOOL), ({Role.MENTOR}, Relation.OWN_CLASS))
# What the principal answers for in law; a concern report is everybody's own
allow("cases.law_of_school", (SCHOOL_STAFF, Relation.OWN_SCHOOL))
# A task is answered by who has it, or by who works with the whole school; nobody takes it away
allow("cases.task", *DECIDERS, (OVER_SCHOOLS, Relation.ASSIGNED), reads_pupils=True)
allow(
    "cases.tasks",
    (SCHOOL_STAFF | CLASS_STAFF | VISITING | OVER_SCHOOLS, Relation.SELF),
    reads_pupils=True,
)
# Lifted over the school: steps, days and decisions of that case, no notes and no documents
allow("cases.lifted", (OVER_SCHOOLS, Relation.ASSIGNED), reads_pupils=True)
allow("cases.hand_back", (OVER_SCHOOLS, Relation.ASSIGNED), reads_pupils=True)
# Whoever sees something can open a case
allow("cases.open", *NEAR, reads_pupils=True)
allow(
    "cases.reopen",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    ({Role.MENTOR}, Relation.OWN_CLASS),
    reads_pupils=True,
)
allow("cases.note", *READERS, reads_pupils=True)
allow("cases.contact", *READERS, reads_pupils=True)
allow("cases.voice", *READERS, reads_pupils=True)
allow("cases.law", *READERS, reads_pupils=True)
# What the absence may come from: who investigates, and the mentor
allow(
    "cases.cause",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    ({Role.MENTOR}, Relation.OWN_CLASS),
    (VISITING, Relation.ASSIGNED),
    reads_pupils=True,
)
allow("cases.hand_over", *DECIDERS, (OVER_SCHOOLS, Relation.ASSIGNED), reads_pupils=True)
# Everything of somebody who leaves: a leader at the school, or who leaves
allow("cases.leaving", (LEADERS, Relation.OWN_SCHOOL))
allow(
    "cases.hand_over_all",
    (LEADERS, Relation.OWN_SCHOOL),
    (STUDENT_HEALTH | CLASS_STAFF | VISITING, Relation.SELF),
    reads_pupils=True,
)
# How much somebody answers for, on the page of a person: counts, no pupil
allow("cases.counts_of_person", ({Role.ADMINISTRATOR}, Relation.OWN_AUTHORITY))
# A restricted note: its professions read it, leaders with a reason; each reading is logged
allow(
    "cases.open_note",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    ({Role.MENTOR}, Relation.OWN_CLASS),
    ({Role.COORDINATOR}, Relation.ASSIGNED),
    reads_pupils=True,
)
# A restricted cause, with how the right to education is met: student health, leaders with a reason
allow(
    "cases.open_cause",
    (READS_HEALTH | LEADERS, Relation.OWN_SCHOOL),
    reads_pupils=True,
)
# A running case follows the routine in force, knowingly: one, or many of a school
allow("cases.move_routine", (LEADERS, Relation.OWN_SCHOOL), reads_pupils=True)
allow("cases.move_many", (LEADERS, Relation.OWN_SCHOOL), reads_pupils=True)
