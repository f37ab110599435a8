"""The test server itself, asked with nothing but urllib: strict answers hold what is required."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from tests.ss12000_server import (
    CLIENT_ID,
    CLIENT_SECRET,
    MUNICIPALITY,
    SCHOOL_B,
    STATIC_TOKEN,
    Deviations,
    Server,
    key,
    serve,
)

WINDOW = {
    "startTime.onOrAfter": "2025-10-06T00:00:00+02:00",
    "startTime.onOrBefore": "2025-11-08T00:00:00+01:00",
}
DAYS = {"startDate": "2025-10-01", "endDate": "2025-10-31"}
REQUIRED: dict[str, tuple[str, ...]] = {
    "organisations": ("id", "meta", "displayName", "organisationType"),
    "persons": ("id", "meta", "givenName", "familyName"),
    "groups": ("id", "meta", "displayName", "startDate", "endDate", "groupType", "organisation"),
    "duties": ("id", "meta", "dutyAt", "dutyRole", "startDate"),
    "activities": ("id", "meta", "displayName", "calendarEventsRequired", "startDate", "endDate",
                   "groups", "organisation"),
    "calendarEvents": ("id", "meta", "activity", "startTime", "endTime"),
    "attendances": ("id", "meta", "calendarEvent", "student", "isReported"),
    "absences": ("id", "meta", "startTime", "endTime", "type", "student"),
    "aggregatedAttendance": ("activity", "student", "startDate", "endDate", "attendanceSum"),
}  # fmt: skip
NEEDS: dict[str, dict[str, str]] = {"calendarEvents": WINDOW, "aggregatedAttendance": DAYS}


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


def get(server: Server, resource: str, *, bearer: str = STATIC_TOKEN, **params: Any) -> Any:
    headers = {"Authorization": f"Bearer {bearer}"}
    url = f"{server.base_url}/{resource}?{urlencode(params, doseq=True)}"
    with urlopen(Request(url, headers=headers), timeout=10) as answer:  # noqa: S310
        return json.load(answer)


def status(server: Server, resource: str, **params: Any) -> int:
    try:
        get(server, resource, **params)
    except HTTPError as error:
        with error:
            return error.code
    return 200


def whole(server: Server, resource: str, **params: Any) -> list[Any]:
    """Every object, page by page, the token alone."""
    page = get(server, resource, **params)
    found = list(page["data"])
    while page["pageToken"]:
        page = get(server, resource, pageToken=page["pageToken"])
        found += page["data"]
    return found


def token(server: Server, secret: str = CLIENT_SECRET) -> Any:
    form = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": secret}
    with urlopen(server.token_url, urlencode(form).encode(), timeout=10) as answer:  # noqa: S310
        return json.load(answer)


@pytest.mark.parametrize("resource", REQUIRED)
def test_every_object_has_what_the_standard_requires(server: Server, resource: str) -> None:
    things = whole(server, resource, **NEEDS.get(resource, {}))

    assert things
    assert all(set(REQUIRED[resource]) <= set(thing) for thing in things)


@pytest.mark.parametrize("resource", sorted(set(REQUIRED) - {"aggregatedAttendance"}))
def test_pages_hold_every_object_once(server: Server, resource: str) -> None:
    ids = [thing["id"] for thing in whole(server, resource, limit=4, **NEEDS.get(resource, {}))]

    assert len(ids) == len(set(ids))
    assert set(ids) <= set(server.school.resources[resource])
    if resource != "calendarEvents":
        assert len(ids) == len(server.school.resources[resource])


def test_every_time_has_its_offset(server: Server) -> None:
    for resource in ("persons", "attendances"):
        for thing in whole(server, resource):
            assert datetime.fromisoformat(thing["meta"]["modified"]).tzinfo is not None


@pytest.mark.parametrize(
    ("resource", "params"),
    [
        ("calendarEvents", {}),
        ("calendarEvents", {"startTime.onOrAfter": WINDOW["startTime.onOrAfter"]}),
        ("calendarEvents", {**WINDOW, "startTime.onOrAfter": "2025-10-06T00:00:00"}),
        ("aggregatedAttendance", {"startDate": "2025-10-01"}),
        ("aggregatedAttendance", {**DAYS, "endDate": "October"}),
        ("persons", {"limit": 0}),
        ("attendances", {"isReported": "true"}),
        ("attendances", {"startTime.onOrAfter": WINDOW["startTime.onOrAfter"]}),
        ("persons", {"pageToken": "never given"}),
    ],
)
def test_a_question_the_standard_does_not_know_is_400(
    server: Server, resource: str, params: dict[str, Any]
) -> None:
    assert status(server, resource, **params) == 400


def test_a_page_token_comes_alone_but_for_the_limit(server: Server) -> None:
    page = get(server, "attendances", organisation=MUNICIPALITY, limit=5)

    assert (
        status(server, "attendances", pageToken=page["pageToken"], organisation=MUNICIPALITY) == 400
    )
    assert status(server, "attendances", pageToken=page["pageToken"], limit=7) == 200


def test_nobody_is_answered_without_a_token(server: Server) -> None:
    assert status(server, "persons", bearer="guessed") == 401


def test_a_token_is_given_for_the_right_secret_and_expires() -> None:
    with serve(token_lifetime=0) as server:
        assert status(server, "persons", bearer=token(server)["access_token"]) == 401
    with serve() as server:
        assert status(server, "persons", bearer=token(server)["access_token"]) == 200
        with pytest.raises(HTTPError) as refused:
            token(server, "wrong")
        refused.value.close()


def test_modified_after_leaves_the_moment_out_and_before_keeps_it(server: Server) -> None:
    at = server.school.resources["attendances"][
        key(f"attendance {key('svenska 7A 2025-10-06')} {key('7A-1')}")
    ]["meta"]["modified"]

    same_moment = [
        thing
        for thing in whole(server, "attendances", **{"meta.modified.before": at})
        if thing["meta"]["modified"] == at
    ]
    later = whole(server, "attendances", **{"meta.modified.after": at})

    assert same_moment
    assert at not in {thing["meta"]["modified"] for thing in later}
    assert later


def test_an_organisation_holds_what_is_beneath_it(server: Server) -> None:
    groups = whole(server, "groups", organisation=MUNICIPALITY)
    pupils = whole(
        server,
        "persons",
        **{"relationship.entity.type": "enrolment", "relationship.organisation": SCHOOL_B},
    )

    assert {g["displayName"] for g in groups} >= {"class 7A", "class 7B"}
    assert "class 7C" not in {g["displayName"] for g in groups}
    assert key("7A-10") in {p["id"] for p in pupils}
    assert key("7A-1") not in {p["id"] for p in pupils}


@pytest.mark.parametrize(
    ("kind", "inside", "outside"),
    [
        ("enrolment", "7B-1", "Vårdnadshavare 7B-1"),
        ("responsibleFor.enrolment", "Vårdnadshavare 7B-1", "7B-1"),
    ],
)
def test_persons_are_found_by_their_relation(
    server: Server, kind: str, inside: str, outside: str
) -> None:
    relation = {"relationship.entity.type": kind, "relationship.organisation": SCHOOL_B}

    found = {person["id"] for person in whole(server, "persons", **relation)}

    assert key(inside) in found
    assert key(outside) not in found


def test_expand_puts_the_attendance_inside_the_event(server: Server) -> None:
    events = whole(server, "calendarEvents", expand="activity,attendance", **WINDOW)
    plain = whole(server, "calendarEvents", **WINDOW)

    inside = [a["id"] for e in events for a in e["_embedded"]["attendance"]]
    assert sorted(inside) == sorted(server.school.resources["attendances"])
    assert all(e["_embedded"]["activity"]["id"] == e["activity"]["id"] for e in events)
    assert all("_embedded" not in e for e in plain)


def test_what_is_deleted_is_told_by_kind_after_its_time(server: Server) -> None:
    gone, at = key("absence 7A-7"), datetime(2025, 11, 10, 8, tzinfo=UTC)
    server.school.delete("absences", gone, at=at)

    assert get(server, "deletedEntities", after="2025-11-10T07:59:59Z")["data"] == {
        "absences": [gone]
    }
    assert get(server, "deletedEntities", after="2025-11-10T08:00:00Z")["data"] == {}


def test_sums_of_a_month_are_those_of_its_lessons(server: Server) -> None:
    rows = whole(server, "aggregatedAttendance", organisation=MUNICIPALITY, **DAYS)
    svenska = next(
        r
        for r in rows
        if (r["activity"]["id"], r["student"]["id"]) == (key("activity svenska 7A"), key("7A-1"))
    )

    # 3 Mondays of 60 minutes; 3 Wednesdays of 80, one cancelled, one with 70 taught
    assert svenska["offeredSum"] == svenska["reportedSum"] == 3 * 60 + 80 + 70


def test_no_personal_number_could_be_anybodys(server: Server) -> None:
    numbers = [p["civicNo"]["value"] for p in whole(server, "persons") if "civicNo" in p]

    assert len(numbers) == len(set(numbers)) > 20
    assert all(number[4:6] == "99" for number in numbers)


def test_the_same_question_gets_the_same_answer_from_two_servers(server: Server) -> None:
    with serve(Deviations()) as other:
        assert whole(server, "attendances") == whole(other, "attendances")
