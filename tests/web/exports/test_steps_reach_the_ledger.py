"""What was done in cases reaches the ledger as keys and dates, once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import override_settings
from tests.web.cases.conftest import School, documented, school

from narvaro.exchange import write_delivery
from narvaro.ledger import open_ledger
from narvaro.ledger.standing import key_of, standing
from narvaro.pipeline import Door, take_in
from narvaro.web.accounts.models import Authority, AuthorityKind
from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.actions import Decided
from narvaro.web.cases.models import Case, Decision, OpenedBecause
from narvaro.web.exports import participations
from narvaro.web.exports.case_events import case_key, rows_of
from narvaro.web.exports.sending import send_out
from narvaro.web.projects.models import Answer, Arm, Project, Step

__all__ = ["school"]
LONG_AGO = datetime(2020, 2, 4, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    made = tmp_path / "ledger"
    tables = {
        "organisations": [
            {"organisation": "linnasa", "name": "Linnåsa", "kind": "school_authority"},
            {
                "organisation": "almskolan",
                "name": "Almskolan",
                "kind": "school_unit",
                "parent": "linnasa",
            },
        ],
        "pupils": [{"pupil": "7B-14"}],
    }
    delivery = write_delivery(tables, tmp_path / "delivery")
    take_in(delivery, made, Door(arrived_at=LONG_AGO, pupil_keys="as-given"))
    return made


def opened(school: School) -> Case:
    return actions.open_case(
        school.pupil,
        because=OpenedBecause.STAFF,
        words="Hemligt ord",
        by=school.by(Role.MENTOR),
        at=school.now,
    )


def decided(school: School, case: Case) -> None:
    step = case.steps.get()
    documented(school, step)
    actions.decide(
        step,
        Decided(Decision.CLOSE, "Hemligt skäl"),
        version=step.version,
        by=school.by(Role.MENTOR),
        at=school.now,
    )


def test_a_step_is_told_when_it_begins_and_again_when_it_ends(school: School, ledger: Path) -> None:
    case = opened(school)
    with override_settings(LEDGER=ledger):
        assert send_out(school.now) == 1
        decided(school, case)
        assert send_out(school.now) == 1

    snapshot = open_ledger(ledger).snapshot()
    (row,) = standing(snapshot, "case_events", school.now)
    assert key_of(snapshot)[row["pupil"]] == "7B-14"
    assert (row["step"], row["opened_on"]) == ("conversation", school.day)
    assert (row["done_on"], row["decision"]) == (school.day, "closed")
    assert row["case"] == case_key(case)


def test_told_again_it_changes_nothing(school: School, ledger: Path) -> None:
    opened(school)
    with override_settings(LEDGER=ledger):
        send_out(school.now)
        before = open_ledger(ledger).snapshot().batch
        send_out(school.now)

    assert open_ledger(ledger).snapshot().batch == before


def test_what_a_school_without_a_key_does_is_not_told_as_anothers(
    school: School, ledger: Path
) -> None:
    case = opened(school)
    kastanjen = Authority.objects.create(name="Kastanjen", kind=AuthorityKind.SCHOOL)
    Case.objects.filter(pk=case.pk).update(authority=kastanjen)

    with override_settings(LEDGER=ledger):
        assert send_out(school.now) == 0


def test_no_name_no_word_and_no_id_of_an_address_goes_out(school: School) -> None:
    case = opened(school)
    decided(school, case)

    said = str(list(rows_of(case.authority)))

    for secret in ("Provsson", "Hemligt", case.public_id, case.pupil.public_id):
        assert secret not in said


def test_a_school_takes_part_from_the_day_it_joined_to_the_day_before_it_left(
    school: School, ledger: Path
) -> None:
    project = Project.objects.create(name="Prov", programme="boras-2016", from_on=school.day)
    project.authorities.add(school.town.authority)

    def told(answer: Answer, on: date, *, arm: str = "", at: str = "almskolan") -> None:
        Step.objects.create(
            project=project, school=school.town.units[at], answer=answer, arm=arm, on=on
        )

    told(Answer.ACCEPTED, date(2026, 8, 1))
    told(Answer.JOINED, date(2026, 8, 17), arm=Arm.PROJECT)
    told(Answer.LEFT, date(2026, 11, 2))
    told(Answer.ACCEPTED, date(2026, 8, 1), at="bjorkskolan")

    with override_settings(LEDGER=ledger):
        send_out(school.now)

    (row,) = participations.rows_of(school.town.authority)
    assert row == {
        "programme": "boras-2016",
        "school": "almskolan",
        "role": "project",
        "starts_on": "2026-08-17",
        "ends_on": "2026-11-01",
    }
    (kept,) = standing(open_ledger(ledger).snapshot(), "participations", school.now)
    assert (kept["starts_on"], kept["ends_on"]) == (date(2026, 8, 17), date(2026, 11, 1))
