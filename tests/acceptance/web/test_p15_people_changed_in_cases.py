"""P15: contacts, representatives and principals change in mid-case, and nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.cases.conftest import School, enrolled
from tests.web.inbox.conftest import row, run_of

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.restriction import Restriction
from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.models import (
    Case,
    ContactOutcome,
    ContactWay,
    OpenedBecause,
    TaskKind,
)
from narvaro.web.inbox.keeping import keep
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.taking import take_run

LAST_ON = date(2026, 12, 11)
"""The last day of whoever leaves."""
GAP = LAST_ON + timedelta(days=3)
"""A Monday, when nobody has come yet."""
NEW_ON = date(2026, 12, 16)
"""The first day of the successor."""
WHY = "Ny på tjänsten."
ALMSKOLAN = "almskolan"
PUPILS = {"7B-14", "7B-15", "7B-16"}


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
def admin(school: School) -> Client:
    """Who keeps the register of people."""
    return school.town.browser(Role.ADMINISTRATOR, "linnasa")


def shown(client: Client, address: str = "/att-gora/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def browser(school: School, role: Role) -> Client:
    return school.town.signed_in(school.posts[role])


def found_on(page: str) -> set[str]:
    """The pupils that a page names."""
    return {one for one in PUPILS if one in page}


def leaves(school: School, admin: Client, role: Role) -> None:
    """The register says when somebody ends, and that the post is open after that."""
    post = school.posts[role]
    said = {"last_on": LAST_ON.isoformat(), "is_vacant_after": "on", "version": str(post.version)}
    answer = admin.post(reverse("end_role", args=[post.public_id]), said)
    assert answer.status_code == 302, answer.content.decode()


def comes(school: School, admin: Client, role: Role) -> Assignment:
    """Somebody new is given the post from today."""
    account = Account.objects.create_user("ny@linnasa.invalid", name="Nya Provsson")
    unit = school.posts[role].unit
    Assignment.objects.create(  # known to the authority already
        account=account,
        role=Role.TEACHER,
        unit=school.town.units["almskolan/8A"],
        from_on=date(2020, 1, 1),
    )
    said = {
        "role": role.value,
        "unit": unit.public_id,
        "from_on": school.day.isoformat(),
        "percentage": "100",
        "version": str(account.version),
    }
    answer = admin.post(reverse("give_role", args=[account.public_id]), said)
    assert answer.status_code == 302, answer.content.decode()
    return Assignment.objects.get(account=account, role=role)


def worked_on(school: School, role: Role) -> Case:
    """A case of somebody's with a contact and a note, a step in another's case, and a question."""
    holder, by = school.account(role), school.by(role)
    case = actions.open_case(
        school.pupil,
        because=OpenedBecause.STAFF,
        words="Borta sedan i höstas.",
        by=by,
        at=school.now,
    )
    if case.owner != holder:
        Case.objects.filter(pk=case.pk).update(owner=holder)
        case.steps.update(owner=holder)
        case.refresh_from_db()
    actions.add_contact(
        case,
        on=school.day,
        way=ContactWay.PHONE,
        outcome=ContactOutcome.TALKED,
        note="Mamman vill ses.",
        by=by,
        at=school.now,
    )
    actions.add_note(
        case, restriction=Restriction.ORDINARY, text="Provar kortare dag.", by=by, at=school.now
    )
    asked_elsewhere(school, role)
    return case


def asked_elsewhere(school: School, role: Role) -> None:
    """A step in another's case, and a question about a pupil without one."""
    holder, by = school.account(role), school.by(role)
    other = actions.open_case(
        enrolled(school.town, "7B-15", school=ALMSKOLAN, group="almskolan/7B"),
        because=OpenedBecause.STAFF,
        by=school.by(Role.MENTOR),
        at=school.now,
    )
    Case.objects.filter(pk=other.pk).update(owner=school.account(Role.PRINCIPAL))
    other.steps.update(owner=holder)
    actions.make_task(
        enrolled(school.town, "7B-16", school=ALMSKOLAN, group="almskolan/7B"),
        school.town.units[ALMSKOLAN],
        kind=TaskKind.NO_SHOW,
        to=holder,
        due_on=school.day + timedelta(days=30),
        by=by,
        at=school.now,
    )


def handed_over(school: School, principal: Client, url: str, new: Assignment) -> None:
    """The principal gives it all to one person."""
    assert new.account is not None
    said = {
        "seen": principal.get(url).context["seen"],
        "why": WHY,
        "then": "save",
        f"alla_{school.town.units[ALMSKOLAN].public_id}": new.account.public_id,
    }
    assert principal.post(url, said).status_code == 302


def told_in(page: str, gone: Account) -> None:
    """What was written stands, and the history tells both with the day."""
    for kept in ("Mamman vill ses.", "Provar kortare dag.", "Borta sedan i höstas.", WHY):
        assert kept in page
    assert f"Lämnat över från {gone.name} till Nya Provsson" in page
    assert "Ons 16 dec" in page


def times_of(new: Assignment) -> list[tuple[str | None, date, date | None]]:
    """Everybody who held a post, with their time; nobody when it was vacant."""
    served = Assignment.objects.filter(role=new.role, unit=new.unit).order_by("from_on")
    return list(served.values_list("account__name", "from_on", "to_on"))


@pytest.mark.parametrize("role", [Role.MENTOR, Role.SCHOOL_COUNSELLOR])
def test_who_comes_after_has_all_that_who_left_had_and_the_history_tells_both(
    school: School, admin: Client, role: Role
) -> None:
    case = worked_on(school, role)
    gone, due = school.account(role), case.steps.get().due_on
    assert found_on(shown(browser(school, role))) == PUPILS

    # told a month ahead; when nobody has come, the gap is seen by the principal
    leaves(school, admin, role)
    principal = browser(school, Role.PRINCIPAL)
    assert f"{gone.name} slutar på {ALMSKOLAN}" in shown(principal)
    school.day = GAP
    in_the_gap = shown(principal)
    assert f"{gone.name} har slutat på {ALMSKOLAN}" in in_the_gap
    assert "saknas" in in_the_gap  # the post itself, as vacant
    assert "akant" in shown(admin, reverse("people"))
    assert browser(school, role).get("/att-gora/").status_code == 404

    # the list of what is left, and somebody new to give it to
    school.day = NEW_ON
    new = comes(school, admin, role)
    url = reverse("hand_over_all", args=[gone.public_id])
    assert found_on(shown(principal, url)) == PUPILS
    handed_over(school, principal, url, new)

    # the successor's queue has it all, with the days that were promised
    successor = school.town.signed_in(new)
    assert found_on(shown(successor)) == PUPILS
    assert f"{gone.name} har slutat" not in shown(principal)
    case.refresh_from_db()
    step = case.steps.get()
    assert (case.owner, step.owner, step.due_on) == (new.account, new.account, due)

    told_in(shown(successor, reverse("case", args=[case.public_id])), gone)
    assert times_of(new) == [
        (gone.name, date(2020, 1, 1), LAST_ON),
        (None, LAST_ON + timedelta(days=1), NEW_ON - timedelta(days=1)),
        ("Nya Provsson", NEW_ON, None),
    ]


def test_a_principal_who_leaves_is_a_gap_that_the_area_manager_sees_and_the_next_one_has_it_all(
    school: School, admin: Client
) -> None:
    case = actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )
    gone = school.account(Role.PRINCIPAL)
    actions.hand_over(
        case,
        gone,
        why="Rektor tar den.",
        version=case.version,
        by=school.by(Role.MENTOR),
        at=school.now,
    )
    due = case.steps.get().due_on

    leaves(school, admin, Role.PRINCIPAL)
    school.day = GAP
    assert "rektor på almskolan saknas" in shown(browser(school, Role.AREA_MANAGER)).casefold()
    assert keep(school.now).handed_on == 1  # nobody falls between chairs in the meantime
    case.refresh_from_db()
    between = case.owner
    assert between != gone

    school.day = NEW_ON
    new = comes(school, admin, Role.PRINCIPAL)
    assert "saknas" not in shown(browser(school, Role.AREA_MANAGER))
    keep(school.now)
    case.refresh_from_db()
    assert case.owner in (between, new.account)
    actions.hand_over(
        case,
        new.account or gone,
        why=WHY,
        version=case.version,
        by=school.as_somebody(new),
        at=school.now,
    )

    successor = school.town.signed_in(new)
    assert "7B-14" in shown(successor)
    page = shown(successor, reverse("case", args=[case.public_id]))
    for told in (
        f"Lämnat över från {school.account(Role.MENTOR).name} till {gone.name}",
        f"Lämnat över från {gone.name} till {between.name}",
        f"Lämnat över från {between.name} till Nya Provsson",
    ):
        assert told in page
    assert case.steps.get().due_on == due


def test_a_flag_that_waits_with_who_left_waits_with_who_comes_after(
    school: School, admin: Client
) -> None:
    take_run(run_of([row("7B-14")]), authority=school.town.authority, now=school.now)
    gone, flag = school.account(Role.MENTOR), Flag.objects.get()
    due = flag.due_on
    assert flag.owner == gone

    leaves(school, admin, Role.MENTOR)
    school.day = GAP
    keep(school.now)
    flag.refresh_from_db()
    assert flag.owner == school.account(Role.PRINCIPAL)

    school.day = NEW_ON
    new = comes(school, admin, Role.MENTOR)
    keep(school.now)

    flag.refresh_from_db()
    assert (flag.owner, flag.due_on) == (new.account, due)
    assert "7B-14" in shown(school.town.signed_in(new))
