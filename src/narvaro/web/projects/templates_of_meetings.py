"""What each kind of project meeting usually is: its rhythm, who comes, what is gone through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from narvaro.web.projects.meeting_models import SeriesKind
from narvaro.web.projects.rhythm import Per


@dataclass(frozen=True, slots=True)
class Usual:
    """A template; everything in it can be changed for a project. `role` is who comes of each."""

    number: int
    per: Per
    role: str | Promise
    agenda: tuple[str | Promise, ...]


_FOLLOW_UP = _("Beslut från förra mötet")
_NEXT = _("Nästa möte")

USUAL: Mapping[SeriesKind, Usual] = {
    SeriesKind.PROJECT_GROUP: Usual(
        2,
        Per.WEEKS,
        _("verksamhetsrepresentant"),
        (_FOLLOW_UP, _("Läget per del"), _("Risker och avvikelser"), _NEXT),
    ),
    SeriesKind.CONTACT_PERSONS: Usual(
        2,
        Per.HALF_YEAR,
        _("kontaktperson"),
        (_FOLLOW_UP, _("När samverkan är aktuell"), _("Byten av kontaktpersoner"), _NEXT),
    ),
    SeriesKind.PRINCIPALS: Usual(
        2,
        Per.TERM,
        _("rektor"),
        (_FOLLOW_UP, _("Hur rutinen följs"), _("Frånvaron på skolorna"), _NEXT),
    ),
    SeriesKind.STEERING: Usual(
        1, Per.CALLED, _("chef"), (_FOLLOW_UP, _("Mål och ekonomi"), _("Beslut"), _NEXT)
    ),
    SeriesKind.RESEARCHERS: Usual(
        1, Per.CALLED, _("följeforskare"), (_FOLLOW_UP, _("Uppgifter och mätperioder"), _NEXT)
    ),
    SeriesKind.START_UP: Usual(
        1, Per.CALLED, _("skolpersonal"), (_("Varför och hur"), _("Rutinen"), _("Frågor"))
    ),
    SeriesKind.INSPIRATION: Usual(
        1,
        Per.CALLED,
        _("skolpersonal"),
        (_("Del för skolan"), _("Del för samverkanspartner"), _("Samtal i blandade grupper")),
    ),
    SeriesKind.MID_TERM: Usual(
        1, Per.ONCE, _("tjänsteperson"), (_("Resultat hittills"), _("Samtal i grupper"))
    ),
    SeriesKind.FINAL: Usual(
        1, Per.ONCE, _("tjänsteperson"), (_("Resultat"), _("Hur arbetet fortsätter"))
    ),
    SeriesKind.OTHER: Usual(1, Per.CALLED, _("deltagare"), (_FOLLOW_UP, _NEXT)),
}


def usual_agenda(kind: SeriesKind) -> str:
    """The template's points, one a line."""
    return "\n".join(str(one) for one in USUAL[kind].agenda)
