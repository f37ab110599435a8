"""Pupils, guardians, staff and the groups they are in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.ss12000_server.invented import (
    SCHOOL_A,
    SCHOOL_B,
    SCHOOL_C,
    Json,
    key,
    meta,
    ref,
)

STAFF = ("Rektor Ros", "Lärare Lind", "Lärare Lönn", "Lärare Hassel", "Lärare Hägg")
CLASSES = {"7A": (SCHOOL_A, 10), "8A": (SCHOOL_A, 9), "7B": (SCHOOL_B, 6), "7C": (SCHOOL_C, 4)}
MOVER, LATECOMER, NEVER_CAME = "7A-10", "8A-9", "7B-4"
MARKED, PROTECTED, TEMPORARY = "7A-2", "8A-2", ("7A-3", "8A-3")
MOVE_ON = date(2025, 10, 20)
ROLES = {"Rektor Ros": "Rektor"}


def pupils_of(name: str) -> list[str]:
    return [f"{name}-{number}" for number in range(1, CLASSES[name][1] + 1)]


def persons() -> Iterator[Json]:
    for name in CLASSES:
        for number, pupil in enumerate(pupils_of(name), start=1):
            yield a_pupil(pupil, name, number)
            yield a_guardian(pupil)
    for member in STAFF:
        yield a_person(member, sex="Okänt")


def a_person(name: str, *, sex: str, marking: str = "Ingen") -> Json:
    return {
        "id": key(name),
        "meta": meta(),
        "givenName": "Påhittad",
        "familyName": name,
        "sex": sex,
        "securityMarking": marking,
        "personStatus": "Aktiv",
        "emails": [{"value": "nobody@example.invalid", "type": "Privat"}],
    }


def a_guardian(pupil: str) -> Json:
    return a_person(f"Vårdnadshavare {pupil}", sex="Kvinna")


def a_pupil(pupil: str, name: str, number: int) -> Json:
    marking = {MARKED: "Sekretessmarkering", PROTECTED: "Skyddad folkbokföring"}
    thing = a_person(
        pupil, sex="Man" if number % 2 else "Kvinna", marking=marking.get(pupil, "Ingen")
    )
    born = 2019 - int(name[0])
    serial = f"TF{number:02}" if pupil in TEMPORARY else f"{'ABC'.index(name[1])}{number:03}"
    thing |= {
        "birthDate": f"{born}-0{1 + number % 9}-1{number % 10}",
        "civicNo": {"value": f"{born}9901{serial}", "nationality": "SE"},
        "enrolments": list(enrolments(pupil, name)),
        "responsibles": [
            {"person": ref(key(f"Vårdnadshavare {pupil}")), "relationType": "Vårdnadshavare"}
        ],
        "externalIdentifiers": [
            {"value": f"elev-{pupil}", "context": "urn:example:elever", "globallyUnique": True}
        ],
    }
    return thing


def enrolments(pupil: str, name: str) -> Iterator[Json]:
    school, year = CLASSES[name][0], int(name[0])
    first: Json = {
        "enroledAt": ref(school),
        "schoolYear": year,
        "schoolType": "GR",
        "startDate": "2025-10-13" if pupil == LATECOMER else "2025-08-18",
        "cancelled": False,
    }
    if pupil == NEVER_CAME:
        yield first | {"enroledAt": ref(SCHOOL_A), "cancelled": True}
    if pupil != MOVER:
        yield first
        return
    yield first | {"endDate": "2025-10-19"}
    yield first | {"enroledAt": ref(SCHOOL_B), "startDate": MOVE_ON.isoformat()}


def duties() -> Iterator[Json]:
    for member in STAFF:
        duty: Json = {
            "id": key(f"duty {member}"),
            "meta": meta(),
            "person": ref(key(member)),
            "dutyAt": ref(SCHOOL_A),
            "dutyRole": ROLES.get(member, "Lärare"),
            "startDate": "2024-08-12",
        }
        if member == "Lärare Lind":
            duty["assignmentRole"] = [
                {
                    "group": ref(key("class 7A")),
                    "assignmentRoleType": "Mentor",
                    "startDate": "2025-08-18",
                }
            ]
        yield duty


def groups() -> Iterator[Json]:
    for name, (school, _) in CLASSES.items():
        yield a_group(f"class {name}", "Klass", school, list(class_members(name)))
    yield a_group("slöjd 7A", "Undervisning", SCHOOL_A, members(pupils_of("7A")[:5]))
    yield a_group("elevråd", "Övrigt", SCHOOL_A, members(["7A-1", "8A-1"]))
    yield a_group("arbetslag", "Personalgrupp", SCHOOL_A, members(["Lärare Lind", "Lärare Lönn"]))


def a_group(name: str, kind: str, school: str, memberships: list[Json]) -> Json:
    return {
        "id": key(name),
        "meta": meta(),
        "displayName": name,
        "startDate": "2025-08-18",
        "endDate": "2026-06-12",
        "groupType": kind,
        "schoolType": "GR",
        "organisation": ref(school),
        "groupMemberships": memberships,
    }


def members(names: list[str]) -> list[Json]:
    return [{"person": ref(key(name)), "startDate": "2025-08-18"} for name in names]


def class_members(name: str) -> Iterator[Json]:
    for membership, pupil in zip(members(pupils_of(name)), pupils_of(name), strict=True):
        if pupil == MOVER:
            yield membership | {"endDate": "2025-10-19"}
        elif pupil == LATECOMER:
            yield membership | {"startDate": "2025-10-13"}
        else:
            yield membership
    if name == "7B":
        yield {"person": ref(key(MOVER)), "startDate": MOVE_ON.isoformat()}
