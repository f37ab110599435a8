"""The tables and keys of the file of duties in law."""

from __future__ import annotations

from narvaro.programmes.keys import ID, NAME, Key, Table, table
from narvaro.programmes.law.model import Duty, Law, LawDate, UnderWay
from narvaro.programmes.roles import ROLES
from narvaro.programmes.schema import SOURCES
from narvaro.programmes.values import DAY, DEADLINE, SLUG, TEXT, TEXTS, YES_NO, listed, whole, word
from narvaro.programmes.vocabulary import EVENTS

EVERYONE = "everyone"
WHO = word(
    {EVERYONE: "everyone who works in the school, each personally"}
    | {role: text.en for role, text in ROLES.items()},
    called="role",
)
_TEXT = Key("text", TEXTS, "What it says, in a sentence or two; not the law's own text.", True)
_SOURCE = Key("source", listed(SLUG), "Ids of the `sources` it is taken from.", required=True)
_VERIFIED = Key(
    "verified",
    YES_NO,
    "`true` when what is stated here was read at its source; `false` is for a lawyer to confirm.",
    required=True,
)
LAW_TOP = Table(
    "",
    "What the file is.",
    (
        Key("schema", whole(1), "The schema's number, 1.", required=True),
        Key("version", whole(1), "Raised whenever anything in the file changes.", required=True),
    ),
    Law,
    file="law",
)
LAW_TABLES: tuple[Table, ...] = (
    SOURCES,
    table(
        "duties",
        "What the law asks. The same id may stand again for other days, never for the same day.",
        ID,
        NAME,
        Key("paragraph", TEXT, "Where it stands.", required=True),
        _TEXT,
        Key("who", WHO, "Whose duty it is.", required=True),
        Key("begins", TEXTS, "What starts its clock."),
        Key("deadline", DEADLINE, "Within what time, in the law's own word or number."),
        Key(
            "event",
            word(EVENTS, called="event that cases record"),
            "What cases record when it is met.",
        ),
        Key("personal", YES_NO, "`true` when no approval may stand before it.", default=False),
        Key("from", DAY, "First day it holds; since long ago when left out.", attribute="from_on"),
        Key("to", DAY, "Last day it holds.", attribute="to_on"),
        _SOURCE,
        _VERIFIED,
        builds=Duty,
        repeated=True,
    ),
    table(
        "dates",
        "Days on which something changes for everybody.",
        ID,
        NAME,
        _TEXT,
        Key("decided_on", DAY, "The day it was decided."),
        Key("from", DAY, "The first day it holds.", required=True, attribute="from_on"),
        _SOURCE,
        _VERIFIED,
        builds=LawDate,
        repeated=True,
    ),
    table(
        "under_way",
        "Proposals to look at again; nothing rests on them.",
        ID,
        _TEXT,
        _SOURCE,
        builds=UnderWay,
        repeated=True,
    ),
)
