"""Letters to guardians: a template chosen, receivers chosen, and on to the preview."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.forms import Form
from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.restriction import may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents import actions
from narvaro.web.documents.facts import language
from narvaro.web.documents.home_letters import (
    KIND,
    Home,
    classes_of,
    drafts_of,
    has_any,
    homes_of,
    letter_forms,
    pupils_to_choose,
)
from narvaro.web.documents.known import figures_known
from narvaro.web.documents.letters import letter_shown
from narvaro.web.documents.lists import listed
from narvaro.web.documents.models import Document
from narvaro.web.documents.places import school_of, schools_of
from narvaro.web.documents.views.finding import crumbs_of, found_for, told_the_log
from narvaro.web.messages.had import HadLetter, letters_about
from narvaro.web.messages.letters_to_many import prepare_letter
from narvaro.web.messages.registry import receiver_of
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.opening import reason_given
from narvaro.web.pupils.pages import name_of

LISTED = 20
SELECTED = "home_letters"
MOST_SELECTED = 60
"""So many pupils fit in an address; a class is chosen by itself."""


@page("documents.home_letters")
def home_letters(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Letters to a pupil's home: those written, who had which, and a new one begun."""
    mine = Pupil.objects.visible_to(viewer, "documents.home_letters")
    pupil = get_object_or_404(mine, public_id=public_id)
    reason = reason_given(request, viewer, pupil)
    if reason is None:
        return redirect("pupils_open", public_id=pupil.public_id)
    forms = letter_forms(viewer, is_about_pupil=True)
    school = school_of(pupil, viewer)
    if request.method == "POST" and school is not None:
        made = actions.start(
            _chosen(request, forms),
            pupil=pupil,
            unit=school,
            by=viewer,
            at=viewer.now,
            prefilled=figures_known(viewer, pupil, school),
        )
        return redirect("document_fill_in", public_id=made.public_id)
    log_reading(request, [f"pupil:{pupil.public_id}"], reason=reason)
    context = {
        "name": name_of(pupil),
        "crumbs": _back_to(pupil, viewer),
        "written": _written(viewer, [one.id for one in forms], pupil),
        "had": _had(viewer, pupil),
        "forms": [(one.id, one.name.to(language()), one.about.to(language())) for one in forms],
    }
    return render(request, "documents/home_letters.html", context)


def _back_to(pupil: Pupil, viewer: Viewer) -> list[tuple[str, str]]:
    """The way back to the pupil, for whoever may go there."""
    if not viewer.may("pupils.pupil"):
        return []
    page = reverse("pupil", args=[pupil.public_id])
    return [(name_of(pupil), page), (_("Brev till vårdnadshavare"), "")]


@page("documents.letters_to_homes")
def letters_to_homes(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One letter to many homes: those written, and a new one begun for a class or a selection."""
    forms = letter_forms(viewer, is_about_pupil=False)
    schools = schools_of(viewer, "documents.letters_to_homes")
    if request.method == "POST":
        form = _chosen(request, forms)
        unit = next((one for one in schools if one.public_id == request.POST.get("unit")), None)
        if unit is None and len(schools) != 1:
            raise Http404
        made = actions.start(form, pupil=None, unit=unit or schools[0], by=viewer, at=viewer.now)
        kept = dict(request.session.get(SELECTED, {}))
        kept[made.public_id] = [request.POST.get("klass", ""), *_selected(request.POST)]
        request.session[SELECTED] = kept
        return redirect("document_fill_in", public_id=made.public_id)
    context = {
        "written": _written(viewer, [one.id for one in forms], None),
        "forms": [(one.id, one.name.to(language()), one.about.to(language())) for one in forms],
        "schools": schools if len(schools) > 1 else [],
        "klass": request.GET.get("klass", ""),
        "selected": _selected(request.GET),
    }
    return render(request, "documents/letters_to_homes.html", context)


@page("documents.send_home")
def send_home(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Choose for each guardian: mail or paper and the language; then the preview."""
    found = found_for(viewer, "documents.send_home", public_id)
    shown = letter_shown(found)
    if not found.is_signed or shown is None or not may_read(viewer.role, found.restriction):
        raise Http404
    if away := told_the_log(request, viewer, found):
        return away
    klass, pupils = _pupils(request, viewer, found)
    homes = homes_of(found, pupils, viewer, request.POST)
    problem = ""
    if request.method == "POST":
        try:
            return _prepared(found, homes, viewer, title=shown.subject)
        except Refused as refused:
            problem = str(refused)
    if found.pupil is None:
        log_reading(request, sorted({f"pupil:{one.pupil}" for one in homes}))
    context = {
        "document": found,
        "letter": shown,
        "homes": homes,
        "languages": found.labels["letters"],
        "classes": classes_of(viewer) if found.pupil is None else [],
        "klass": klass,
        "selected": [one.public_id for one in pupils] if found.pupil is None else [],
        "problem": problem,
        "crumbs": crumbs_of(found, viewer),
    }
    return render(request, "documents/send_home.html", context, status=422 if problem else 200)


def _prepared(
    found: Document, homes: Sequence[Home], viewer: Viewer, *, title: str
) -> HttpResponse:
    if not has_any(homes):
        raise Refused(_("Välj minst en mottagare."))
    made = prepare_letter(
        kind=f"{KIND}{found.public_id}",
        title=title,
        drafts=drafts_of(found, homes),
        by=viewer,
        at=viewer.now,
    )
    return redirect("letter", public_id=made.public_id)


def _had(viewer: Viewer, pupil: Pupil) -> list[tuple[HadLetter, list[tuple[str, str]]]]:
    """Every letter with the name of each who was to have it, and how far it came."""
    found = letters_about(f"pupil:{pupil.public_id}", until=viewer.now)
    return [(one, [(_receiver(viewer, key), said) for key, said in one.receivers]) for one in found]


def _receiver(viewer: Viewer, key: str) -> str:
    found = receiver_of(viewer, key)
    return (found.paper_name if found else "") or _("Vårdnadshavare")


def _pupils(request: HttpRequest, viewer: Viewer, found: Document) -> tuple[str, list[Pupil]]:
    """Whose homes: the document's pupil's; else a class's, or those selected. Nobody protected."""
    if found.pupil is not None:
        return "", [found.pupil]
    given = request.POST if request.method == "POST" else request.GET
    kept = request.session.get(SELECTED, {}).get(found.public_id, [""])
    klass = given.get("klass", "" if given.getlist("elev") else kept[0])
    classes = [one for one, _name in classes_of(viewer) if klass and one.public_id == klass]
    if classes:
        return klass, list(pupils_to_choose(viewer, classes))
    ids = _selected(given) or kept[1:]
    named = Pupil.objects.named_to(viewer, "documents.send_home")
    return "", list(named.filter(public_id__in=ids).in_name_order())


def _selected(given: object) -> list[str]:
    listed_ids: list[str] = given.getlist("elev")  # type: ignore[attr-defined]
    return [one[:22] for one in listed_ids[:MOST_SELECTED]]


def _chosen(request: HttpRequest, forms: Sequence[Form]) -> str:
    """The form that was chosen, of those the viewer writes; anything else is not found."""
    sent = request.POST.get("form", "")
    if sent not in {one.id for one in forms}:
        raise Http404
    return sent


def _written(viewer: Viewer, forms: Sequence[str], pupil: Pupil | None) -> list[object]:
    mine = Document.objects.visible_to(viewer, "documents.document").filter(form_id__in=forms)
    about = mine.filter(pupil=pupil).select_related("pupil", "unit", "owner", "signed_by")
    return list(listed(about.order_by("-saved_at")[:LISTED], viewer))
