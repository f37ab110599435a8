"""The routine as a school reads it, adapts it and takes the adaptation back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.web.cases.conftest import School

from narvaro.programmes import text_of
from narvaro.web.accounts.clock import today_of
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.cases import actions
from narvaro.web.cases.models import Adaptation, Case, OpenedBecause
from narvaro.web.cases.routines import common_of, programme_of, step_of
from narvaro.web.ui import written

STEP = "conversation"
DEMO = Path(__file__).parents[3] / "src" / "narvaro" / "demo" / "linnasa.toml"


@pytest.fixture(autouse=True)
def programmes(settings: Settings, tmp_path: Path) -> Path:
    """Linnåsa's own programme, where the application looks for it."""
    settings.PROGRAMME_FOLDER = tmp_path / "programmes"
    settings.PROGRAMME_FOLDER.mkdir()
    file: Path = settings.PROGRAMME_FOLDER / "linnasa.toml"
    file.write_text(text_of(DEMO), "utf-8")
    return file


@pytest.fixture
def today(school: School) -> date:
    """The day of the pages, and of the school."""
    school.day = today_of(None)  # type: ignore[arg-type]
    return school.day


@pytest.fixture
def principal(school: School, today: date) -> Client:  # noqa: ARG001
    return school.town.signed_in(school.posts[Role.PRINCIPAL])


def address(school: School, name: str = "common_routine_adapt", at: str = "almskolan") -> str:
    given = [school.town.units[at].public_id]
    return reverse(name, args=[*given, STEP] if name == "common_routine_adapt" else given)


def filled(today: date, **more: object) -> dict[str, object]:
    return {
        "guidance": "Ring hem samma kväll",
        "owner": "",
        "days": "5",
        "prompts": "Fråga om skolvägen",
        "why": "Vi har många nya familjer",
        "from_on": today.isoformat(),
        "version": "0",
        "then": "save",
    } | more


def a_case(school: School) -> Case:
    return actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_everybody_at_the_school_reads_every_step_in_words(school: School, today: date) -> None:  # noqa: ARG001
    shown = text(school.town.signed_in(school.posts[Role.MENTOR]), reverse("common_routine"))

    assert "Samtal med hemmet" in shown
    assert "10 skoldagar" in shown
    assert "Mentor eller klasslärare" in shown
    assert "Efter 5 skoldagar över tiden ser rektor det." in shown


def test_a_preview_shows_the_difference_and_saves_nothing(
    school: School, principal: Client, today: date
) -> None:
    shown = principal.post(address(school), filled(today, then="look")).content.decode()

    assert "Det här ändras" in shown
    assert "10 skoldagar" in shown
    assert "5 skoldagar" in shown
    assert not Adaptation.objects.exists()


def test_what_a_principal_adds_stands_beside_the_common_step(
    school: School, principal: Client, today: date
) -> None:
    answer = principal.post(address(school), filled(today))

    assert answer.status_code == 302
    shown = text(school.town.signed_in(school.posts[Role.MENTOR]), reverse("common_routine"))
    assert "Ring hem samma kväll" in shown
    assert "Fråga om skolvägen" in shown
    assert "10 skoldagar → <strong>5 skoldagar" in shown
    assert "Vi har många nya familjer" in text(principal, address(school, "common_routine_school"))


def test_the_log_is_told_who_adapted_which_school(
    school: School, principal: Client, today: date
) -> None:
    principal.post(address(school), filled(today))

    entry = Entry.objects.get(action="routine.adapt", kind=Kind.WRITE)
    assert entry.account == school.account(Role.PRINCIPAL).public_id
    assert f"school:{school.town.units['almskolan'].public_id}" in entry.subjects


def test_a_new_case_follows_the_school_and_a_running_one_stays(
    school: School, principal: Client, today: date
) -> None:
    running = a_case(school)
    principal.post(address(school), filled(today))
    Case.objects.filter(pk=running.pk).update(
        closed_at=school.now, closed_on=today, closed_by=running.owner, closing_reason="Slut"
    )
    new = a_case(school)

    kept, here = (step_of(programme_of(one), STEP) for one in (running, new))
    common = step_of(common_of(new.routine), STEP)
    assert kept == common
    assert here is not None
    assert here.deadline is not None
    assert here.deadline.number == 5
    assert common is not None
    assert common.deadline is not None
    assert common.deadline.number == 10


def test_a_case_opened_under_an_adaptation_has_the_owner_named_here(
    school: School, principal: Client, today: date
) -> None:
    principal.post(address(school), filled(today, owner="school_counsellor"))

    opened = a_case(school)

    assert opened.owner == school.account(Role.SCHOOL_COUNSELLOR)


def test_a_second_change_keeps_the_first_and_its_history(
    school: School, principal: Client, today: date
) -> None:
    principal.post(address(school), filled(today))
    other = reverse(
        "common_routine_adapt", args=[school.town.units["almskolan"].public_id, "student-health"]
    )
    sent = {"guidance": "Bjud in mentorn", "why": "Ny rutin", "version": "1", "then": "save"}
    principal.post(other, sent | {"from_on": today.isoformat()})

    shown = text(principal, address(school, "common_routine_school"))
    assert "Ring hem samma kväll" in shown
    assert "Bjud in mentorn" in shown
    assert Adaptation.objects.count() == 2
    assert Adaptation.objects.filter(to_on__isnull=True).count() == 1


def test_who_is_second_is_told_and_nothing_is_overwritten(
    school: School, principal: Client, today: date
) -> None:
    principal.post(address(school), filled(today))

    second = principal.post(address(school), filled(today, guidance="Ring farmor"))

    assert second.status_code == 409
    assert "Någon annan hann ändra anpassningen" in second.content.decode()
    assert "Ring farmor" in second.content.decode()
    assert Adaptation.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"days": "10"}, "Tiden är inte kortare än den gemensamma"),
        ({"why": " "}, "why"),
        ({"from_on": "2020-01-01"}, "Välj i dag eller en dag det närmaste året."),
        ({"owner": "pupil"}, "owner"),
        ({"papers": ["no-such-form"]}, "papers"),
        ({"guidance": "", "days": "", "prompts": ""}, "Ingenting är ändrat."),
    ],
)
def test_what_cannot_be_is_said_beside_the_form(
    school: School, principal: Client, today: date, change: dict[str, object], said: str
) -> None:
    answer = principal.post(address(school), filled(today, **change))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Adaptation.objects.exists()


def test_a_form_that_can_be_filled_in_here_can_be_asked_for_besides(
    school: School, principal: Client, today: date
) -> None:
    principal.post(address(school), filled(today, papers=["action-plan"]))

    found = step_of(programme_of(a_case(school)), STEP)
    assert found is not None
    assert "action-plan" in found.forms


def test_an_adaptation_ends_with_a_reason_and_the_common_one_holds_again(
    school: School, principal: Client, today: date
) -> None:
    principal.post(address(school), filled(today))
    sent = {"why": "Provet är över", "last_day": today.isoformat(), "version": "1"}

    assert principal.post(address(school, "common_routine_end"), sent).status_code == 302
    kept = Adaptation.objects.get()
    assert (kept.to_on, kept.ended_why) == (today, "Provet är över")
    school.day += timedelta(days=1)
    assert a_case(school).adaptation is None


def test_an_adaptation_that_has_not_begun_is_taken_back(
    school: School, principal: Client, today: date
) -> None:
    later = today + timedelta(days=30)
    principal.post(address(school), filled(later))
    shown = text(principal, address(school, "common_routine_school"))
    assert "Från " + written.long_day(later) in shown
    sent = {"why": "Ångrat", "last_day": today.isoformat(), "version": "1"}

    principal.post(address(school, "common_routine_end"), sent)

    assert not Adaptation.objects.exists()
    assert Entry.objects.filter(action="routine.end", kind=Kind.WRITE).count() == 1


def test_a_new_common_version_leaves_the_adaptation_behind_until_it_is_taken_over(
    school: School, principal: Client, today: date, programmes: Path
) -> None:
    principal.post(address(school), filled(today))
    moved = text_of(DEMO).replace("version = 2", "version = 3")
    programmes.write_text(moved.replace('"10 school-days"', '"4 school-days"'), "utf-8")

    shown = text(principal, address(school, "common_routine_school"))
    assert "Den gemensamma rutinen har en ny version." in shown
    assert "tiden är inte kortare än den gemensamma" in shown
    assert a_case(school).adaptation is None

    sent = {"why": "Samma skäl", "from_on": today.isoformat(), "version": "1"}
    principal.post(address(school, "common_routine_take_over"), sent)
    shown = text(principal, address(school, "common_routine_school"))
    assert "Fråga om skolvägen" in shown
    assert "Ring hem samma kväll" not in shown


def test_the_area_manager_sees_all_schools_in_one_table(
    school: School, principal: Client, today: date
) -> None:
    principal.post(address(school), filled(today))

    shown = text(
        school.town.signed_in(school.posts[Role.AREA_MANAGER]), reverse("common_routine_schools")
    )
    assert "Ring hem samma kväll" in shown
    assert "bjorkskolan" in shown
    assert "1 av 2 skolor" in shown


@pytest.mark.parametrize(
    "name", ["common_routine_school", "common_routine_adapt", "common_routine_end"]
)
def test_a_stranger_finds_no_other_school(school: School, today: date, name: str) -> None:  # noqa: ARG001
    stranger = school.town.browser(Role.PRINCIPAL, "bjorkskolan")

    assert stranger.get(address(school, name)).status_code == 404
    if name != "common_routine_school":
        assert stranger.post(address(school, name), {}).status_code == 404


def test_a_mentor_reads_but_does_not_adapt(school: School, today: date) -> None:  # noqa: ARG001
    mentor = school.town.signed_in(school.posts[Role.MENTOR])

    assert mentor.get(address(school, "common_routine_school")).status_code == 200
    assert mentor.get(address(school)).status_code == 404
    assert Account.objects.exists()
