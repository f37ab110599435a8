"""Who goes where: organisations, the calendar, pupils, enrolments, groups."""

from __future__ import annotations

from narvaro.exchange.schema import Table
from narvaro.exchange.tables.columns import day, key, open_word, text, word

PROTECTIONS = ("none", "marked", "protected_registration")
GRADES = ("preschool", "F", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")

ORGANISATIONS = Table(
    "organisations",
    "School authorities, areas, schools; classes and groups where a source names them.",
    (
        key("organisation", "the organisation"),
        text("name", "its name", required=True),
        open_word(
            "kind",
            ("school_authority", "area", "school_unit", "class", "group"),
            "what it is; other words are kept as given",
        ),
        key("parent", "the organisation it belongs to", required=False),
        text("school_unit_code", "the national code of a school unit"),
        day("starts_on", "first day of this row; empty: from the beginning"),
        day("ends_on", "last day, inclusive; empty: still so"),
    ),
    key=("organisation", "starts_on"),
)

CALENDAR = Table(
    "calendar",
    "Terms, breaks, staff days and closed days of an organisation and all below it.",
    (
        key("organisation", "whose calendar this is"),
        day("from", "first day", required=True),
        day("to", "last day, inclusive", required=True),
        word("kind", ("term", "break", "staff_day", "closed"), "what it is", required=True),
        text("name", "such as the term's name"),
    ),
    key=("organisation", "from", "kind"),
)

PUPILS = Table(
    "pupils",
    "One row a pupil: a key, never a name.",
    (
        key("pupil", "the pupil"),
        day("birth_date", "date of birth"),
        word("sex", ("female", "male", "unknown"), "as registered"),
        word(
            "protection",
            PROTECTIONS,
            "protected identity; a fictitious one is stored as `protected_registration`",
        ),
    ),
    key=("pupil",),
)

ENROLMENTS = Table(
    "enrolments",
    "At which school, in which class and grade a pupil is, and when.",
    (
        key("pupil", "the pupil"),
        key("school", "the school, an organisation"),
        key("class", "the class; it needs no row in `organisations`", required=False),
        word("grade", GRADES, "the grade"),
        text("school_form", "the form of school"),
        day("starts_on", "first day", required=True),
        day("ends_on", "last day, inclusive; empty: still enrolled"),
    ),
    key=("pupil", "school", "starts_on"),
)

GROUP_MEMBERSHIPS = Table(
    "group_memberships",
    "Which teaching groups a pupil belongs to, and when.",
    (
        key("pupil", "the pupil"),
        key("group", "the group; it needs no row in `organisations`"),
        day("starts_on", "first day", required=True),
        day("ends_on", "last day, inclusive; empty: still a member"),
    ),
    key=("pupil", "group", "starts_on"),
)

ROSTER = (ORGANISATIONS, CALENDAR, PUPILS, ENROLMENTS, GROUP_MEMBERSHIPS)
