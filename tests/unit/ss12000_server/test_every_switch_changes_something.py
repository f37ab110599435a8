"""Each deviation is seen on the wire by somebody who knows nothing of the server's inside."""

from __future__ import annotations

import http.client
import json
import math
import time
from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from tests.ss12000_server import MUNICIPALITY, STATIC_TOKEN, Server, key, serve, truth
from tests.ss12000_server.deviations import NAMES, one
from tests.ss12000_server.serving import TOKEN_USES, Token

WINDOW = {
    "startTime.onOrAfter": "2025-10-06T00:00:00+02:00",
    "startTime.onOrBefore": "2025-11-08T00:00:00+01:00",
}
CIVIC_LENGTH = 11


def ask(server: Server, resource: str, **params: object) -> tuple[int, Any, Any]:
    """Status, headers and content; a broken line is status 0, text that is not JSON stays text."""
    headers = {"Authorization": f"Bearer {STATIC_TOKEN}"}
    url = f"{server.base_url}/{resource}?{urlencode(params, doseq=True)}"
    try:
        with urlopen(Request(url, headers=headers), timeout=10) as answer:  # noqa: S310
            found, said, text = answer.status, answer.headers, answer.read().decode()
    except HTTPError as error:
        with error:
            found, said, text = error.code, error.headers, error.read().decode()
    except (http.client.IncompleteRead, ConnectionError):
        return 0, {}, ""
    try:
        return found, said, json.loads(text)
    except ValueError:
        return found, said, text


def data(server: Server, resource: str, **params: object) -> Any:
    return ask(server, resource, limit=60, **params)[2]["data"]


def pages(server: Server, resource: str, count: int) -> list[tuple[int, Any]]:
    """The first pages, following the tokens alone."""
    found, params = [], {"limit": "20"}
    for _ in range(count):
        status, _, content = ask(server, resource, **params)
        found.append((status, content))
        if not isinstance(content, dict) or not content.get("pageToken"):
            break
        params = {"pageToken": content["pageToken"]}
    return found


def statuses(server: Server, count: int) -> list[int]:
    return [ask(server, "organisations")[0] for _ in range(count)]


def event(server: Server, name: str) -> bool:
    return any(e["id"] == key(name) for e in whole_events(server))


def whole_events(server: Server) -> list[Any]:
    page = ask(server, "calendarEvents", limit=60, **WINDOW)[2]
    found = list(page["data"])
    while page["pageToken"]:
        page = ask(server, "calendarEvents", pageToken=page["pageToken"])[2]
        found += page["data"]
    return found


def everyone(server: Server) -> list[Any]:
    return [p for _, page in pages(server, "persons", 9) for p in page["data"]]


SEEN: dict[str, Callable[[Server], object]] = {
    "naive_meta_times": lambda s: data(s, "groups")[0]["meta"]["created"] == "2025-08-01T06:00:00",
    "missing_required": lambda s: "person" in data(s, "activities")[0]["teachers"][0],
    "unknown_enums": lambda s: "Skolans val" in {a["activityType"] for a in data(s, "activities")},
    "extra_properties": lambda s: "groupCode" in data(s, "groups")[0],
    "civic_with_dash": lambda s: len(data(s, "persons")[0]["civicNo"]["value"]) == CIVIC_LENGTH,
    "ids_are_not_uuids": lambda s: data(s, "groups")[0]["id"].isdigit(),
    "null_for_empty": lambda s: data(s, "persons")[0]["photo"] is None,
    "flat_deleted": lambda s: data(s, "deletedEntities") == [],
    "memberships_only_with_expand": lambda s: (
        "groupMemberships" not in data(s, "groups")[0]
        and data(s, "groups", expand="groupMemberships")[0]["groupMemberships"]
    ),
    "lessons_on_holidays": lambda s: event(s, "svenska 7A 2025-11-01"),
    "overlapping_lessons": lambda s: event(s, "matematik 7A 2025-10-13"),
    "negative_minutes": lambda s: '"invalidAbsenceMinutes": -10' in everything(s),
    "dates_1914": lambda s: "1914-08-20" in json.dumps(everyone(s)),
    "end_before_start": lambda s: event(s, "svenska 8A 2025-10-09"),
    "student_null": lambda s: any(a["student"] is None for a in data(s, "absences")),
    "orphan_attendance": lambda s: key("nobody knows") in everything(s),
    "duplicate_ids_over_pages": lambda s: (
        (p := pages(s, "persons", 2))[0][1]["data"][-1] == p[1][1]["data"][0]
    ),
    "token_is_offset_with_params": lambda s: (
        (t := ask(s, "calendarEvents", **WINDOW)[2]["pageToken"]).isdigit()
        and ask(s, "calendarEvents", pageToken=t)[0] == 400
        and ask(s, "calendarEvents", pageToken=t, **WINDOW)[0] == 200
    ),
    "endless_pages": lambda s: pages(s, "duties", 5)[-1][1]["pageToken"],
    "repeated_token": lambda s: (
        {page["pageToken"] for _, page in pages(s, "duties", 5)[1:]}
        == {ask(s, "duties", limit=20)[2]["pageToken"]}
    ),
    "token_absent_at_end": lambda s: "pageToken" not in ask(s, "duties")[2],
    "ignores_filters": lambda s: "class 7C" in str(data(s, "groups", organisation=MUNICIPALITY)),
    "other_schools_pupils": lambda s: (
        key("7C-1") in str(data(s, "absences", organisation=MUNICIPALITY))
    ),
    "whole_window_refused": lambda s: ask(s, "calendarEvents", **WINDOW)[0] == 503,
    "limit_refused": lambda s: ask(s, "persons", limit=100)[0] == 503,
    "no_attendances": lambda s: ask(s, "attendances")[0] == 404,
    "no_absences": lambda s: ask(s, "absences")[0] == 404,
    "no_aggregated_attendance": lambda s: ask(s, "aggregatedAttendance")[0] == 404,
    "no_calendar_events": lambda s: ask(s, "calendarEvents")[0] == 404,
    "no_deleted_entities": lambda s: ask(s, "deletedEntities")[0] == 404,
    "status_422_detail": lambda s: (a := ask(s, "calendarEvents"))[0] == 422 and a[2]["detail"],
    "too_many_requests": lambda s: 429 in statuses(s, 7),
    "retry_after_date": lambda s: (
        429 in statuses(s, 7)
        and [ask(s, "groups") for _ in range(7)][-1][1]["Retry-After"].endswith("GMT")
    ),
    "unavailable_at_times": lambda s: statuses(s, 9)[-1] == 503,
    "slow": lambda s: seconds(s) >= 0.1,
    "drops_now_and_then": lambda s: statuses(s, 12)[-2:] == [0, 200],
    "html_answer": lambda s: "Logga in" in ask(s, "attendances")[2],
    "dies_in_the_middle": lambda s: [status for status, _ in pages(s, "attendances", 3)][-1] == 0,
    "bad_json": lambda s: isinstance(pages(s, "attendances", 2)[1][1], str),
}


def seconds(server: Server) -> float:
    """The quickest of five answers."""
    taken = []
    for _ in range(5):
        since = time.monotonic()
        ask(server, "duties")
        taken.append(time.monotonic() - since)
    return min(taken)


def everything(server: Server) -> str:
    return json.dumps([page for _, page in pages(server, "attendances", 99)])


def test_every_switch_is_tried() -> None:
    assert set(SEEN) | {"unauthorized_401"} == set(NAMES)
    assert len(NAMES) > 20


@pytest.mark.parametrize("name", SEEN)
def test_a_switch_is_seen_on_the_wire_and_only_when_it_is_on(name: str) -> None:
    with serve(one(name)) as server:
        assert SEEN[name](server)
    with serve() as strict:
        assert not agrees(SEEN[name], strict)


def agrees(look: Callable[[Server], object], server: Server) -> bool:
    """Whether the look sees the deviation; what it cannot even look at is not there."""
    try:
        return bool(look(server))
    except (KeyError, IndexError, TypeError, AttributeError):
        return False


def test_a_token_that_is_used_up_is_refused() -> None:
    with serve(one("unauthorized_401")) as server:
        server.tokens["given"] = Token(expires_at=math.inf, uses=TOKEN_USES)
        headers = {"Authorization": "Bearer given"}
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(f"{server.base_url}/duties", headers=headers), timeout=10)  # noqa: S310
        refused.value.close()

    assert refused.value.code == 401


def test_the_truth_counts_what_a_person_would() -> None:
    with serve() as server:
        known = truth(server.school, organisation=MUNICIPALITY)

    assert known.schools == {key("Björkskolan"), key("Ekskolan")}
    assert len(known.pupils) == 10 + 9 + 6
    assert len(known.enrolments) == 10 + 9 + 6 + 1
    assert len(known.lessons) == 4 * (2 + 2 + 1 + 2 + 1 + 1 + 1) + 1
    assert sum(lesson.cancelled for lesson in known.lessons.values()) == 2
    assert not known.unusable
    assert {pupil.protection for pupil in known.pupils.values()} == {
        "none",
        "marked",
        "protected_registration",
    }


@pytest.mark.parametrize(
    ("name", "resource"),
    [
        ("negative_minutes", "attendances"),
        ("student_null", "attendances"),
        ("student_null", "absences"),
        ("dates_1914", "persons"),
        ("end_before_start", "persons"),
        ("end_before_start", "calendarEvents"),
        ("orphan_attendance", "attendances"),
    ],
)
def test_what_cannot_be_used_is_named_in_the_truth(name: str, resource: str) -> None:
    with serve(one(name)) as server:
        known = truth(server.school, server.deviations, organisation=MUNICIPALITY)

    assert resource in {kind for kind, _ in known.unusable}
