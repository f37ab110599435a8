"""The addresses that programs read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from narvaro.web.accounts.doors import log_reading, public_page
from narvaro.web.accounts.models import UnitKind
from narvaro.web.accounts.tree import raised
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.api import resources
from narvaro.web.api.changes import asked_from
from narvaro.web.api.doors import READING, endpoint
from narvaro.web.api.fields import Resource, Rows
from narvaro.web.api.openapi import document
from narvaro.web.api.problems import not_found, only_read
from narvaro.web.api.questions import Question, cursor_of, read_question
from narvaro.web.audit.models import Kind


@public_page("api.description")
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    if request.method not in READING:
        return only_read().answer(request)
    return JsonResponse(document())


description = csrf_exempt(description)


@endpoint("api.flags")
def flags(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """A page of flags."""
    rows = resources.FLAGS.rows(viewer, "api.flags")
    return _page(request, viewer, resources.FLAGS, rows, "api.flags")


@endpoint("api.cases")
def cases(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """A page of cases."""
    rows = resources.CASES.rows(viewer, "api.cases")
    return _page(request, viewer, resources.CASES, rows, "api.cases")


@endpoint("api.case")
def case(request: HttpRequest, viewer: Viewer, case: str) -> dict[str, Any]:
    """One case."""
    found = resources.CASES.rows(viewer, "api.case").filter(public_id=case)
    row = found.values_list(*resources.CASES.sources()).first()
    if row is None:
        raise not_found()
    log_reading(request, [f"pupil:{row[1]}"], kind=Kind.EXPORT)
    return resources.CASES.said(row)


@endpoint("api.steps")
def steps(request: HttpRequest, viewer: Viewer, case: str) -> dict[str, Any]:
    """A page of the steps of one case."""
    rows = resources.STEPS.rows(viewer, "api.steps").filter(case__public_id=case)
    if not rows.exists() and not _is_there(viewer, case):
        raise not_found()
    return _page(request, viewer, resources.STEPS, rows, "api.steps")


@endpoint("api.tasks")
def tasks(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """A page of tasks."""
    rows = resources.TASKS.rows(viewer, "api.tasks")
    return _page(request, viewer, resources.TASKS, rows, "api.tasks")


def _is_there(viewer: Viewer, case: str) -> bool:
    return resources.CASES.rows(viewer, "api.steps").filter(public_id=case).exists()


def _page(
    request: HttpRequest, viewer: Viewer, resource: Resource, rows: Rows, action: str
) -> dict[str, Any]:
    asked, from_now = read_question(request.GET, resource), asked_from()
    if asked.school and asked.school not in _schools(viewer, action):
        raise not_found()
    chosen = _chosen(rows, asked, resource).order_by("pk")
    found = list(chosen.values_list(*resource.sources())[: asked.limit + 1])
    shown = found[: asked.limit]
    log_reading(request, {f"pupil:{row[1]}" for row in shown}, kind=Kind.EXPORT)
    return {
        "items": [resource.said(row) for row in shown],
        "next": cursor_of(shown[-1][0], resource) if len(found) > len(shown) else None,
        "as_of": from_now.isoformat().replace("+00:00", "Z"),
    }


def _chosen(rows: Rows, asked: Question, resource: Resource) -> Rows:
    rows = rows.filter(pk__gt=asked.after)
    if asked.school:
        rows = rows.filter(**{resource.school: asked.school})
    if asked.state:
        rows = rows.filter(resource.states[asked.state])
    if asked.changed_since is not None:
        rows = rows.filter(changed__gte=asked.changed_since)
    return rows


def _schools(viewer: Viewer, action: str) -> set[str]:
    """Keys of the schools that the action reaches; a class lies in its school."""
    keys = viewer.reach(action).school_keys
    own = raised(viewer.unit, UnitKind.SCHOOL, on=viewer.today)
    return {*keys, own.key} if own.kind == UnitKind.SCHOOL else set(keys)
