"""Writes docs/reference/api.md from the description: `python -m narvaro.web.api.reference`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

HEAD = """# The API for other systems

<!-- Written from the code by `python -m narvaro.web.api.reference`; do not change it here. -->

{about}

How to make a key and fetch: [Fetch flags, cases and tasks](../how-to/fetch-flags-and-cases.md). The same
in OpenAPI 3.1 is at `/api/v1/openapi.json`, without a key.

Only `GET` and `HEAD` are answered; anything else is 405. A field may be added within version 1: read what
you know and pass over the rest. A field or an address is taken away, or gets another meaning, only in a new
version.

A list answers `items`, `next` (the cursor of the next page, null on the last) and `as_of` (when it was
read). Answers are in the order things came in; what comes in while you read is on a later page.
"""
PROBLEM = """## Problems

Everything that goes wrong is `application/problem+json`: `title` (what), `instance` (where), `detail` (why),
`next` (what to do) and, for a query, `faults` with all that is wrong at once. The texts are English.
"""


def page() -> str:
    """The whole page."""
    from narvaro.web.api import resources
    from narvaro.web.api.openapi import ABOUT, PROBLEMS, document

    lines = [HEAD.format(about=ABOUT)]
    for address, said in document()["paths"].items():
        lines += _address(address, said["get"])
    for one in resources.EVERY:
        lines += [f"## {one.name.capitalize()}\n", f"{one.about}\n"]
        lines += ["| field | shape | |\n|---|---|---|"]
        lines += [f"| `{f.name}` | {_shape(f.schema())} | {f.about} |" for f in one.fields]
        lines += [""]
    lines += [PROBLEM, "| status | |\n|---|---|", *(f"| {c} | {t} |" for c, t in PROBLEMS.items())]
    return "\n".join(lines) + "\n"


def _address(address: str, said: dict[str, Any]) -> Iterator[str]:
    yield f"## `GET {address}`\n"
    yield f"{said['summary']}\n"
    yield "| parameter | shape | |\n|---|---|---|"
    for one in said["parameters"]:
        yield f"| `{one['name']}` | {_shape(one['schema'])} | {one['description']} |"
    yield ""


def _shape(schema: dict[str, Any]) -> str:
    kind = schema["type"]
    or_null = ", or null" if isinstance(kind, list) else ""
    if "enum" in schema:
        return ", ".join(f"`{one}`" for one in schema["enum"] if one is not None) + or_null
    if "minimum" in schema and "maximum" in schema:
        return f"{schema['minimum']}–{schema['maximum']}"
    known = {"date": "date", "date-time": "moment"}
    if schema.get("format") in known:
        return known[schema["format"]] + or_null
    named = "opaque id" if "pattern" in schema else kind[0] if or_null else kind
    return f"{named}{or_null}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "narvaro.web.config.settings")
    import django

    django.setup()
    sys.stdout.write(page())
