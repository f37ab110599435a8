"""Words that headers and cells of such files are known to have.

A header is compared without its unit and its brackets: `Frånvaro (min)` is `frånvaro`, in minutes.
Where a word can mean several fields, the cells decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from narvaro.sources.files.profile import word_key


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


_FIELDS: Final[Mapping[str, str]] = {
    "pupil": "personnummer|personnr|personnr.|person nr|pnr|elev-pnr|elevens personnummer|"
    "person-id|personid|elevid|elev-id|elev id|elevnummer|elevnr|elevkod|id|identitet|"
    "personal number|civic number|pupil id|student id|pupil|student|elev|uuid|nyckel|elevnyckel",
    "school": "skola|skolenhet|skolenhetskod|enhet|skolkod|school|school unit|skolnamn",
    "class": "klass|klasser|class|klassnamn",
    "group": "grupp|undervisningsgrupp|group|gruppnamn|kurs/grupp|undervisningsgrupper",
    "subject": "ämne|kurs|ämne/kurs|ämne / kurs|subject|course|ämnesnamn|ämneskod",
    "teachers": "lärare|lärarsignatur|signatur|sign|undervisande lärare|teacher|teachers",
    "lesson": "lektionsid|lektions-id|lektion-id|lektions id|lesson id|lesson|lektionsnummer|"
    "tillfälle-id|tillfällesid",
    "date": "datum|lektionsdatum|date|dag|dat",
    "starts": "start|starttid|börjar|från kl|fr kl|lektionsstart|start time|starts|startar|från|"
    "klockan|starts at|tid|lektionsstart tid",
    "ends": "slut|sluttid|slutar|till kl|lektionsslut|end time|ends|end|till|ends at",
    "times": "tid|lektionstid|klockslag|tider|time|kl",
    "minutes": "lektionslängd|längd|lektionstid|lektionens längd|length|lesson length|duration|"
    "undervisningstid|schemalagd tid",
    "status": "status|närvarostatus|frånvarotyp|typ|typ av frånvaro|frånvaro|närvaro|registrering|"
    "attendance",
    "reason": "orsak|frånvaroorsak|anledning|frånvaroanledning|reason|absence reason",
    "present_minutes": "n|närvaro|närvarotid|närvarande|närvarominuter|present|närvarande tid",
    "valid_minutes": "gf|giltig frånvaro|giltig|giltig frånvarotid|valid absence|valid|"
    "giltig frånv.|giltig frv",
    "invalid_minutes": "ogf|ogiltig frånvaro|ogiltig|ogiltig frånvarotid|invalid absence|invalid|"
    "ogiltig frånv.|ogiltig frv",
    "unclassified_minutes": "oklassificerad frånvaro|oklassad frånvaro|frånvaro utan orsak",
    "other_minutes": "annan aktivitet|annan skolaktivitet|skolaktivitet|other activity",
    "absent_minutes": "frånvaro|total frånvaro|frånvarotid|frånvarominuter|absence|absent|"
    "frånvarande|frånvarande tid|summa frånvaro|all frånvaro",
    "late_minutes": "sen ankomst|sen|försening|sena ankomster|försenad|minutes late|late",
    "acknowledged": "rapporterad|kvitterad|registrerad|färdigrapporterad|bekräftad|reported|"
    "närvaroförd",
    "acknowledged_at": "rapporterad tid|rapporterades|kvitterad tid|rapporterad kl|reported at|"
    "rapporterad datum|rapporteringstid|registrerad tid",
    "recorded_at": "senast ändrad|ändrad|uppdaterad|recorded at|changed at|senast uppdaterad",
    "cancelled": "inställd|cancelled|inställd lektion",
    "from": "från|från och med|fr.o.m.|fr o m|from|startdatum|från datum|period från|start|from date",
    "to": "till|till och med|t.o.m.|t o m|to|slutdatum|till datum|period till|slut|to date",
    "month": "månad|month|period",
    "offered_minutes": "undv. tid|undv tid|undervisningstid|schemalagd tid|lektionstid|"
    "erbjuden tid|offered|offered time|total lektionstid|schematid|total undervisningstid",
    "acknowledged_minutes": "rapporterad tid|registrerad tid|kvitterad tid|reported time|"
    "närvaroförd tid",
    "not_acknowledged": "ej reg tid|ej reg. tid|ej registrerad tid|ej rapporterad tid|"
    "oregistrerad tid|ej kvitterad tid|ej reg|ej närvaroförd",
}
# `F` alone is invalid absence only in the company of `N` and `GF`.
ABBREVIATED_INVALID: Final = "f"
ABBREVIATIONS: Final = frozenset({"n", "gf"})
NOT_READ: Final[Mapping[str, str]] = {
    "a person's name; a pupil is known by the identifier": "namn|elevnamn|förnamn|efternamn|"
    "elevens namn|name|first name|last name|tilltalsnamn|given name|family name",
    "about a guardian or a contact": "vårdnadshavare|vh|vh1|vh2|e-post|epost|mobil|telefon|"
    "vårdnadshavares personnummer|vh-pnr|adress|email|phone",
    "free text, which can hold anything about a child": "kommentar|anteckning|notering|fritext|"
    "comment|meddelande|anmärkning",
    "a number of lessons, not a time": "lekt|lekt.|lektioner|antal lektioner|lessons|antal lekt",
    "nothing that is measured": "mentor|klassföreståndare|sal|rum|room|åk|årskurs|grade|kön|"
    "skolform|program|veckodag|vecka|v.|termin|läsår|rad|nr|rad nr|löpnr|lektionsnr|"
    "antal tillfällen|weekday|week",
}
TOTALS: Final = _words(
    "totalt|total|totalsumma|summa|summering|medel|medelvärde|genomsnitt|snitt|sum|average|"
    "utskriven|utskrivet|antal elever|delsumma|klass totalt"
)
YES: Final = frozenset(_words("ja|j|yes|y|x|1|true|sant|rapporterad|kvitterad|registrerad|klar"))
NO: Final = frozenset(
    _words("nej|n|no|0|false|falskt|ej rapporterad|ej kvitterad|ej registrerad|oregistrerad")
)
_UNIT_WORDS: Final = {
    "minutes": "min|min.|minuter|minutes|minut|antal minuter",
    "hours": "h|tim|tim.|timmar|hours|t|antal timmar",
    "percent": "%|procent|andel|percent|i %",
}
UNITS: Final = {w: unit for unit, words in _UNIT_WORDS.items() for w in words.split("|")}


def _meanings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for field, words in _FIELDS.items():
        for word in words.split("|"):
            found[word] = (*found.get(word, ()), field)
    return found


MEANINGS: Final = _meanings()
IGNORED: Final = {word: why for why, words in NOT_READ.items() for word in words.split("|")}
REASON_RULES: Final[Mapping[str, Mapping[str, object]]] = {
    word: rule
    for words, rule in (
        ("närvarande|närvaro|present|på plats|n", {"bucket": "present"}),
        (
            "giltig|giltig frånvaro|valid|sjuk|sjukdom|läkarbesök|tandläkare|gf",
            {"bucket": "valid", "reason": "other_valid"},
        ),
        (
            "sjukanmäld|anmäld frånvaro|anmäld|frånvaroanmäld",
            {"bucket": "valid", "reason": "notified", "announced": True},
        ),
        (
            "ledighet|beviljad ledighet|ledig|leave",
            {"bucket": "valid", "reason": "leave", "announced": True},
        ),
        (
            "ogiltig|ogiltig frånvaro|invalid|skolk",
            {"bucket": "invalid", "reason": "none"},
        ),
        (
            "oanmäld frånvaro|oanmäld|ej anmäld frånvaro|okänd frånvaro",
            {"bucket": "unclassified", "reason": "none"},
        ),
        ("frånvarande|frånvaro|absent", {"bucket": "unclassified"}),
        (
            "sen ankomst|sen|försenad|late",
            {"bucket": "unclassified", "without_minutes": "refuse"},
        ),
        (
            "annan aktivitet|annan skolaktivitet|prao|studiebesök|elevråd|skolaktivitet",
            {"bucket": "other", "reason": "other_activity"},
        ),
        (
            "distansundervisning|distans|fjärrundervisning",
            {"bucket": "valid", "counts_as_absence": False, "reason": "other_activity"},
        ),
        (
            "ej rapporterad|orapporterad|ej kvitterad|ej registrerad",
            {"bucket": "unknown", "acknowledged": "no"},
        ),
    )
    for word in words.split("|")
}


def base_and_unit(header: str) -> tuple[str, str | None]:
    """A header's word without its unit, and the unit it names: `Frånvaro (min)`, `N %`."""
    plain = word_key(header)
    bracketed = re.fullmatch(r"(.*?)\s*[\(\[]\s*(?:i\s+)?([^)\]]+?)\s*[\)\]]", plain)
    if bracketed and word_key(bracketed[2]) in UNITS:
        return bracketed[1].rstrip(" ,"), UNITS[word_key(bracketed[2])]
    before, _, last = plain.rpartition(" ")
    if before and last in UNITS:
        return before.removesuffix(" i").rstrip(" ,"), UNITS[last]
    return plain, None


def known_header(header: str) -> bool:
    """Whether a header is one of the known words."""
    base, _ = base_and_unit(header)
    return base in MEANINGS or base in IGNORED or base == ABBREVIATED_INVALID


def is_known(cell: str) -> bool:
    """Whether a cell is a header or a word of attendance that is known."""
    return known_header(cell) or word_key(cell) in REASON_RULES
