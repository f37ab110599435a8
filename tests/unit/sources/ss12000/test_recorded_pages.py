"""The recorded answers of a public demonstration server, taken in whole."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.unit.sources.ss12000.delivered import Delivered, keys

from narvaro.exchange import check_delivery
from narvaro.sources.ss12000 import Loaded, load, open_folder

RECORDED = Path(__file__).parents[3] / "data" / "ss12000-recorded"


def pages(resource: str) -> list[Any]:
    files = sorted(RECORDED.glob(f"{resource}-*.json"))
    return [row for path in files for row in json.loads(path.read_text(encoding="utf-8"))["data"]]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Loaded, Delivered]:
    into = tmp_path_factory.mktemp("recorded") / "out"
    return load(open_folder(RECORDED), into=into, keys=keys), Delivered(into)


def test_every_pupil_lesson_and_membership_of_the_recording_comes_through(
    taken: tuple[Loaded, Delivered],
) -> None:
    loaded, delivered = taken
    pupils = [one for one in pages("persons") if one.get("enrolments")]
    memberships = [m for g in pages("groups") for m in g["groupMemberships"]]
    cancelled = [one for one in pages("calendarEvents") if one.get("cancelled")]

    assert (len(pupils), len(pages("calendarEvents")), len(cancelled)) == (45, 210, 18)
    assert len(delivered.rows("pupils")) == len(delivered.rows("enrolments")) == 45
    assert len(delivered.rows("lessons")) == 210
    assert sum(row["cancelled"] == "true" for row in delivered.rows("lessons")) == 18
    assert len(delivered.rows("group_memberships")) == len(memberships) == 225
    assert loaded.quarantined == ()
    assert loaded.ended_early == ""


def test_the_two_protected_pupils_keep_their_protection(taken: tuple[Loaded, Delivered]) -> None:
    found = {row["pupil"]: row["protection"] for row in taken[1].rows("pupils")}

    assert Counter(found.values()) == {"none": 43, "marked": 1, "protected_registration": 1}
    for one in pages("persons"):
        if one.get("enrolments") and one["securityMarking"] == "Sekretessmarkering":
            assert found[keys("id", one["id"])] == "marked"


def test_every_lesson_has_its_group_and_its_teacher(taken: tuple[Loaded, Delivered]) -> None:
    activities = {one["id"]: one for one in pages("activities")}
    found = {row["lesson"]: row for row in taken[1].rows("lessons")}

    for one in pages("calendarEvents"):
        activity = activities[one["activity"]["id"]]
        row = found[one["id"]]
        assert row["group"] == activity["groups"][0]["id"]
        assert row["teachers"] == keys("staff", activity["teachers"][0]["person"]["id"])
        assert row["subject"] == activity["subject"]["code"]
        assert row["school"] == activity["organisation"]["id"]


def test_pupils_are_in_their_class_and_grade(taken: tuple[Loaded, Delivered]) -> None:
    classes = {
        one["id"]: one["displayName"] for one in pages("groups") if one["groupType"] == "Klass"
    }
    found = Counter((row["class"], row["grade"]) for row in taken[1].rows("enrolments"))
    named = {row["organisation"]: row["name"] for row in taken[1].rows("organisations")}

    by_name = {name: of for of, name in classes.items()}
    assert found == {(by_name["7A"], "7"): 30, (by_name["8A"], "8"): 15}
    assert {of: named[of] for of in classes} == classes


def test_aliases_are_made_of_the_id_the_number_and_the_other_identifier(
    taken: tuple[Loaded, Delivered],
) -> None:
    aliases = {(one.pupil, one.kind, one.value) for one in taken[0].aliases}
    assert len(aliases) == 3 * 45

    for one in pages("persons"):
        if not one.get("enrolments"):
            continue
        pupil = keys("id", one["id"])
        number = one["birthDate"][:2] + one["civicNo"]["value"].replace("-", "")
        context = f"external:{one['externalIdentifiers'][0]['context']}"
        value = one["externalIdentifiers"][0]["value"]
        assert (pupil, "id", pupil) in aliases
        assert (pupil, "civic", keys("civic", number)) in aliases
        assert (pupil, context, keys(context, value)) in aliases


def test_the_deviations_of_that_server_are_noted(taken: tuple[Loaded, Delivered]) -> None:
    found = {(one.resource, one.code): one.count for one in taken[0].notices}

    assert found[("persons", "meta-naive")] == 136
    assert found[("activities", "teacher-as-person")] == 7
    assert ("calendarEvents", "meta-naive") not in found


def test_no_name_number_or_identifier_of_anybody_is_written(
    taken: tuple[Loaded, Delivered],
) -> None:
    text = taken[1].text() + "".join(one.text for one in taken[0].notices) + repr(taken[0])

    for one in pages("persons"):
        assert one["id"] not in text
        assert one["familyName"] not in text
        assert one["emails"][0]["value"] not in text
        if "civicNo" in one:
            assert one["civicNo"]["value"] not in text
            assert one["civicNo"]["value"].replace("-", "") not in text


def test_the_delivery_passes_the_check_without_a_fault(
    taken: tuple[Loaded, Delivered], tmp_path: Path
) -> None:
    checked = check_delivery(taken[1].folder, into=tmp_path)

    assert checked.faults == ()
    assert checked.delivery is not None
    assert dict(checked.delivery.counts) == dict(taken[0].counts)


def test_a_second_load_of_the_same_recording_is_the_same(
    taken: tuple[Loaded, Delivered], tmp_path: Path
) -> None:
    load(open_folder(RECORDED), into=tmp_path / "again", keys=keys)

    assert Delivered(tmp_path / "again").text() == taken[1].text()


def test_a_recording_that_loses_a_page_in_the_middle_keeps_what_came_before(
    tmp_path: Path,
) -> None:
    for path in RECORDED.glob("*.json"):
        if path.name != "calendarEvents-2.json":
            (tmp_path / path.name).write_bytes(path.read_bytes())

    loaded = load(open_folder(tmp_path), into=tmp_path / "out", keys=keys)

    assert loaded.ended_early == "a page of calendarEvents is missing from the recording"
    assert loaded.counts["lessons"] == 100
    assert loaded.counts["pupils"] == 45
    assert loaded.whole == {}
