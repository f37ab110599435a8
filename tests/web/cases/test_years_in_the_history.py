"""A case's history over years: this year flag by flag, earlier years counted, days with their year."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest
from tests.web.cases.conftest import School

from narvaro.timetable import SchoolYear
from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions, registry
from narvaro.web.cases.known import known_of
from narvaro.web.cases.models import Case, OpenedBecause
from narvaro.web.cases.registry import Flagged
from narvaro.web.cases.so_far import events_of
from narvaro.web.documents import actions as documents
from narvaro.web.ui import written
from narvaro.web.ui.written import HARD

SPRING, AUTUMN = SchoolYear.holding(date(2026, 3, 1)), SchoolYear.holding(date(2026, 10, 1))
FLAGS = (
    Flagged(date(2025, 11, 4), SPRING, 1),
    Flagged(date(2026, 2, 3), SPRING, 2),
    Flagged(date(2026, 7, 2), SPRING, 3),
    Flagged(date(2026, 3, 3), SPRING, 3, is_withdrawn=True, withdrawn_on=date(2026, 3, 9)),
    Flagged(date(2026, 11, 3), AUTUMN, 1),
)


@pytest.fixture
def case(school: School) -> Case:
    return actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )


def lines(case: Case, school: School, *, is_frozen: bool = False) -> list[str]:
    with patch.object(registry, "FLAGS", [lambda _case: FLAGS]):
        told = events_of(case, school.by(Role.MENTOR), is_frozen=is_frozen)
    return [f"{one.when}: {one.title}".replace(HARD, " ") for one in told if one.mark == "flag"]


def test_flags_of_an_earlier_school_year_are_one_line_and_those_withdrawn_stay(
    school: School, case: Case
) -> None:
    assert lines(case, school) == [
        "Tis 3 nov: Flagga 1 i år",
        "Tors 2 jul: 3 flaggor läsåret 2025/26",
        "Mån 9 mar 2026: Flaggan drogs tillbaka. Ärendet står kvar som det var.",
        "Tis 3 mar 2026: Flagga som har dragits tillbaka",
    ]


def test_in_a_document_every_day_has_its_year(school: School, case: Case) -> None:
    assert lines(case, school, is_frozen=True)[0] == "Tis 3 nov 2026: Flagga 1 i år"


def test_a_day_has_its_year_when_that_is_not_the_school_year_of_today() -> None:
    today = date(2026, 12, 2)

    assert written.dated_day(date(2026, 8, 18), today).replace(HARD, " ") == "tis 18 aug"
    assert written.dated_day(date(2026, 6, 16), today).replace(HARD, " ") == "tis 16 jun 2026"


def test_what_the_pupil_and_the_home_said_stands_as_theirs(school: School, case: Case) -> None:
    by, at = school.by(Role.MENTOR), school.now
    step = case.steps.get()
    draft = documents.start(
        "teacher-documentation", pupil=case.pupil, unit=case.school, by=by, at=at
    )
    said = {
        "present": ["pupil"],
        "pupil_says": "Matsalen är hög",
        "home_says": "Sover dåligt",
        "tried": "Möte vid entrén",
    }
    kept = documents.save(draft, answers=said, opened_version=1, by=by, at=at)
    documents.sign(kept, opened_version=kept.version, by=by, at=at)
    if not step.evidence.exists():
        pytest.fail("the signed documentation is not evidence of its step")

    values = known_of(by, case).values

    assert values["case.learnt"] == ["Eleven: ”Matsalen är hög”", "Hemmet: ”Sover dåligt”"]
    assert values["case.tried"] == ["Möte vid entrén"]
