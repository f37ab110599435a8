"""Letters to guardians: whose homes are written to, in which language, and who gets none and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from narvaro.forms import forms_in_force
from narvaro.forms.model import Form
from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.restriction import may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.letters import (
    is_about_protected,
    languages_of,
    letter_shown,
    places_named,
)
from narvaro.web.documents.models import Document
from narvaro.web.messages.letters_to_many import Draft, may_have_paper, why_no_mail
from narvaro.web.messages.models import Skipped
from narvaro.web.messages.registry import receiver_of
from narvaro.web.pupils.models import Guardian, Pupil
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.sorting import sort_key

KIND = "document:"
MAIL, PAPER, NONE = "mail", "paper", "none"
LONGEST_ADDRESS = 200


@dataclass(frozen=True, slots=True)
class Home:
    """A guardian who could be written to. `why`: nothing can be sent, and why not.

    `other_language`: the one they are met in, where the letter is not written in it.
    """

    key: str
    guardian: str
    pupil: str
    pupil_name: str
    name: str
    address: str
    language: str
    other_language: str
    ways: Sequence[tuple[str, str]]
    way: str
    why: str
    postal: str = ""


def letter_forms(viewer: Viewer, *, is_about_pupil: bool) -> list[Form]:
    """The templates of letters: forms that make one, that the viewer's role may fill in."""
    return [
        one
        for one in forms_in_force(viewer.today)
        if one.letters
        and one.is_about_pupil == is_about_pupil
        and may_read(viewer.role, one.restriction.value)
    ]


def pupils_to_choose(viewer: Viewer, units: Collection[Unit]) -> QuerySet[Pupil]:
    """Pupils of some classes today: nobody protected."""
    named = Pupil.objects.named_to(viewer, "documents.send_home")
    here = [one.key for one in units]
    mine = named.filter(enrolments__class_key__in=here, enrolments__to_on=None)
    mine |= named.filter(enrolments__class_key__in=here, enrolments__to_on__gte=viewer.today)
    return Pupil.objects.filter(pk__in=mine.values("pk")).in_name_order()


def classes_of(viewer: Viewer) -> list[tuple[Unit, str]]:
    """The classes that the viewer can write to, each with `Almskolan, 7B`, by that."""
    keys = viewer.reach("documents.send_home").class_keys
    units = Unit.objects.filter(authority=viewer.authority)
    schools = dict(units.filter(kind=UnitKind.SCHOOL).values_list("key", "name"))
    found = units.filter(kind=UnitKind.CLASS, key__in=keys)
    named = [(one, f"{schools.get(one.key.partition('/')[0], '')}, {one.name}") for one in found]
    return sorted(named, key=lambda each: sort_key(each[1]))


def homes_of(
    document: Document, pupils: Iterable[Pupil], viewer: Viewer, sent: Mapping[str, str]
) -> list[Home]:
    """Every guardian of the pupils, with what was chosen in a form that was sent."""
    guardians = Guardian.objects.filter(pupil__in=[one.pk for one in pupils])
    ordered = guardians.select_related("pupil").order_by(
        "pupil__sort_name", "pupil__key", "family_name", "given_name", "pk"
    )
    return [home for one in ordered if (home := _home(document, one, viewer, sent)) is not None]


def _home(
    document: Document, guardian: Guardian, viewer: Viewer, sent: Mapping[str, str]
) -> Home | None:
    key = f"guardian:{guardian.public_id}"
    receiver = receiver_of(viewer, key)
    if receiver is None:
        return None
    ways = []
    why = why_no_mail(receiver)
    if not why:
        ways.append((MAIL, _("Mejl")))
    if may_have_paper(receiver) and (document.pupil is not None or not receiver.is_protected):
        ways.append((PAPER, _("Papper")))
    usual = ways[0][0] if ways else NONE
    chosen = sent.get(f"way-{guardian.public_id}", usual)
    languages = languages_of(document)
    met_in = language_among(languages, guardian.language)
    asked = sent.get(f"language-{guardian.public_id}", "")
    return Home(
        key,
        guardian.public_id,
        guardian.pupil.public_id,
        name_of(guardian.pupil),
        receiver.paper_name or _("Någon med skyddade uppgifter"),
        receiver.address,
        asked if asked in languages else met_in or _chosen_language(document),
        "" if met_in or guardian.is_protected else _in_words(guardian.language),
        [*ways, (NONE, _("Inget brev"))] if ways else [],
        chosen if chosen in {MAIL, PAPER, NONE} else usual,
        "" if not why else str(Skipped(why).label),
        sent.get(f"postal-{guardian.public_id}", "")[:LONGEST_ADDRESS],
    )


def language_among(languages: Mapping[str, str], told: str) -> str:
    """The code of a guardian's language, told as a code or as a word; empty when it is not there."""
    word = told.strip().casefold()
    names = {"svenska": "sv", "swedish": "sv", "engelska": "en", "english": "en"}
    names |= {name.casefold(): code for code, name in languages.items()}
    code = names.get(word, word.partition("-")[0])
    return code if code in languages else ""


def _in_words(told: str) -> str:
    """A language as it is called, where it was told as a code."""
    words = {
        "sv": _("svenska"),
        "ar": _("arabiska"),
        "so": _("somaliska"),
        "fi": _("finska"),
        "en": _("engelska"),
        "ti": _("tigrinska"),
    }
    return str(words.get(told.strip().casefold(), told))


def _chosen_language(document: Document) -> str:
    chosen = str(document.answers.get("language", "sv"))
    return chosen if chosen in languages_of(document) else "sv"


def drafts_of(document: Document, homes: Iterable[Home]) -> Iterator[Draft]:
    """The letter of each home that gets one, and of those who cannot: the preview says why.

    Raises Refused when a letter about a protected pupil names the school or the class.
    """
    for home in homes:
        if home.ways and home.way == NONE:
            continue
        letter = letter_shown(document, into=home.language)
        if letter is None:
            raise Refused(_("Dokumentet är inget brev."))
        if is_about_protected(document) and places_named(document, letter):
            raise Refused(
                _(
                    "Brevet nämner skolan eller klassen. Eleven har skyddade uppgifter: skriv om det."
                )
            )
        yield Draft(
            receiver=home.key,
            about=f"pupil:{home.pupil}",
            language=letter.language,
            subject=letter.subject,
            body=letter.body,
            wants_paper=home.way == PAPER,
            postal=home.postal,
        )


def has_any(homes: Iterable[Home]) -> bool:
    """Somebody gets the letter."""
    return any(one.ways and one.way != NONE for one in homes)
