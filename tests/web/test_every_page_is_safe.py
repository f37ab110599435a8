"""Every page: headers, nothing inline, and no answer of 500 to anything one can send."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from tests.house.tree import PACKAGE
from tests.web.matrix_town import Call, MatrixTown
from tests.web.matrix_walk import ADDRESSES, actions_by_address, asked, let_in
from tests.web.page_source import Form, PageSource

from narvaro.web.accounts.permissions import ACTIONS

pytestmark = pytest.mark.django_db

HOSTILE = (
    "\0",
    "a" * 10_000,
    "' OR 1=1; DROP TABLE accounts_account; --",
    "Å\u202e💥\uffff",
    "-1",
    "9" * 30,
    str(2**63),
    "9" * 5_000,
    "1e400",
    "NaN",
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "../../etc/passwd",
    "<script>alert(1)</script>{{ 7|add:7 }}",
    "A" * 22,
    "",
)
# In the short run each field gets those that have broken things before; in the long run all.
# On a second database a sample is sent: what its columns could choke on and the first's do not
IS_SAMPLE = os.environ.get("HOSTILE_VALUES") == "sample"
SAMPLE = ("\0", str(2**63), "a" * 10_000)
FEW = ("\0", "9" * 30, "9999-12-31", "a" * 10_000)
IN_ADDRESSES = SAMPLE if IS_SAMPLE else HOSTILE
FIELDS = SAMPLE if IS_SAMPLE else HOSTILE if os.environ.get("NARVARO_LONG") == "1" else FEW
QUESTION = re.compile(r'GET(?:\.get\(|\.getlist\(|\[)\s*"(\w+)"')


def questions() -> list[str]:
    """Every name that a view asks an address's query for."""
    texts = (path.read_text("utf-8") for path in (PACKAGE / "web").rglob("*.py"))
    return sorted({name for text in texts for name in QUESTION.findall(text)})


def failure(client: Client, call: Call) -> str:
    """What went wrong with a request; empty when it was answered with anything but 500."""
    try:
        with transaction.atomic():
            status = asked(client, call).status_code
            transaction.set_rollback(True)
    except Exception as error:  # noqa: BLE001
        return f"{call.url[:60]} {list(call.data or ())}: {type(error).__name__} {str(error)[:80]}"
    return f"{call.url[:60]}: {status}" if status >= 500 else ""


def in_the_address(call: Call) -> Iterator[Call]:
    """The same request with each part of its address made hostile."""
    path, _, query = call.url.partition("?")
    for value in resolve(path).kwargs.values():
        for bad in IN_ADDRESSES:
            changed = path.replace(quote(str(value)), quote(bad, safe=""), 1)
            yield replace(call, url=changed + (f"?{query}" if query else ""))


def in_the_query(call: Call) -> Iterator[Call]:
    path = call.url.partition("?")[0]
    if call.data is None:
        for bad in IN_ADDRESSES:
            yield replace(call, url=f"{path}?{urlencode(dict.fromkeys(questions(), bad))}")


def in_the_fields(url: str, fields: dict[str, object]) -> Iterator[Call]:
    for name in fields:
        for bad in FIELDS:
            yield Call(url, data={**fields, name: bad})
    yield Call(url, data={})


def forms_of(client: Client, call: Call) -> list[Form]:
    """The forms on a page that change something."""
    if call.data is not None:
        return []
    with transaction.atomic():
        answer = asked(client, call)
        transaction.set_rollback(True)
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    return [one for one in PageSource(answer.content.decode()).forms if one.method == "post"]


def links_of(client: Client, call: Call) -> set[str]:
    """Where a page leads, within the application."""
    if call.data is not None:
        return set()
    answer = asked(client, call)
    if not answer.get("Content-Type", "").startswith("text/html"):
        return set()
    return {one for one in PageSource(answer.content.decode()).links if "/static/" not in one}


def hostile_calls(client: Client, call: Call) -> Iterator[Call]:
    yield from in_the_address(call)
    yield from in_the_query(call)
    if call.data is not None:
        yield from in_the_fields(call.url, dict(call.data))
    for form in forms_of(client, call):
        target = form.action or call.url
        if (
            resolve(target.partition("?")[0]).url_name
            == resolve(call.url.partition("?")[0]).url_name
        ):
            yield from in_the_fields(target, dict(form.fields))


def calls_of(town: MatrixTown, name: str) -> Iterator[tuple[Client, Call]]:
    """What the address makes stays until the caller has asked."""
    with transaction.atomic():
        yield from let_in(town, name)
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_nothing_one_can_send_breaks_a_page(matrix_town: MatrixTown, name: str) -> None:
    wrong = {
        failure(client, bad)
        for client, call in calls_of(matrix_town, name)
        for bad in hostile_calls(client, call)
    }

    assert wrong - {""} == set()


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_page_leads_nowhere_its_reader_may_not_go(matrix_town: MatrixTown, name: str) -> None:
    dead = {
        (link.partition("?")[0], name)
        for client, call in calls_of(matrix_town, name)
        for link in links_of(client, call)
        if asked(client, Call(link)).status_code in (403, 404)
    }

    assert dead == set()


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_page_has_its_headers_and_nothing_inline(matrix_town: MatrixTown, name: str) -> None:
    for client, call in calls_of(matrix_town, name):
        answer = asked(client, call)
        wrong = list(_missing_headers(answer))
        if answer.get("Content-Type", "").startswith("text/html"):
            wrong += PageSource(answer.content.decode()).loose
        if not ACTIONS[actions_by_address()[name]].is_public:
            assert "no-store" in answer.get("Cache-Control", ""), (
                "others at the machine can read it"
            )
        assert wrong == []


def _missing_headers(answer: HttpResponse) -> Iterator[str]:
    policy = answer.get("Content-Security-Policy", "")
    for word in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"):
        if word not in policy:
            yield f"policy without {word}"
    if "unsafe" in policy:
        yield "policy that allows what is unsafe"
    wanted = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    for name, value in wanted.items():
        if answer.get(name) != value:
            yield f"{name}: {answer.get(name)}"


def test_what_is_inline_is_seen() -> None:
    source = PageSource(
        '<p style="x"><a onclick="x"><script>x</script><img src="//x.invalid/">'
        '<script type="application/json">{}</script><script src="/static/x.js"></script>'
    )

    assert len(source.loose) == 4


def test_every_place_where_a_query_is_read_is_known() -> None:
    assert {"sokning", "dag"} <= set(questions())
    assert Path(settings.DATA_FOLDER).is_dir()
