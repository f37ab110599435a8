"""Silence climbs by the routine's own ladder in school days, and nothing late is seen by nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.web.cases.conftest import enrolled
from tests.web.inbox.conftest import School, row, run_of

from narvaro.programmes import OWNER, Programme, load_text, text_of
from narvaro.timetable import Calendar
from narvaro.web.accounts.roles import LEADERS, Role
from narvaro.web.cases.actions import open_case
from narvaro.web.cases.models import OpenedBecause
from narvaro.web.cases.queue import queue
from narvaro.web.inbox import actions
from narvaro.web.inbox.climbing import climbed
from narvaro.web.inbox.handling import counts_of, handling_of
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.queue import own_flags
from narvaro.web.inbox.silence import rungs_reached, sees
from narvaro.web.inbox.taking import take_run
from narvaro.web.pupils.models import Protection
from narvaro.web.ui.registry import QueueGroup, QueueRow

GENERIC = load_text(text_of("boras-recommended"))
DUE = date(2026, 12, 9)
WHOLE_YEARS = Calendar()


def laddered(rungs: list[tuple[int, str]]) -> Programme:
    """The recommended routine with another ladder."""
    first = GENERIC.silence[0]
    made = tuple(
        replace(first, after=first.after._replace(school_days=days), role=role)
        for days, role in sorted(rungs)
    )
    return replace(GENERIC, silence=made)


ROLES = st.sampled_from(["owner", "principal", "area_manager", "school_authority", "school_nurse"])
LADDERS = st.lists(st.tuples(st.integers(0, 15), ROLES), max_size=5)


@given(ladder=LADDERS, due=st.integers(0, 300), late=st.integers(1, 80))
def test_nothing_late_is_seen_by_nobody_and_who_sees_it_goes_on_seeing_it(
    ladder: list[tuple[int, str]], due: int, late: int
) -> None:
    programme, last = laddered(ladder), date(2026, 8, 17) + timedelta(days=due)
    today = last + timedelta(days=late)

    now = rungs_reached(programme, last, today, WHOLE_YEARS)
    tomorrow = rungs_reached(programme, last, today + timedelta(days=1), WHOLE_YEARS)

    assert now[0] == OWNER
    for role in Role:
        assert sees(role, now, is_owner=True)
        assert not sees(role, now) or sees(role, tomorrow)
    assert set(now) <= set(tomorrow)
    if any(one != OWNER for one in now):
        assert all(sees(role, now) for role in LEADERS)


@given(ladder=LADDERS, due=st.integers(0, 300), early=st.integers(0, 80))
def test_nothing_in_time_is_seen_as_late(
    ladder: list[tuple[int, str]], due: int, early: int
) -> None:
    last = date(2026, 8, 17) + timedelta(days=due)
    found = rungs_reached(laddered(ladder), last, last - timedelta(days=early), WHOLE_YEARS)
    assert found == ()
    assert not any(sees(role, found, is_owner=True) for role in Role)
    assert rungs_reached(GENERIC, None, last, WHOLE_YEARS) == ()


def test_the_usual_ladder_is_owner_principal_after_five_and_area_manager_after_ten() -> None:
    def on(day: date) -> tuple[str, ...]:
        return rungs_reached(GENERIC, DUE, day, WHOLE_YEARS)

    assert on(date(2026, 12, 10)) == ("owner",)
    assert on(date(2026, 12, 15)) == ("owner",)
    assert on(date(2026, 12, 16)) == ("owner", "principal")
    assert on(date(2026, 12, 22)) == ("owner", "principal")
    assert on(date(2026, 12, 23)) == ("owner", "principal", "area_manager")


def rows(school: School, role: Role) -> list[QueueRow]:
    viewer = school.by(role)
    return [*own_flags(viewer), *climbed(viewer)]


def flagged(school: School, *keys: str) -> None:
    take_run(
        run_of([row(key) for key in keys or ("7B-14",)]),
        authority=school.town.authority,
        now=school.now,
    )


def test_an_unanswered_flag_climbs_from_the_owner_to_the_principal_to_the_area_manager(
    school: School,
) -> None:
    head = school.town.somebody(Role.HEAD_OF_SCHOOLS, "linnasa")
    school.posts[Role.HEAD_OF_SCHOOLS] = head
    flagged(school)
    assert rows(school, Role.MENTOR)[0].group == QueueGroup.NEW
    assert not rows(school, Role.PRINCIPAL)

    school.day = date(2026, 12, 10)
    own = rows(school, Role.MENTOR)[0]
    assert (own.group, own.when) == (QueueGroup.LATE, "1 skoldag sen")
    assert not rows(school, Role.PRINCIPAL)

    school.day = date(2026, 12, 16)
    seen = rows(school, Role.PRINCIPAL)
    assert [one.title for one in seen] == ["7B-14 Provsson · inget gjort än"]
    assert seen[0].when == "5 skoldagar sen"
    assert not rows(school, Role.AREA_MANAGER)

    school.day = date(2026, 12, 23)
    for role in (Role.AREA_MANAGER, Role.HEAD_OF_SCHOOLS):
        found = rows(school, role)
        assert [one.key for one in found] == [
            f"inbox:school:{school.town.units['almskolan'].public_id}"
        ]
        assert "7B-14" not in found[0].title + found[0].why
    assert rows(school, Role.PRINCIPAL)
    assert rows(school, Role.MENTOR)


def test_that_somebody_protected_waits_is_told_to_who_decides_of_the_list_alone(
    school: School,
) -> None:
    school.pupil.protection = Protection.MARKED
    school.pupil.save()
    open_case(
        school.pupil,
        because=OpenedBecause.STAFF,
        words="x",
        by=school.by(Role.MENTOR),
        at=school.now,
    )
    school.day = date(2027, 1, 20)
    deputy = school.town.somebody(Role.ASSISTANT_PRINCIPAL, "almskolan")
    school.posts[Role.ASSISTANT_PRINCIPAL] = deputy

    told = handling_of(school.by(Role.PRINCIPAL))
    assert told.unnamed == 1
    assert [(one.open, one.late) for one in told.stops] == [(1, 1)]
    principal = school.by(Role.PRINCIPAL)
    assert [one.key for one in (*queue(principal), *climbed(principal))] == ["cases.unseen"]
    for role in (Role.ASSISTANT_PRINCIPAL, Role.SCHOOL_COUNSELLOR):
        other = handling_of(school.by(role))
        assert (other.unnamed, list(other.stops), list(climbed(school.by(role)))) == (0, [], [])
        assert list(queue(school.by(role))) == []


def test_an_answer_ends_the_silence_for_everybody(school: School) -> None:
    flagged(school)
    school.day = date(2026, 12, 23)
    flag = Flag.objects.get()
    actions.decline(
        [flag],
        reason="Är tillbaka",
        versions=[flag.version],
        by=school.by(Role.PRINCIPAL),
        at=school.now,
    )

    assert not any(rows(school, role) for role in (Role.MENTOR, Role.PRINCIPAL, Role.AREA_MANAGER))


def test_a_late_step_climbs_as_a_flag_does(school: School) -> None:
    flagged(school)
    actions.accept(Flag.objects.get(), version=1, by=school.by(Role.MENTOR), at=school.now)
    assert not rows(school, Role.PRINCIPAL)

    school.day = date(2027, 2, 26)

    assert [one.title for one in rows(school, Role.PRINCIPAL)] == ["7B-14 Provsson · försenat"]
    page = handling_of(school.by(Role.PRINCIPAL))
    assert page.flags == []
    assert [one.late.owner for one in page.late] == [school.account(Role.MENTOR)]
    assert page.stops[0].late == 1
    assert sum(count for _, count in page.teachers) == 1


def test_who_works_with_student_health_sees_no_count_by_teacher(school: School) -> None:
    flagged(school)
    actions.accept(Flag.objects.get(), version=1, by=school.by(Role.MENTOR), at=school.now)

    assert handling_of(school.by(Role.SCHOOL_COUNSELLOR)).teachers == []


def test_many_at_once_are_all_seen_some_in_a_row_that_counts_them(school: School) -> None:
    keys = [f"7B-{number}" for number in range(20, 35)]
    for key in keys:
        enrolled(school.town, key, school="almskolan", group="almskolan/7B")
    flagged(school, *keys)
    assert [one.title for one in own_flags(school.by(Role.MENTOR))] == [
        "Klass almskolan/7B · 15 flaggor"
    ]
    school.day = date(2026, 12, 16)

    found = rows(school, Role.PRINCIPAL)

    assert len(found) == 11
    assert found[-1].title.startswith("5 elever till")
    assert len(handling_of(school.by(Role.PRINCIPAL)).flags) == 15


def test_the_page_above_the_school_counts_every_school_and_names_nobody(school: School) -> None:
    flagged(school)
    school.day = date(2026, 12, 23)

    counts = {one.name: one for one in counts_of(school.by(Role.AREA_MANAGER))}

    assert (counts["almskolan"].flags, counts["almskolan"].climbed) == (1, 1)
    assert counts["bjorkskolan"].flags == 0
