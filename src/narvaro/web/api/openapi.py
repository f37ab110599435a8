"""The description of the addresses (OpenAPI 3.1), made from the fields that answers are made of."""

from __future__ import annotations

from typing import Any

from narvaro.web.api import resources
from narvaro.web.api.fields import ID, MOMENT, Resource
from narvaro.web.api.problems import PROBLEM_TYPE
from narvaro.web.api.questions import parameters

VERSION = "1"
ABOUT = (
    "Read-only. Keys, opaque ids, dates and words: no names, no texts, no reasons. A key acts in "
    "one assignment of one account and reaches what that assignment reaches on the pages; every "
    "answer is noted in the log, with the pupils it told of."
)
PROBLEMS = {
    "400": "Not understood: `faults` names each parameter.",
    "401": "No key, or one that opens nothing.",
    "404": "Not there, or not for the assignment that the key acts in.",
    "429": "Too many requests in a minute; see `Retry-After`.",
}
CASE = {
    "name": "case",
    "in": "path",
    "required": True,
    "description": "Opaque id of a case.",
    "schema": ID,
}


def document() -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Närvaro", "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "paths": {
            "/api/v1/flags": _list(resources.FLAGS),
            "/api/v1/cases": _list(resources.CASES),
            "/api/v1/cases/{case}": _one(resources.CASES),
            "/api/v1/cases/{case}/steps": _list(resources.STEPS, CASE),
            "/api/v1/tasks": _list(resources.TASKS),
        },
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _list(resource: Resource, *in_path: dict[str, Any]) -> dict[str, Any]:
    page = {
        "type": "object",
        "required": ["items", "next", "as_of"],
        "additionalProperties": False,
        "properties": {
            "items": {"type": "array", "items": _named(resource)},
            "next": {
                "type": ["string", "null"],
                "description": "The cursor of the next page; null on the last.",
            },
            "as_of": {**MOMENT, "description": "Send it as `changed_since` the next time."},
        },
    }
    return _get(f"list_{resource.name}", resource, page, [*in_path, *parameters(resource)])


def _one(resource: Resource) -> dict[str, Any]:
    return _get(f"one_of_{resource.name}", resource, _named(resource), [CASE])


def _get(
    name: str, resource: Resource, schema: dict[str, Any], asked: list[dict[str, Any]]
) -> dict[str, Any]:
    problem = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers = {code: {"description": about, "content": problem} for code, about in PROBLEMS.items()}
    found = {"description": resource.about, "content": {"application/json": {"schema": schema}}}
    return {
        "get": {
            "operationId": name,
            "summary": resource.about,
            "parameters": asked,
            "responses": {"200": found, **answers},
        }
    }


def _named(resource: Resource) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{resource.name}"}


def _schemas() -> dict[str, Any]:
    every = {one.name: _object({f.name: f.schema() for f in one.fields}) for one in resources.EVERY}
    text = {"type": "string"}
    wrong = _object({"where": text, "why": text, "next": text})
    problem = _object(
        {
            "type": text,
            "title": {**text, "description": "What went wrong."},
            "status": {"type": "integer"},
            "detail": {**text, "description": "Why."},
            "instance": {**text, "description": "Where: the address that was asked."},
            "next": {**text, "description": "What to do next."},
        }
    )
    problem["properties"]["faults"] = {"type": "array", "items": wrong}
    return {**every, "Problem": problem}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }
