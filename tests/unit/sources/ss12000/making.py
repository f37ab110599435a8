"""Small sources made for one test: a folder of pages, or a server in the same process."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx
from tests.unit.sources.ss12000.delivered import Delivered, keys

from narvaro.sources.ss12000 import Access, Loaded, Profile, Wish, load, open_folder, open_server
from narvaro.sources.ss12000.server import Server

Json = dict[str, Any]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
META: Mapping[str, str] = MappingProxyType(
    {"created": "2026-08-01T08:00:00+02:00", "modified": "2026-08-01T08:00:00+02:00"}
)
MARKED_AT: Mapping[str, str] = MappingProxyType(
    {"created": "2026-09-01T10:00:00+02:00", "modified": "2026-09-01T10:05:00+02:00"}
)


def ref(of: str, **more: Any) -> Json:
    return {"id": of, **more}


def organisation(of: str = "unit", **more: Any) -> Json:
    return {
        "id": of,
        "meta": dict(META),
        "displayName": "Björkskolan",
        "organisationType": "Skolenhet",
    } | more


def person(of: str, *, school: str | None = "unit", **more: Any) -> Json:
    found: Json = {"id": of, "meta": dict(META), "givenName": "Xenia", "familyName": "Provsson"}
    found |= {"birthDate": "2013-05-08", "sex": "Kvinna", "securityMarking": "Ingen"}
    if school is not None:
        found["enrolments"] = [enrolment(school)]
    return found | more


def enrolment(school: str = "unit", **more: Any) -> Json:
    found = {"enroledAt": ref(school), "schoolType": "GR", "schoolYear": 7}
    return found | {"startDate": "2026-08-15"} | more


def group(of: str = "g", *, members: tuple[str, ...] = ("p1", "p2"), **more: Any) -> Json:
    inside = [{"person": ref(one), "startDate": "2026-08-15"} for one in members]
    found = {"id": of, "meta": dict(META), "displayName": of, "groupType": "Undervisning"}
    return (
        found
        | {"startDate": "2026-08-15", "organisation": ref("unit"), "groupMemberships": inside}
        | more
    )


def duty(of: str = "d", *, person: str = "t1", **more: Any) -> Json:
    found = {"id": of, "meta": dict(META), "person": ref(person), "dutyAt": ref("unit")}
    return found | {"dutyRole": "Lärare", "startDate": "2024-01-01"} | more


def activity(of: str = "a", **more: Any) -> Json:
    found: Json = {"id": of, "meta": dict(META), "displayName": of, "activityType": "Undervisning"}
    found |= {"organisation": ref("unit"), "groups": [ref("g")], "calendarEventsRequired": True}
    return found | {"startDate": "2026-08-15", "teachers": [{"duty": ref("d")}]} | more


def event(of: str = "e", *, day: str = "2026-09-01", **more: Any) -> Json:
    found = {"id": of, "meta": dict(META), "activity": ref("a")}
    times = {"startTime": f"{day}T08:00:00+02:00", "endTime": f"{day}T09:00:00+02:00"}
    return found | times | more


def attendance(event: str = "e", student: str = "p1", **more: Any) -> Json:
    found = {"id": f"{event}-{student}", "meta": dict(MARKED_AT), "calendarEvent": ref(event)}
    return found | {"student": ref(student), "isReported": True} | more


def absence(student: str = "p1", **more: Any) -> Json:
    found = {"id": f"absence-{student}", "meta": dict(MARKED_AT), "student": ref(student)}
    times = {"startTime": "2026-09-01T00:00:00+02:00", "endTime": "2026-09-01T23:59:00+02:00"}
    return found | times | {"type": "Anmäld frånvaro", "organisation": ref("unit")} | more


def school(**resources: list[Any]) -> dict[str, list[Any]]:
    """One unit, two pupils in a group, one teacher, one lesson; any list can be given instead."""
    usual = {
        "organisations": [organisation()],
        "groups": [group()],
        "duties": [duty()],
        "persons": [person("p1"), person("p2"), person("t1", school=None)],
        "activities": [activity()],
        "calendarEvents": [event()],
    }
    return usual | resources


def recorded(path: Path, resources: Mapping[str, Any]) -> Path:
    """Write one page of every resource."""
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in resources.items():
        page = {"data": rows, "pageToken": None}
        (path / f"{name}-1.json").write_text(json.dumps(page), encoding="utf-8")
    return path


def loaded(
    path: Path, resources: Mapping[str, Any], *, profile: Profile | None = None, **wish: Any
) -> tuple[Loaded, Delivered]:
    """Load a folder made of the resources."""
    reader = open_folder(recorded(path / "pages", resources), profile)
    found = load(reader, into=path / "out", keys=keys, wish=Wish(now=NOW, **wish))
    return found, Delivered(path / "out")


Answering = Callable[[httpx.Request], httpx.Response]


@dataclass
class Spoken:
    """A server in the same process: answers in pages, and remembers what was asked and slept."""

    resources: dict[str, Any]
    page: int = 1_000
    answering: dict[str, Answering] = field(default_factory=dict)
    asked: list[httpx.Request] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    now: datetime = NOW

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        name = request.url.path.removeprefix("/v2.0/").strip("/")
        if name in self.answering:
            return self.answering[name](request)
        return self.usual(request)

    def usual(self, request: httpx.Request) -> httpx.Response:
        """Answer as the standard says, without filters."""
        name, _, one = request.url.path.removeprefix("/v2.0/").partition("/")
        rows = self.resources.get(name)
        if rows is None:
            return httpx.Response(404, json={"code": "404", "message": "no"})
        if one:
            found = [row for row in rows if row.get("id") == one]
            return httpx.Response(200, json=found[0]) if found else httpx.Response(404)
        start = int(request.url.params.get("pageToken", 0))
        following = start + self.page
        token = str(following) if following < len(rows) else None
        return httpx.Response(200, json={"data": rows[start:following], "pageToken": token})

    def open(self, **settings: Any) -> Server:
        """Open it as a source."""
        usual: dict[str, Any] = {"base_url": "https://skolsystem.invalid/v2.0"}
        usual |= {"access": Access(kind="none")}
        return open_server(
            Profile(**(usual | settings)),
            transport=httpx.MockTransport(self),
            clock=lambda: self.now,
            sleep=self.slept.append,
        )

    def questions(self, resource: str) -> list[dict[str, str]]:
        """The parameters of every question about a resource."""
        path = f"/v2.0/{resource}"
        return [dict(one.url.params) for one in self.asked if one.url.path == path]
