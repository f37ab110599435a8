"""What documents offer to the pages that gather: the menu's place, texts to approve, a pupil's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.roles import LEADERS, Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.lists import listed
from narvaro.web.documents.models import Approval, Document
from narvaro.web.messages.registry import OnPaper, offer_paper
from narvaro.web.pupils.models import Pupil
from narvaro.web.ui.registry import (
    MenuItem,
    Panel,
    Part,
    QueueGroup,
    QueueRow,
    offer_menu,
    offer_pupil_panels,
    offer_queue,
)

# Whose menu is full, or who makes no documents, finds the library from another page
NOT_IN_MENU = LEADERS | {
    Role.AREA_MANAGER, Role.HEAD_OF_SCHOOLS, Role.ANALYST, Role.SYSTEM_OWNER, Role.ADMINISTRATOR,
    Role.RESEARCHER, Role.REGISTRAR, Role.ARCHIVIST, Role.DATA_PROTECTION_OFFICER,
}  # fmt: skip
LISTED = 10


def fill() -> None:
    """Called once, at the start."""
    offer_menu(70, _menu)
    offer_queue(_to_approve)
    offer_pupil_panels(Part.NEXT, 80, _of_pupil)
    offer_paper(_on_paper)


def _on_paper(papers: Sequence[OnPaper], at: datetime) -> bytes:
    from narvaro.web.documents.paper import letters_on_paper

    return letters_on_paper(papers, at)


def _menu(viewer: Viewer) -> Iterable[MenuItem]:
    if viewer.may("routines.list") and viewer.role not in NOT_IN_MENU:
        yield MenuItem("routines", _("Mallar"), reverse("routines"))


def _to_approve(viewer: Viewer) -> Iterable[QueueRow]:
    if not viewer.may("routines.approve"):
        return
    waiting = Approval.objects.filter(
        principal=viewer.account, approved_at=None, version__document__authority=viewer.authority
    )
    for one in waiting.select_related("version__document", "asked_by"):
        document = one.version.document
        yield QueueRow(
            key=f"routine:{one.public_id}",
            group=QueueGroup.THIS_WEEK,
            title=_("Godkänn ”%(name)s”") % {"name": document.name},
            why=_("%(who)s ber om ditt godkännande av version %(number)s.")
            % {"who": one.asked_by.name, "number": one.version.number},
            verb=_("Läs och godkänn"),
            url=reverse("routine_version", args=[document.public_id, one.version.number]),
        )


def _of_pupil(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    if not viewer.may("documents.document"):
        return
    mine = Document.objects.visible_to(viewer, "documents.document").filter(pupil=pupil)
    found = mine.select_related("pupil", "unit", "owner", "signed_by").order_by("-saved_at")
    context = {
        "rows": listed(found[:LISTED], viewer),
        "start_url": reverse("document_start_about", args=[pupil.public_id])
        if viewer.may("documents.start")
        else "",
        "letters_url": reverse("home_letters", args=[pupil.public_id])
        if viewer.may("documents.home_letters")
        else "",
    }
    yield Panel("documents", _("Dokument"), "documents/panel.html", context)
