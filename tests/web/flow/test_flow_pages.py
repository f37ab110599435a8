"""The pages of flow: who sees what, and no count of a few pupils."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings
from tests.web.conftest import LONG_AGO, Town

from narvaro.programmes import load_text, text_of
from narvaro.small_numbers import TOTAL
from narvaro.timetable import Month, SchoolYear
from narvaro.web.accounts.models import Account, Assignment, Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry
from narvaro.web.cases.models import Case, OpenedBecause, Routine, Step
from narvaro.web.overview.flow import showing
from narvaro.web.overview.flow.gathering import Flow, flow_of
from narvaro.web.overview.flow.showing import Counts
from narvaro.web.pupils.models import Enrolment, Protection, Pupil

DAY = date(2026, 12, 2)
NOON = datetime(2026, 12, 2, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    settings.TODAY = DAY


def routine() -> Routine:
    text = text_of("boras-recommended")
    return Routine.objects.get_or_create(
        digest=load_text(text).fingerprint,
        defaults={"programme": "boras", "version": 1, "text": text, "kept_at": NOON},
    )[0]


def pupil_at(town: Town, school: str, number: int) -> Pupil:
    pupil = Pupil.objects.create(
        authority=town.authority,
        key=f"{school}-{number}",
        given_name=f"Elev{number}",
        family_name=school,
        sort_name=f"{school} {number:03}",
    )
    Enrolment.objects.create(pupil=pupil, school_key=school, grade="7", from_on=LONG_AGO)
    return pupil


def case_of(pupil: Pupil, school: Unit, owner: Account, *, done_after: int | None) -> Case:
    """A case begun on 1 September; its first step decided some days later, or not at all."""
    began = date(2026, 9, 1)
    at = datetime(2026, 9, 1, 10, tzinfo=UTC)
    case = Case.objects.create(
        pupil=pupil,
        authority=school.authority,
        school=school,
        owner=owner,
        routine=routine(),
        opened_at=at,
        opened_on=began,
        opened_by=owner,
        opened_because=OpenedBecause.STAFF,
    )
    done = None if done_after is None else began + timedelta(days=done_after)
    Step.objects.create(
        case=case,
        step="conversation",
        owner=owner,
        began_at=at,
        began_on=began,
        decided_on=done,
        decided_at=at if done else None,
        decided_by=owner if done else None,
        decision="next" if done else "",
        leads_to="student-health" if done else "",
        reason="Påhittat skäl" if done else "",
    )
    return case


def some_cases(town: Town, school: str, *, in_time: int, late: int) -> list[Case]:
    owner = town.somebody(Role.MENTOR, school).account
    assert owner is not None
    return [
        case_of(
            pupil_at(town, school, number),
            town.units[school],
            owner,
            done_after=5 if number < in_time else None,
        )
        for number in range(in_time + late)
    ]


def viewer_of(post: Assignment) -> Viewer:
    assert post.account is not None
    return Viewer(post.account, post, DAY, NOON)


def flow_at(town: Town) -> Flow:
    post = town.somebody(Role.ANALYST, "linnasa")
    return flow_of(viewer_of(post), SchoolYear(2026))


def test_a_principal_sees_which_steps_are_late_and_the_log_is_told(town: Town) -> None:
    cases = some_cases(town, "almskolan", in_time=2, late=1)
    browser = town.browser(Role.PRINCIPAL, "almskolan")

    said = browser.get(f"/rutinen/skolor/{town.units['almskolan'].public_id}/").content.decode()

    assert "2 av 3 steg" in said
    assert "Elev2 almskolan" in said
    assert "Elev1 almskolan" not in said
    read = Entry.objects.get(action="flow.late")
    assert read.subjects == [f"pupil:{cases[2].pupil.public_id}"]


def test_an_area_manager_sees_no_pupil_and_no_small_count(town: Town) -> None:
    some_cases(town, "almskolan", in_time=2, late=1)
    browser = town.browser(Role.AREA_MANAGER, "norra")

    for url in (
        f"/rutinen/omraden/{town.units['norra'].public_id}/",
        f"/rutinen/skolor/{town.units['almskolan'].public_id}/",
    ):
        said = browser.get(url).content.decode()
        assert "visas inte" in said
        assert "Elev2" not in said
        assert "2 av 3" not in said


def test_an_area_manager_does_not_see_another_areas_school(town: Town) -> None:
    town.unit("sodra", town.units["norra"].kind, under="linnasa")  # type: ignore[arg-type]
    browser = town.browser(Role.AREA_MANAGER, "sodra")

    url = f"/rutinen/skolor/{town.units['almskolan'].public_id}/"
    assert browser.get(url).status_code == 404


def test_a_mentor_gets_nothing(town: Town) -> None:
    browser = town.browser(Role.MENTOR, "almskolan/7B")

    assert browser.get("/rutinen/").status_code == 404


def test_a_small_count_is_not_the_rest_of_two_large_ones(town: Town) -> None:
    some_cases(town, "almskolan", in_time=12, late=2)
    some_cases(town, "bjorkskolan", in_time=20, late=9)
    counts = Counts(flow_at(town))

    shown = {
        (measure, place): counts.of(measure, place)
        for measure in (showing.DUE, showing.IN_TIME, showing.LATE)
        for place in ("almskolan", "bjorkskolan", TOTAL)
    }

    assert shown[showing.LATE, "almskolan"] is None
    for measures in [(showing.DUE, showing.IN_TIME, showing.LATE)]:
        known = [shown[one, "almskolan"] for one in measures]
        assert sum(one is None for one in known) != 1
    late = [shown[showing.LATE, one] for one in ("almskolan", "bjorkskolan", TOTAL)]
    assert sum(one is None for one in late) != 1


def test_large_counts_are_shown(town: Town) -> None:
    some_cases(town, "almskolan", in_time=12, late=6)
    counts = Counts(flow_at(town))

    assert counts.of(showing.DUE, TOTAL) == 18
    assert counts.of(showing.IN_TIME, "almskolan") == 12
    assert counts.of(showing.in_month(Month.of(2026, 9), showing.LATE), TOTAL) == 6


def test_who_is_protected_is_counted_nowhere(town: Town) -> None:
    some_cases(town, "almskolan", in_time=12, late=6)
    Pupil.objects.filter(key="almskolan-0").update(protection=Protection.MARKED)

    assert Counts(flow_at(town)).of(showing.DUE, TOTAL) == 17


def test_five_steps_of_one_pupil_are_one_pupil(town: Town) -> None:
    case = some_cases(town, "almskolan", in_time=0, late=1)[0]
    first = case.steps.get()
    for number in range(1, 6):
        first.pk, first.public_id, first.step = None, f"step-{number}".ljust(22, "x"), "follow-up"
        first.began_on -= timedelta(days=1)
        first.decided_on, first.decision, first.reason = first.began_on, "close", "Påhittat"
        first.decided_at, first.decided_by = NOON, case.owner
        first.save()

    counts = Counts(flow_at(town))
    assert Counts(counts.flow, is_inside=True).of(showing.DUE, TOTAL) == 6
    assert counts.of(showing.DUE, TOTAL) is None


def test_last_school_year_has_a_page_of_its_own(town: Town) -> None:
    some_cases(town, "almskolan", in_time=2, late=1)
    browser = town.browser(Role.PRINCIPAL, "almskolan")

    url = f"/rutinen/skolor/{town.units['almskolan'].public_id}/?lasar=2025"
    said = browser.get(url).content.decode()

    assert "Läsåret 2025/26" in said
    assert "Inget steg har haft sin sista dag än" in said
