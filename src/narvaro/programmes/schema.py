"""The tables and keys of a programme file: what is read, what is refused, what the reference says.

A key may be added later; a key's meaning never changes without a new `schema` number.
"""

from __future__ import annotations

from fractions import Fraction

from narvaro.programmes import model
from narvaro.programmes.keys import ID, NAME, Key, Table, table
from narvaro.programmes.programme import Programme
from narvaro.programmes.roles import Text
from narvaro.programmes.schema_of_steps import ROUTINE_TABLES
from narvaro.programmes.values import (
    AGES,
    CHECK_DAY,
    DAY,
    GRADE,
    LIMIT,
    PER_CENT,
    RHYTHM,
    ROLE,
    SLUG,
    TEXT,
    TEXTS,
    WINDOW,
    listed,
    whole,
)
from narvaro.programmes.vocabulary import (
    DAYS,
    MEASURE,
    OPERATOR,
    PER,
    RECEIVER_DAYS,
    RECEIVERS,
    SCHOOLS,
    UPPER_OPERATOR,
)

SCHEMA = 1
"""The number of this schema; a file says which one it was written for."""


TOP = Table(
    "",
    "What the file is.",
    (
        Key("schema", whole(1), "The schema's number, 1.", required=True),
        Key("id", SLUG, "The programme's id; a new municipality or model has a new id.", True),
        Key("version", whole(1), "Raised whenever anything in the file changes.", required=True),
        NAME,
        Key("about", TEXTS, "What the programme is, in a sentence or two."),
    ),
    Programme,
)

SOURCES = table(
    "sources",
    "The documents it is taken from.",
    ID,
    Key("title", TEXT, "The document's title, or what it is.", required=True),
    Key("publisher", TEXT, "Who published it.", required=True),
    Key("dated", DAY, "The day it was published or last changed."),
    Key("address", TEXT, "Where it can be read."),
    builds=model.Source,
    repeated=True,
)

TABLES: tuple[Table, ...] = (
    SOURCES,
    table(
        "in_force",
        "The days on which the programme holds. A date outside is refused unless asked for.",
        Key("from", DAY, "First day.", attribute="from_on"),
        Key("to", DAY, "Last day.", attribute="to_on"),
        builds=model.InForce,
    ),
    table(
        "scope",
        "Which pupils and schools it speaks of. Pupils outside are no rows.",
        Key(
            "grades",
            listed(GRADE),
            "Grades of the pupil's enrolment on the window's last day, in the numbers in use when "
            "the programme began. Without grades and ages: all.",
            default=(),
        ),
        Key("ages", AGES, "Ages on the window's last day, both included. Not with `grades`."),
        Key("schools", SCHOOLS, "Which schools take part.", default="participations"),
        Key(
            "participations",
            listed(SLUG),
            "The words of `participations.programme` that mean this programme; its own id when "
            "left out.",
            default=(),
        ),
        builds=model.Scope,
    ),
    table(
        "registration",
        "How much has to be acknowledged for figures to be usable.",
        Key(
            "target",
            PER_CENT,
            "Per cent of due teaching time, with the share of lessons beside it.",
            default=Fraction(95),
        ),
        builds=model.Registration,
    ),
    table(
        "collaboration",
        "What working with other authorities is called here, and the days it may take.",
        Key(
            "meeting_name",
            TEXTS,
            "What a meeting across agencies is called: Västbus, SIP, a local name.",
            default=Text("Samverkansmöte", "Meeting across agencies"),
        ),
        Key(
            "plan_name",
            TEXTS,
            "What the plan that the agencies make together is called.",
            default=Text("Samordnad individuell plan", "Coordinated individual plan"),
        ),
        Key("days_to_meet", DAYS, "Calendar days from the call to the meeting.", default=21),
        Key(
            "followup_days",
            DAYS,
            "Calendar days from a meeting to the follow-up that is proposed.",
            default=42,
        ),
        Key(
            "referral_days",
            RECEIVER_DAYS,
            "Calendar days until the receiver of a referral has answered, for each of "
            f"{', '.join(f'`{name}`' for name in RECEIVERS)}.",
            default=dict.fromkeys(RECEIVERS, 14),
        ),
        builds=model.Collaboration,
    ),
    table(
        "rules",
        "Share rules: a pupil at or above a limit over a window is flagged.",
        ID,
        NAME,
        Key("window", WINDOW, "`month`, `rolling-months:3`, `school-days:20`, …", required=True),
        Key("measure", MEASURE, "What counts as absent.", default="all-absence"),
        Key("operator", OPERATOR, "Whether the limit itself is enough.", required=True),
        Key("limit", LIMIT, "Compared exactly: 14.996 % is not 15 %.", required=True),
        Key("upper_limit", LIMIT, "The band's upper end, when the rule is a band."),
        Key("upper_operator", UPPER_OPERATOR, "How the band ends.", default="<="),
        Key(
            "coverage_floor",
            PER_CENT,
            "Below this share of acknowledged time the rate decides nothing.",
            default=Fraction(80),
        ),
        Key(
            "minimum_minutes",
            whole(1),
            "Scheduled minutes in the window below which the rule cannot tell. No shipped "
            "programme sets it: their sources state none. Needs `minimum_reason`.",
        ),
        Key("minimum_reason", TEXTS, "Why that minimum."),
        Key("check_on", listed(CHECK_DAY), "Days of every year; else each month end.", default=()),
        Key(
            "after_step",
            SLUG,
            "The rule speaks of pupils whose case has had this step. Flags are worked out for all "
            "in scope; who has no such case is for the owner to see.",
        ),
        Key("leads_to", SLUG, "The step that a flag proposes."),
        builds=model.Rule,
        repeated=True,
    ),
    *ROUTINE_TABLES,
    table("forms", "The documents.", ID, NAME, builds=model.Form, repeated=True),
    table(
        "tiers",
        "Levels of support.",
        ID,
        Key("level", whole(1), "1 is for all pupils.", required=True),
        NAME,
        Key("what", TEXTS, "What support it is.", required=True),
        Key("roles", listed(ROLE), "Who gives it.", default=()),
        builds=model.Tier,
        repeated=True,
    ),
    table(
        "cadence",
        "What returns, and how often.",
        ID,
        NAME,
        Key("every", RHYTHM, "The rhythm.", required=True),
        Key("roles", listed(ROLE), "Who has to be there.", default=()),
        Key("step", SLUG, "The step it belongs to."),
        builds=model.Cadence,
        repeated=True,
    ),
    table(
        "places",
        "How many there is room for.",
        ID,
        NAME,
        Key("count", whole(1), "How many.", required=True),
        Key("per", listed(PER), "Per what; several mean each combination.", default=("programme",)),
        builds=model.Places,
        repeated=True,
    ),
)
