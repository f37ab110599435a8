"""Where the page of a case leads: what the viewer can write, and who answers for it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.ui.lists import Fact

WRITTEN = {
    "case_contact": ("cases.contact", gettext_noop("Kontakt med hemmet")),
    "case_voice": ("cases.voice", gettext_noop("Elevens eller hemmets egna ord")),
    "case_note": ("cases.note", gettext_noop("Skriv en anteckning")),
    "case_cause": ("cases.cause", gettext_noop("Orsak eller styrka")),
    "case_law": ("cases.law", gettext_noop("Notera att något är gjort enligt lag")),
}


def links_of(case: Case, viewer: Viewer) -> list[Fact]:
    """What can be written in an open case, by the viewer's role."""
    if not case.is_open:
        return []
    found = [
        Fact(_(words), "", reverse(page, args=[case.public_id]))
        for page, (action, words) in WRITTEN.items()
        if viewer.may(action)
    ]
    if viewer.may("documents.home_letters"):
        letters = reverse("home_letters", args=[case.pupil.public_id])
        found.append(Fact(_("Brev till vårdnadshavare"), "", letters))
    return found


def owning_link(case: Case, viewer: Viewer) -> Fact | None:
    """`Lämna över` while the case is open, `Öppna ärendet igen` when it is closed."""
    given = [case.public_id]
    if not case.is_open:
        may = viewer.may("cases.reopen")
        return (
            Fact(_("Öppna ärendet igen"), "", reverse("case_reopen", args=given)) if may else None
        )
    is_mine = case.owner_id == viewer.account.pk
    may = viewer.may("cases.hand_over") and (is_mine or not viewer.reach("cases.hand_over").is_self)
    return Fact(_("Lämna över"), "", reverse("case_hand_over", args=given)) if may else None


def inspector_link(case: Case, viewer: Viewer) -> Fact | None:
    """The way to the one page that answers an inspector, for those who lead the school."""
    if not viewer.may("inspector.case"):
        return None
    url = reverse("inspector_case", args=[case.public_id])
    return Fact(_("Ta ut ärendet för tillsyn"), "", url)


def case_url(case: Case, viewer: Viewer) -> str:
    """The page of a case for the viewer's role: the whole, or the narrow one; empty for others."""
    for action, name in (("cases.case", "case"), ("cases.lifted", "case_lifted")):
        if viewer.may(action):
            return reverse(name, args=[case.public_id])
    return ""
