"""Tables with names and contacts: for the web only; the core never opens them."""

from __future__ import annotations

from narvaro.exchange.schema import Table
from narvaro.exchange.tables.columns import count, day, key, open_word, text, word
from narvaro.exchange.tables.roster import PROTECTIONS

NAME_LENGTH, ADDRESS_LENGTH, CONTACT_LENGTH, LANGUAGE_LENGTH = 120, 254, 200, 60

IDENTITIES = Table(
    "identities",
    "Who a pupil is.",
    (
        key("pupil", "the pupil"),
        text("given_name", "given name", required=True, limit=NAME_LENGTH),
        text("family_name", "family name", required=True, limit=NAME_LENGTH),
        text("personal_number", "national identity number"),
        text("email", "address for mail", limit=ADDRESS_LENGTH),
    ),
    key=("pupil",),
    people=True,
)

GUARDIANS = Table(
    "guardians",
    "Who answers for a pupil.",
    (
        key("pupil", "the pupil"),
        key("guardian", "the guardian"),
        text("given_name", "given name", required=True, limit=NAME_LENGTH),
        text("family_name", "family name", required=True, limit=NAME_LENGTH),
        text("contact", "telephone or mail", limit=CONTACT_LENGTH),
        text("language", "language to be met in", limit=LANGUAGE_LENGTH),
        word("protection", PROTECTIONS, "protected identity"),
    ),
    key=("pupil", "guardian"),
    people=True,
)

STAFF = Table(
    "staff",
    "Who works where, in which role.",
    (
        key("staff", "the member of staff"),
        text("given_name", "given name", required=True, limit=NAME_LENGTH),
        text("family_name", "family name", required=True, limit=NAME_LENGTH),
        text("email", "address for mail", limit=ADDRESS_LENGTH),
        open_word("role", (), "the role"),
        key("organisation", "where"),
        key("class", "the class, for a mentor", required=False),
        count("percentage", "share of full time", limit=100),
        day("starts_on", "first day", required=True),
        day("ends_on", "last day, inclusive"),
    ),
    key=("staff", "role", "organisation", "starts_on"),
    people=True,
)

PEOPLE = (IDENTITIES, GUARDIANS, STAFF)
