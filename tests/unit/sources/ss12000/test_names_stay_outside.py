"""Names go to the sink or nowhere: not to a file, a notice, an error or a log."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.unit.sources.ss12000.delivered import keys
from tests.unit.sources.ss12000.making import (
    NOW,
    Spoken,
    duty,
    enrolment,
    group,
    loaded,
    person,
    ref,
    school,
)

from narvaro.sources.ss12000 import Guardian, Identity, Profile, Staff, Wish, check_source, load

SECRETS = (
    "Xenia",
    "Provsson",
    "Ylva",
    "Målsman",
    "Zeke",
    "Lärling",
    "201399189130",
    "139918-9130",
    "1399189130",
    "hemlig@example.invalid",
    "070-000 00 00",
    "person-ett",
    "Migrän",
)


@dataclass
class Sink:
    """Keeps what it is given, for a test."""

    pupils: list[Identity] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    staffs: list[Staff] = field(default_factory=list)

    def pupil(self, identity: Identity) -> None:
        self.pupils.append(identity)

    def guardian(self, guardian: Guardian) -> None:
        self.guardians.append(guardian)

    def staff(self, staff: Staff) -> None:
        self.staffs.append(staff)


def people() -> list[dict[str, Any]]:
    mail = [{"value": "hemlig@example.invalid", "type": "Privat"}]
    return [
        person(
            "guardian-ett",
            school=None,
            givenName="Ylva",
            familyName="Målsman",
            phoneNumbers=[{"value": "070-000 00 00"}],
        ),
        person(
            "person-ett",
            civicNo={"value": "139918-9130"},
            emails=mail,
            responsibles=[{"person": ref("guardian-ett"), "relationType": "Vårdnadshavare"}],
            externalIdentifiers=[{"value": "1399189130", "context": "elevregister"}],
        ),
        person("t1", school=None, givenName="Zeke", familyName="Lärling", emails=mail),
        person("granne", enrolments=[enrolment("other")]),
    ]


def everything() -> dict[str, Any]:
    return school(
        persons=people(),
        groups=[group(members=("person-ett", "granne"))],
        duties=[
            duty(
                assignmentRole=[
                    {"group": ref("g"), "assignmentRoleType": "Mentor", "startDate": "2026-08-15"}
                ],
                dutyPercent=80,
            )
        ],
        attendances=[
            {
                "id": "1",
                "calendarEvent": ref("e"),
                "student": ref("person-ett"),
                "absenceReason": "Migrän",
            },
            {"id": "2", "calendarEvent": ref("e"), "student": "person-ett"},
            {
                "id": "3",
                "calendarEvent": ref("e"),
                "student": ref("person-ett"),
                "validAbsenceMinutes": "Migrän",
            },
        ],
        absences=[
            {"id": "4", "student": ref("person-ett"), "startTime": "Migrän", "type": "Migrän"}
        ],
    )


def test_nothing_of_a_person_is_written_noted_or_printed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    found, delivered = loaded(tmp_path, everything(), sink=Sink())

    said = delivered.text() + repr(found) + "".join(one.text for one in found.notices) + caplog.text
    assert found.quarantined
    assert [one for one in SECRETS if one in said] == []


def test_nothing_of_a_person_is_said_when_a_server_is_read_or_checked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    spoken = Spoken(everything(), page=2)
    spoken.answering["absences"] = lambda _: httpx.Response(200, text="Migrän Provsson")

    found = load(spoken.open(), into=tmp_path, keys=keys, wish=Wish(now=NOW))
    report = check_source(spoken.open(), wish=Wish(now=NOW))

    out = capsys.readouterr()
    said = repr(found) + repr(report) + str(report.as_json()) + caplog.text + out.out + out.err
    assert found.ended_early
    assert [one for one in SECRETS if one in said] == []


def test_nothing_is_left_beside_the_delivery(tmp_path: Path) -> None:
    found, _ = loaded(tmp_path, everything())

    assert {path.name for path in found.folder.iterdir()} == {
        f"{name}.csv" for name in found.counts
    }


def test_a_sink_gets_pupils_guardians_and_staff_with_their_keys(tmp_path: Path) -> None:
    sink = Sink()
    loaded(tmp_path, everything(), sink=sink, profile=Profile(organisations=("unit",)))

    (pupil,) = sink.pupils
    assert (pupil.pupil, pupil.given_name) == (keys("id", "person-ett"), "Xenia")
    assert (pupil.personal_number, pupil.email) == ("201399189130", "hemlig@example.invalid")
    (guardian,) = sink.guardians
    assert (guardian.pupil, guardian.given_name) == (pupil.pupil, "Ylva")
    assert guardian.contact == "070-000 00 00"
    roles = {(one.staff, one.given_name, one.role, one.class_) for one in sink.staffs}
    key = keys("staff", "t1")
    assert roles == {(key, "Zeke", "Lärare", None), (key, "Zeke", "Mentor", "g")}
    assert {one.percentage for one in sink.staffs} == {80, None}


def test_what_a_sink_is_given_does_not_print_itself(tmp_path: Path) -> None:
    sink = Sink()
    loaded(tmp_path, everything(), sink=sink)

    assert sink.pupils
    assert [one for one in SECRETS if one in repr(sink)] == []


def test_without_a_sink_only_pupils_are_asked_for(tmp_path: Path) -> None:
    spoken = Spoken(everything())
    load(spoken.open(organisations=("unit",)), into=tmp_path / "a", keys=keys, wish=Wish(now=NOW))
    asked = spoken.questions("persons")
    assert {one["relationship.entity.type"] for one in asked} == {"enrolment"}

    spoken.asked.clear()
    wish = Wish(now=NOW, sink=Sink())
    load(spoken.open(organisations=("unit",)), into=tmp_path / "b", keys=keys, wish=wish)
    kinds = {one["relationship.entity.type"] for one in spoken.questions("persons")}
    assert kinds == {"enrolment", "duty", "responsibleFor.enrolment"}
