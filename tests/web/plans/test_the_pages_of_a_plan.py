"""A plan in the browser: begun in the case, written, previewed, signed, followed up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.plans.conftest import MONTH, Around

from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.plans import actions
from narvaro.web.plans.models import Outcome, OwnPart, Plan, PlanVersion
from narvaro.web.plans.queue import queue
from narvaro.web.pupils.models import Access, Protection
from narvaro.web.ui.registry import QueueGroup

OWN = ("Eva möter", "orolig")


@pytest.fixture(autouse=True)
def _the_day(around: Around, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browsers' day is the school's."""
    for place in ("doors", "middleware"):
        monkeypatch.setattr(
            f"narvaro.web.accounts.{place}.now_of", lambda _request: around.now, raising=False
        )
        monkeypatch.setattr(
            f"narvaro.web.accounts.{place}.today_of", lambda _request: around.day, raising=False
        )


def browser(around: Around, role: Role = Role.SCHOOL_COUNSELLOR) -> Client:
    return around.school.town.signed_in(around.school.posts[role])


def url(name: str, plan: Plan, *more: object) -> str:
    return reverse(name, args=[plan.public_id, *more])


def sent(around: Around, **more: str) -> dict[str, str]:
    """The form of the shared part, whole."""
    rows = [
        ("Stöd i hemmet.", around.social.public_id, "", "2026-12-20"),
        ("Berättar när en dag är svår.", "pupil", "", ""),
        ("Skjutsar.", "other", "Fotbollsklubben", ""),
        ("", "", "", ""),
    ]
    told = {
        "important": "Att någon jag känner möter mig.",
        "needs": "Tryggare väg in.",
        "main_unit": around.social.public_id,
        "follow_up_on": str(around.day + MONTH),
        "version": "1",
        "insats-TOTAL_FORMS": "4",
        "insats-INITIAL_FORMS": "0",
    }
    for n, row in enumerate(rows):
        names = ("words", "who", "other", "due_on")
        told |= {f"insats-{n}-{name}": value for name, value in zip(names, row, strict=True)}
    return told | more


def test_a_plan_is_begun_in_the_case_and_signed_from_there(around: Around) -> None:
    mine = browser(around)
    case = mine.get(reverse("case", args=[around.case.public_id])).content.decode()
    begin = reverse("plan_start", args=[around.case.public_id])

    assert begin in case
    assert mine.get(begin).status_code == 200
    assert not Plan.objects.exists()
    assert mine.post(begin)["Location"].endswith("/skriv/")
    plan = Plan.objects.get()
    saved = mine.post(url("plan_write", plan), sent(around, then="sign"))
    assert saved["Location"] == url("plan_sign", plan)
    preview = mine.get(url("plan_sign", plan)).content.decode()
    assert "återstår" not in preview
    assert "Fotbollsklubben" in preview
    signed = mine.post(url("plan_sign", plan), {"version": "2", "own": "0"})
    assert signed["Location"] == url("plan", plan)
    shown = mine.get(url("plan", plan)).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "Att någon jag känner möter mig.",
        "Stöd i hemmet.",
        "20 dec 2026",
        "1 jan 2027",
    ):
        assert words in shown, words
    assert PlanVersion.objects.get().efforts.count() == 3
    assert (
        url("plan", plan)
        in mine.get(reverse("case", args=[around.case.public_id])).content.decode()
    )


def test_a_draft_with_gaps_is_kept_and_signing_says_what_remains(around: Around) -> None:
    mine, plan = browser(around), around.plan()

    mine.post(url("plan_write", plan), sent(around, needs="", main_unit="", then="later"))
    preview = mine.get(url("plan_sign", plan)).content.decode()
    refused = mine.post(url("plan_sign", plan), {"version": "2", "own": "0"})

    assert "2 saker återstår" in preview
    assert "Välj vilken enhet som är huvudansvarig." in preview
    assert refused.status_code == 422
    assert not PlanVersion.objects.get().is_signed


def test_words_and_a_reason_for_none_are_not_both_kept(around: Around) -> None:
    mine, plan = browser(around), around.plan()

    refused = mine.post(url("plan_write", plan), sent(around, silence="not_reached"))

    assert refused.status_code == 422
    assert "Att någon jag känner" in refused.content.decode()
    assert PlanVersion.objects.get().important == ""


def test_who_is_second_is_shown_both_and_loses_nothing(around: Around) -> None:
    mine, plan = browser(around), around.plan()
    mine.post(url("plan_write", plan), sent(around, needs="Det första."))

    second = browser(around, Role.PRINCIPAL).post(
        url("plan_write", plan), sent(around, needs="Det andra.")
    )

    shown = second.content.decode()
    assert second.status_code == 409
    assert "Det första." in shown
    assert "Det andra." in shown
    assert around.social.name in shown
    assert f"<td>{around.social.public_id}" not in shown
    assert PlanVersion.objects.get().needs == "Det första."
    again = browser(around, Role.PRINCIPAL).post(
        url("plan_write", plan), sent(around, needs="Det andra.", version="2")
    )
    assert again.status_code == 302
    assert PlanVersion.objects.get().needs == "Det andra."


@pytest.mark.parametrize(
    "broken", [{"insats-TOTAL_FORMS": "x"}, {"insats-0-who": "nobody"}, {"insats-0-due_on": "x"}]
)
def test_rows_that_cannot_be_read_are_told_of_and_the_text_stays(
    around: Around, broken: dict[str, str]
) -> None:
    mine, plan = browser(around), around.plan()

    refused = mine.post(url("plan_write", plan), sent(around, **broken))

    assert refused.status_code == 422
    assert "Tryggare väg in." in refused.content.decode()
    assert "Det gick inte att spara" in refused.content.decode()


def test_who_read_an_older_own_part_does_not_sign_the_newer(around: Around) -> None:
    kept = around.written()
    refused = browser(around).post(
        url("plan_sign", kept.plan), {"version": str(kept.version), "own": "0"}
    )

    assert refused.status_code == 409
    assert "har ändrats sedan" in refused.content.decode()
    assert not PlanVersion.objects.get().is_signed


def test_the_own_part_stands_on_no_page_and_in_no_file_of_the_shared_part(around: Around) -> None:
    done = around.signed()
    mine = browser(around)

    pages = [url("plan", done.plan), url("plan_version", done.plan, 1), reverse("plans")]
    said = "".join(mine.get(one).content.decode() for one in pages)
    own = mine.get(url("plan_own", done.plan, 1)).content.decode()

    assert "Tryggare väg in" in said
    for words in OWN:
        assert words not in said
        assert words in own
    assert "Lämnas aldrig ut med planen" in own


def test_who_comes_from_another_side_reads_the_plan_and_not_the_schools_own_part(
    around: Around,
) -> None:
    """A social worker at the school, who has the case, signs what they may not read all of."""
    visitor = around.school.town.somebody(Role.SCHOOL_SOCIAL_WORKER, "almskolan")
    assert visitor.account is not None
    around.case.owner = visitor.account
    around.case.save()
    kept = around.written()
    theirs = around.school.town.signed_in(visitor)

    assert theirs.get(url("plan", kept.plan)).status_code == 200
    for name in ("plan_own", "plan_own_pdf", "plan_own_docx"):
        assert theirs.get(url(name, kept.plan, 1)).status_code == 404
    assert theirs.get(url("plan_write_own", kept.plan)).status_code == 404
    preview = theirs.get(url("plan_sign", kept.plan)).content.decode()
    assert "Din roll läser den inte" in preview
    assert not any(words in preview for words in OWN)
    theirs.post(url("plan_sign", kept.plan), {"version": str(kept.version), "own": "1"})
    assert PlanVersion.objects.get().is_signed


@pytest.mark.parametrize(
    "name", ["plan", "plan_write", "plan_sign", "plan_follow_up", "plan_write_own"]
)
def test_a_stranger_a_teacher_and_an_agency_are_not_told_that_there_is_a_plan(
    around: Around, name: str
) -> None:
    done = around.signed()
    town = around.school.town
    others = [
        town.somebody(Role.PRINCIPAL, "bjorkskolan"),
        town.somebody(Role.MENTOR, "almskolan/8A"),
        town.somebody(Role.TEACHER, "almskolan/7B"),
        around.contact,
    ]

    answers = [town.signed_in(one).get(url(name, done.plan)) for one in others]

    assert [one.status_code for one in answers] == [404] * 4


def test_a_mentor_reads_the_plan_of_the_class_and_writes_in_that_of_an_own_case(
    around: Around,
) -> None:
    plan = around.written().plan
    mentor = browser(around, Role.MENTOR)

    assert mentor.get(url("plan_write", plan)).status_code == 200
    other = around.by(Role.PRINCIPAL).account
    around.case.owner = other
    around.case.save()
    around.case.steps.update(owner=other)
    shown = mentor.get(url("plan", plan)).content.decode()
    assert "Tryggare väg in" in shown
    assert url("plan_write", plan) not in shown
    assert mentor.get(url("plan_write", plan)).status_code == 404


def test_the_pages_log_who_read_what(around: Around) -> None:
    done = around.signed()
    mine = browser(around)
    told = {
        "plans.plan": (url("plan", done.plan), Kind.READ),
        "plans.own_part": (url("plan_own", done.plan, 1), Kind.READ),
        "plans.pdf": (url("plan_pdf", done.plan, 1), Kind.PRINT),
        "plans.own_docx": (url("plan_own_docx", done.plan, 1), Kind.EXPORT),
    }
    for action, (address, kind) in told.items():
        assert mine.get(address).status_code == 200
        entry = Entry.objects.get(action=action, kind=kind)
        assert set(entry.subjects) == {
            f"plan:{done.plan.public_id}", f"pupil:{around.pupil.public_id}",
        }  # fmt: skip


def test_a_protected_pupil_is_opened_with_a_reason_and_stands_in_no_list(around: Around) -> None:
    done = around.signed()
    around.pupil.protection = Protection.MARKED
    around.pupil.save()
    mine_is = around.by().account
    Access.objects.create(
        pupil=around.pupil, account=mine_is, decided_by=mine_is, from_on=around.day
    )
    mine = browser(around)

    assert mine.get(url("plan", done.plan))["Location"] == reverse(
        "pupils_open", args=[around.pupil.public_id]
    )
    assert mine.get(url("plan_pdf", done.plan, 1)).status_code == 302
    assert done.plan.public_id not in mine.get(reverse("plans")).content.decode()
    assert browser(around, Role.PRINCIPAL).get(url("plan", done.plan)).status_code == 404


def test_a_followed_up_plan_goes_on_in_a_new_version_beside_the_old(around: Around) -> None:
    done = around.signed()
    mine = browser(around)
    told = {"on": str(around.day), "words": "Hen kommer.", "outcome": "goes_on"}

    early = mine.post(url("plan_follow_up", done.plan), told | {"on": "2027-06-01"})
    answer = mine.post(url("plan_follow_up", done.plan), told)
    shown = mine.get(url("plan", done.plan)).content.decode()

    assert "inte varit än" in early.content.decode()
    assert answer["Location"] == url("plan", done.plan)
    assert "Hen kommer." in shown
    assert "Version 2, utkast" in shown
    assert mine.post(url("plan_follow_up", done.plan), told).status_code == 302
    assert done.plan.versions.count() == 2


def test_a_new_version_is_begun_by_a_button_and_begun_once(around: Around) -> None:
    done = around.signed()
    mine = browser(around)

    for _again in range(2):
        assert mine.post(url("plan_new_version", done.plan))["Location"] == url(
            "plan_write", done.plan
        )

    assert done.plan.versions.count() == 2
    assert mine.get(url("plan_new_version", done.plan)).status_code == 405


def test_the_own_part_is_saved_and_the_second_is_told(around: Around) -> None:
    plan = around.plan()
    mine, theirs = browser(around), browser(around, Role.PRINCIPAL)
    address = url("plan_write_own", plan)

    mine.post(address, {"does": "Mitt.", "knows": "", "version": "0"})
    second = theirs.post(address, {"does": "Ditt.", "knows": "", "version": "0"})

    assert second.status_code == 409
    assert "Mitt." in second.content.decode()
    assert OwnPart.objects.get().does == "Mitt."


def rows(around: Around, role: Role, day: date) -> dict[str, tuple[QueueGroup, date | None]]:
    around.school.day = day
    return {one.key.rpartition(".")[0]: (one.group, one.due_on) for one in queue(around.by(role))}


def test_the_follow_up_comes_by_itself_to_who_has_the_case(around: Around) -> None:
    done = around.signed()
    on = done.follow_up_on
    assert on is not None
    one = timedelta(days=1)

    assert rows(around, Role.MENTOR, on - 15 * one) == {}
    near = {"plans.follow_up": (QueueGroup.LATER, on)}
    assert rows(around, Role.MENTOR, on - 14 * one) == near
    assert rows(around, Role.MENTOR, on)["plans.follow_up"][0] == QueueGroup.THIS_WEEK
    assert rows(around, Role.MENTOR, on + one)["plans.follow_up"][0] == QueueGroup.LATE
    assert rows(around, Role.PRINCIPAL, on + one) == {}
    assert rows(around, Role.PRINCIPAL, on + 7 * one)["plans.follow_up"][0] == QueueGroup.LATE


def test_a_leader_sees_at_once_what_nobody_is_left_to_follow_up(around: Around) -> None:
    done = around.signed()
    on = done.follow_up_on
    assert on is not None
    around.school.posts[Role.MENTOR].to_on = around.day
    around.school.posts[Role.MENTOR].save()

    assert rows(around, Role.PRINCIPAL, on - timedelta(days=1)) == {}
    assert "plans.follow_up" in rows(around, Role.PRINCIPAL, on)


@pytest.mark.parametrize("outcome", Outcome.values)
def test_what_is_followed_up_asks_no_more(around: Around, outcome: str) -> None:
    done = around.signed()
    on = done.follow_up_on
    assert on is not None
    told = actions.Followed(around.day, "Klart.", outcome)
    actions.follow_up(done, told, by=around.by(Role.MENTOR), at=around.now)

    assert "plans.follow_up" not in rows(around, Role.MENTOR, on)


def test_a_newer_signed_version_takes_over_the_follow_up(around: Around) -> None:
    first = around.signed()
    draft = actions.new_version(first.plan, by=around.by(), at=around.now)
    second = around.signed(draft.plan, follow_up_on=around.day + 3 * MONTH)
    assert first.follow_up_on is not None
    assert second.follow_up_on is not None

    assert rows(around, Role.MENTOR, first.follow_up_on) == {}
    assert "plans.follow_up" in rows(around, Role.MENTOR, second.follow_up_on)


def test_a_draft_waits_for_who_wrote_in_it_last(around: Around) -> None:
    around.written()

    assert set(rows(around, Role.SCHOOL_COUNSELLOR, around.day)) == {"plans.draft"}
    assert rows(around, Role.PRINCIPAL, around.day) == {}


def test_only_units_of_the_area_can_answer_for_something(around: Around) -> None:
    shown = browser(around).get(url("plan_write", around.plan())).content.decode()

    assert "Barnkliniken" in shown
    assert around.case.school.name in shown
    assert "FoU" not in shown
    assert "bjorkskolan" not in shown
