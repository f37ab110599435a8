"""A running case stays on its version of the routine, or is moved knowingly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.web.cases.conftest import School, enrolled

from narvaro.programmes import Adaptation as Otherwise
from narvaro.programmes import StepHere, Text, load_text, text_of
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.cases import actions
from narvaro.web.cases.models import Case, Decision, OpenedBecause, RoutineMove
from narvaro.web.cases.newer import newer_of
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.pupils.models import Protection, Pupil

DEMO = Path(__file__).parents[3] / "src" / "narvaro" / "demo" / "linnasa.toml"
STEP, WHY = "conversation", "Alla ärenden ska följa samma tider."


@pytest.fixture(autouse=True)
def file(settings: Settings, tmp_path: Path) -> Path:
    """Linnåsa's own programme, where the application looks for it."""
    settings.PROGRAMME_FOLDER = tmp_path / "programmes"
    settings.PROGRAMME_FOLDER.mkdir()
    made: Path = settings.PROGRAMME_FOLDER / "linnasa.toml"
    made.write_text(text_of(DEMO), "utf-8")
    return made


@pytest.fixture(autouse=True)
def _the_day(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browsers' day is the school's."""
    for place in ("doors", "middleware"):
        monkeypatch.setattr(
            f"narvaro.web.accounts.{place}.now_of", lambda _request: school.now, raising=False
        )
        monkeypatch.setattr(
            f"narvaro.web.accounts.{place}.today_of", lambda _request: school.day, raising=False
        )


@pytest.fixture
def case(school: School) -> Case:
    """A case that follows the shipped version, 3."""
    return opened(school)


def opened(school: School, pupil: Pupil | None = None) -> Case:
    return actions.open_case(
        pupil or school.pupil,
        because=OpenedBecause.STAFF,
        by=school.by(Role.MENTOR),
        at=school.now,
    )


def renew(file: Path, *, renamed: bool = False) -> None:
    """Version 4: a shorter time, or the step under another id."""
    before = text_of(DEMO)
    text = before.replace("version = 3", "version = 4", 1)
    text = text.replace('deadline = "10 school-days"', 'deadline = "7 school-days"', 1)
    if renamed:
        text = text.replace(f'"{STEP}"', '"first-talk"').replace(
            'stage = "first-talk"', f'stage = "{STEP}"'
        )
    assert text != before
    file.write_text(text, "utf-8")


def browser(school: School, role: Role = Role.PRINCIPAL) -> Client:
    return school.town.signed_in(school.posts[role])


def page_of(case: Case) -> str:
    return reverse("case_move_routine", args=[case.public_id])


def sent(client: Client, url: str, **more: str) -> dict[str, Any]:
    shown = client.get(url).context
    case = shown["case"]
    return {"mark": shown["mark"], "version": str(case.version), "why": WHY, **more}


def test_while_nothing_is_changed_nothing_is_offered(school: School, case: Case) -> None:
    shown = browser(school).get(reverse("case", args=[case.public_id])).content.decode()

    assert page_of(case) not in shown
    assert browser(school).get(page_of(case)).status_code == 302


def test_the_case_says_that_a_newer_version_holds_and_who_can_move_it(
    school: School, case: Case, file: Path
) -> None:
    renew(file)
    address = reverse("case", args=[case.public_id])

    principal = browser(school).get(address).content.decode()
    mentor = browser(school, Role.MENTOR).get(address).content.decode()

    assert "Nu gäller rutinen version 4 på skolan. Ärendet följer rutinen version 3." in principal
    assert page_of(case) in principal
    assert "Rektor kan flytta ärendet." in mentor
    assert page_of(case) not in mentor


def test_the_difference_is_seen_before_and_what_happens_with_the_step(
    school: School, case: Case, file: Path
) -> None:
    renew(file)

    shown = browser(school).get(page_of(case)).content.decode()

    assert "10 skoldagar" in shown
    assert "7 skoldagar" in shown
    assert "Ligger kvar hos mentor" in shown
    assert not RoutineMove.objects.exists()


def test_a_moved_case_keeps_its_step_its_owner_and_its_day_and_tells_both_versions(
    school: School, case: Case, file: Path
) -> None:
    before = case.steps.get()
    renew(file)
    client = browser(school)

    answer = client.post(page_of(case), sent(client, page_of(case)))

    assert answer.status_code == 302
    case.refresh_from_db()
    step = case.steps.get()
    assert (step.step, step.owner, step.due_on) == (STEP, before.owner, before.due_on)
    known = step_of(programme_of(case), STEP)
    assert known is not None
    assert known.deadline is not None
    assert known.deadline.number == 7
    move = case.routine_moves.get()
    assert (move.from_routine.version, move.to_routine.version, move.why) == (3, 4, WHY)
    history = client.get(reverse("case", args=[case.public_id])).content.decode()
    assert "flyttade ärendet från rutinen version 3 till rutinen version 4" in history
    assert Entry.objects.filter(action="cases.move_routine", kind=Kind.WRITE).count() == 1


def test_a_step_that_is_gone_leads_to_the_one_that_is_chosen(
    school: School, case: Case, file: Path
) -> None:
    renew(file, renamed=True)
    client, url = browser(school), page_of(case)

    unanswered = client.post(url, sent(client, url))
    assert unanswered.status_code == 422
    assert "finns inte kvar. Vad tar vid?" in unanswered.content.decode()
    client.post(url, sent(client, url, **{f"efter_{STEP}": "first-talk"}))

    ended, begun = case.steps.order_by("pk")
    assert (ended.decision, ended.leads_to, ended.reason) == (Decision.NEXT, "first-talk", WHY)
    assert (begun.step, begun.is_open) == ("first-talk", True)


def test_no_reason_moves_nothing(school: School, case: Case, file: Path) -> None:
    renew(file)
    client, url = browser(school), page_of(case)

    assert client.post(url, sent(client, url, why="  ")).status_code == 422
    with pytest.raises(IntegrityError, match="a_case_is_moved_to_a_routine_with_a_reason"):
        RoutineMove.objects.create(
            case=case,
            from_routine=case.routine,
            to_routine=case.routine,
            at=school.now,
            on=school.day,
            by=school.account(Role.PRINCIPAL),
            why="",
        )


def test_nobody_is_moved_to_another_version_than_was_looked_at(
    school: School, case: Case, file: Path
) -> None:
    renew(file)
    client, url = browser(school), page_of(case)
    looked_at = sent(client, url)
    renew(file, renamed=True)

    answer = client.post(url, looked_at | {f"efter_{STEP}": "first-talk"})

    assert answer.status_code == 409
    assert WHY in answer.content.decode()
    assert not RoutineMove.objects.exists()


def test_a_case_that_was_changed_meanwhile_is_not_moved(
    school: School, case: Case, file: Path
) -> None:
    renew(file)
    newer = newer_of(case, school.day)
    assert newer is not None

    def move(version: int) -> None:
        actions.move_to_newer(
            case,
            mark=newer.mark,
            instead={},
            why=WHY,
            version=version,
            by=school.by(Role.PRINCIPAL),
            at=school.now,
        )

    with pytest.raises(ChangedMeanwhile):
        move(case.version + 1)
    move(case.version)
    with pytest.raises(Refused, match="redan"):
        move(case.version + 1)


def test_what_the_school_does_otherwise_since_is_a_newer_version_too(
    school: School, case: Case, file: Path
) -> None:
    programme = load_text(file.read_text("utf-8"))
    why = Text("Ett prov", "A trial")
    part = StepHere(
        step=STEP,
        why=None,
        guidance=(Text("Ring hem samma kväll", "Call the same evening"),),
        owner=None,
        deadline=None,
        within=None,
        forms=(),
    )
    actions.keep_adaptation(
        case.school,
        Otherwise(
            programme=programme.id,
            version=programme.version,
            by="Rektor",
            decided_on=school.day,
            why=why,
            steps=(part,),
            forms=(),
            prompts=(),
            fingerprint="",
        ),
        why="Ett prov",
        from_on=school.day,
        version=0,
        by=school.by(Role.PRINCIPAL),
        at=school.now,
    )
    client, url = browser(school), page_of(case)

    assert "Ring hem samma kväll" in client.get(url).content.decode()
    client.post(url, sent(client, url))

    case.refresh_from_db()
    assert case.adaptation is not None
    history = client.get(reverse("case", args=[case.public_id])).content.decode()
    assert "till rutinen version 3 med skolans anpassning 1" in history


def test_a_principal_moves_many_at_once_and_one_that_changed_stays(
    school: School, case: Case, file: Path
) -> None:
    other = opened(school, enrolled(school.town, "7B-15", school="almskolan", group="almskolan/7B"))
    third = opened(school, enrolled(school.town, "7B-16", school="almskolan", group="almskolan/7B"))
    renew(file)
    client = browser(school)
    url = reverse("cases_move_many", args=[case.school.public_id])
    assert "3 öppna ärenden följer en annan version." in (
        client.get(reverse("common_routine")).content.decode()
    )
    shown = client.get(url)
    assert "3 öppna ärenden följer en annan version" in shown.content.decode()
    versions = {f"version_{one.public_id}": str(one.version) for one in (case, other, third)}
    Case.objects.filter(pk=other.pk).update(version=other.version + 1)  # somebody was there

    answer = client.post(
        url,
        {
            "mark": shown.context["mark"],
            "which": [case.public_id, other.public_id],
            "why": WHY,
            **versions,
        },
        follow=True,
    )

    said = answer.content.decode()
    assert "1 ärende är flyttat." in said
    assert "1 ärende hade ändrats" in said
    assert [one.case for one in RoutineMove.objects.all()] == [case]
    assert "2 öppna ärenden följer en annan version" in said


def test_a_colleague_a_stranger_and_another_school_move_nothing(
    school: School, case: Case, file: Path
) -> None:
    renew(file)
    many = reverse("cases_move_many", args=[case.school.public_id])

    for client in (
        browser(school, Role.MENTOR),
        browser(school, Role.SCHOOL_COUNSELLOR),
        browser(school, Role.AREA_MANAGER),
        school.town.browser(Role.PRINCIPAL, "bjorkskolan"),
    ):
        assert client.get(page_of(case)).status_code == 404
        assert client.get(many).status_code == 404


def test_a_protected_pupils_case_is_not_listed_for_who_is_not_on_the_list(
    school: School, case: Case, file: Path
) -> None:
    renew(file)
    Pupil.objects.filter(pk=case.pupil_id).update(protection=Protection.MARKED)
    client = browser(school)

    assert client.get(page_of(case)).status_code == 404
    shown = client.get(reverse("cases_move_many", args=[case.school.public_id])).content.decode()
    assert case.public_id not in shown
    assert "Alla öppna ärenden följer den version som gäller" in shown
