"""What went wrong with a job, in plain words; the technical sentence stands below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ERRORS: Final[Mapping[str, str]] = {
    "LedgerBusy": gettext_noop("En annan körning skriver just nu."),
    "SourceUnreachable": gettext_noop("Källan svarar inte, eller svarar något oläsbart."),
    "StorageFailed": gettext_noop("Disken är full eller går inte att skriva till."),
    "InputRefused": gettext_noop("Leveransen kan inte användas. Inget av den har tagits in."),
    "HeldForConfirmation": gettext_noop("Leveransen är olik den förra och väntar på ditt beslut."),
    "WrongKeyFile": gettext_noop("Nyckelfilen är inte den som registret gjordes med."),
    "LedgerDamaged": gettext_noop("En fil i registret är skadad eller borta."),
    "NotFound": gettext_noop("Något som behövs finns inte."),
    "BadRequest": gettext_noop("Uppgiften går inte att utföra så som den är ställd."),
    "OperationalError": gettext_noop("Databasen var låst eller borta."),
    "WorkerDied": gettext_noop("Arbetaren avslutades mitt i uppgiften, gång på gång."),
}


def error_in_words(kind: str) -> str:
    """A sentence for a kind of error; of an unknown one that it is ours to mend."""
    if not kind:
        return ""
    return _(ERRORS.get(kind, "Ett fel i programmet. Inget är halvgjort."))
