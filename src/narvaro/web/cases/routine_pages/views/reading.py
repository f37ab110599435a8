"""The routine as it is read: the common one, a school's, all schools' differences, versions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.programmes import differences
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Adaptation, Routine, RoutineProposal
from narvaro.web.cases.newer import count_behind
from narvaro.web.cases.routine_pages.pages import page_of, rows_of
from narvaro.web.cases.routine_pages.schools import routine_of, school_of, schools_of
from narvaro.web.cases.routines import common_of, programme_in_force
from narvaro.web.projects.models import ProgrammeInUse


@page("routine.read")
def routine(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The common routine; what the viewer's only school does otherwise stands beside it."""
    schools = schools_of(viewer, "routine.school")
    mine = routine_of(schools[0], viewer.today) if len(schools) == 1 else None
    common = programme_in_force(viewer.today) if mine is None else mine.common
    context = {
        "page": page_of(common, viewer.today, None if mine is None else mine.here),
        "mine": mine,
        "versions": _versions(common.id, viewer),
        "may_see_schools": viewer.may("routine.schools"),
        "may_adapt": viewer.may("routine.adapt"),
        "may_share": viewer.may("routine.share"),
        "behind": 0 if mine is None else count_behind(mine.school, viewer),
    }
    return render(request, "cases/routine/routine.html", context | _from_others(viewer))


@page("routine.read")
def version(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A version that cases have followed, as it stood, and what has changed since."""
    kept = get_object_or_404(Routine, public_id=public_id, kept_at__lte=viewer.now)
    common, now = common_of(kept), programme_in_force(viewer.today)
    is_same = kept.digest == now.fingerprint
    changed = [] if is_same or common.id != now.id else rows_of(differences(common, now))
    context = {
        "page": page_of(common, viewer.today),
        "kept": kept,
        "is_same": is_same,
        "changed": changed,
        "crumbs": [(_("Rutinen"), reverse("common_routine")), (_("Tidigare version"), "")],
    }
    return render(request, "cases/routine/version.html", context)


@page("routine.school")
def school(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What a school does otherwise, what it did before, and what no longer fits."""
    found = routine_of(school_of(viewer, "routine.school", public_id), viewer.today)
    earlier = Adaptation.objects.filter(school=found.school, to_on__lt=viewer.today)
    coming = found.coming
    context = {
        "mine": found,
        "rows": rows_of(differences(found.common, found.here)),
        "coming": [] if coming is None else rows_of(differences(found.common, coming)),
        "earlier": earlier.select_related("by", "ended_by").order_by("-from_on", "-pk"),
        "steps": page_of(found.common, viewer.today).steps,
        "may_adapt": viewer.may("routine.adapt"),
        "behind": count_behind(found.school, viewer),
        "crumbs": [(_("Rutinen"), reverse("common_routine")), (found.school.name, "")],
    }
    return render(request, "cases/routine/school.html", context)


@page("routine.schools")
def schools(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every school's differences in one table."""
    every = [routine_of(one, viewer.today) for one in schools_of(viewer, "routine.schools")]
    table = [(one, rows_of(differences(one.common, one.here))) for one in every]
    context = {
        "adapted": [row for row in table if row[1] or row[0].next_one or row[0].left_behind],
        "same": [one.school for one, rows in table if not rows],
        "count": len(every),
        "crumbs": [(_("Rutinen"), reverse("common_routine")), (_("Skolornas anpassningar"), "")],
    }
    return render(request, "cases/routine/schools.html", context)


def _from_others(viewer: Viewer) -> dict[str, object]:
    """The routine that is to be, when that is decided, and the way to where it came from."""
    may_see = viewer.may("routine.proposals")
    later = ProgrammeInUse.objects.filter(from_on__gt=viewer.today, undone_at__isnull=True)
    coming = later.filter(at__lte=viewer.now).order_by("from_on").first()
    mine = RoutineProposal.objects.filter(authority=viewer.authority, in_use=coming)
    proposal = mine.first() if coming is not None and may_see else None
    return {"may_see_proposals": may_see, "coming": coming, "coming_proposal": proposal}


def _versions(programme: str, viewer: Viewer) -> list[Routine]:
    """The versions of the routine that cases have followed, the newest first."""
    kept = Routine.objects.filter(programme=programme, kept_at__lte=viewer.now)
    return list(kept.order_by("-kept_at", "-pk"))
