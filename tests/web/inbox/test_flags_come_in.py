"""Flags come in once, for somebody by name; a newer version of a run withdraws and brings back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.web.cases.conftest import enrolled
from tests.web.inbox.conftest import School, row, run_of

from narvaro.timetable import Calendar
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.cases.actions import open_case
from narvaro.web.cases.models import Case, OpenedBecause, Task, TaskKind
from narvaro.web.cases.so_far import events_of
from narvaro.web.inbox import actions
from narvaro.web.inbox.for_cases import flags_for
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.taking import Taken, take_run
from narvaro.web.overview.inspector.timeline import happenings
from narvaro.web.pupils.models import Access, Protection


def taken(school: School, *rows: dict[str, Any], **how: Any) -> Taken:
    return take_run(run_of(rows, **how), authority=school.town.authority, now=school.now)


def test_a_flag_comes_in_once_for_the_mentor_with_a_last_day(school: School) -> None:
    first = taken(school, row("7B-14"))
    again = taken(school, row("7B-14"))

    flag = Flag.objects.get()
    assert (first.new, again) == (1, Taken())
    assert flag.owner == school.account(Role.MENTOR)
    assert str(flag.due_on) == "2026-12-09"  # five school days after 2 December
    assert flag.reason_sv == "Frånvarande 1 800 minuter."


def test_who_is_not_flagged_and_who_is_unknown_come_not_in(school: School) -> None:
    done = taken(school, row("7B-14", outcome="cannot_tell"), row("okänd"))

    assert (done.new, done.unknown) == (0, 1)
    assert not Flag.objects.exists()


def test_a_control_schools_flags_are_kept_and_never_asked_about(school: School) -> None:
    done = taken(school, row("7B-14", arm="control", third=True))

    assert (done.new, done.forced) == (1, 0)
    assert not Flag.objects.unanswered().exists()
    assert not Task.objects.exists()

    case = open_case(
        school.pupil,
        because=OpenedBecause.STAFF,
        words="x",
        by=school.by(Role.MENTOR),
        at=school.now,
    )
    assert not list(flags_for(case))
    days = happenings(case, school.day, Calendar())
    assert [one.on for one in days] == [school.day, school.day]


def test_a_newer_version_withdraws_and_a_still_newer_brings_back(school: School) -> None:
    taken(school, row("7B-14"))
    assert taken(school, row("7B-14", outcome="not_flagged"), version=2).withdrawn == 1
    assert Flag.objects.get().withdrawn_at is not None
    assert not Flag.objects.unanswered().exists()

    assert taken(school, row("7B-14"), version=3).back == 1
    assert Flag.objects.unanswered().count() == 1


def test_a_flag_withdrawn_from_a_case_asks_its_owner_and_the_case_stays(school: School) -> None:
    taken(school, row("7B-14"))
    flag = Flag.objects.get()
    case = actions.accept(flag, version=flag.version, by=school.by(Role.MENTOR), at=school.now)

    taken(school, version=2)

    case.refresh_from_db()
    assert case.is_open
    assert case.tasks.get().kind == TaskKind.FLAG_WITHDRAWN
    assert Flag.objects.get(case=case).withdrawn_at is not None


def test_a_flag_withdrawn_after_its_case_was_closed_changes_nothing_and_is_told_with_its_day(
    school: School,
) -> None:
    taken(school, row("7B-14"))
    flag, by = Flag.objects.get(), school.by(Role.MENTOR)
    case = actions.accept(flag, version=flag.version, by=by, at=school.now)
    closed = {"closed_at": school.now, "closed_on": school.day, "closed_by": by.account}
    Case.objects.filter(pk=case.pk).update(**closed, closing_reason="Är tillbaka")
    case.refresh_from_db()
    before = case.version

    school.day += timedelta(days=9)
    taken(school, version=2)

    case.refresh_from_db()
    assert (case.is_open, case.closing_reason, case.version) == (False, "Är tillbaka", before)
    assert not case.tasks.exists()
    told = [one for one in events_of(case, school.by(Role.MENTOR)) if "drogs tillbaka" in one.title]
    assert [one.on for one in told] == [school.day]


def test_the_third_flag_makes_one_task_at_student_health_whatever_was_decided(
    school: School,
) -> None:
    taken(school, row("7B-14"))
    flag = Flag.objects.get()
    actions.decline(
        [flag],
        reason="Är tillbaka",
        versions=[flag.version],
        by=school.by(Role.MENTOR),
        at=school.now,
    )

    assert taken(school, row("7B-14", month="2026-12", third=True), month="2026-12").forced == 1
    assert taken(school, row("7B-14", month="2027-01", third=True), month="2027-01").forced == 0

    task = Task.objects.get()
    assert task.to == school.account(Role.SCHOOL_COUNSELLOR)
    assert (task.kind, task.about) == (TaskKind.FORCED_MOVE, "third-flag 2026/27")


def test_a_protected_pupils_flag_goes_to_somebody_who_may_know(school: School) -> None:
    school.pupil.protection = Protection.MARKED
    school.pupil.save()
    Access.objects.create(
        pupil=school.pupil,
        account=school.account(Role.SCHOOL_COUNSELLOR),
        decided_by=school.account(Role.PRINCIPAL),
        from_on=school.day,
    )

    taken(school, row("7B-14"))

    assert Flag.objects.get().owner == school.account(Role.SCHOOL_COUNSELLOR)
    assert not Flag.objects.visible_to(school.by(Role.MENTOR), "pupils.pupil").exists()
    assert not Flag.objects.named_to(school.by(Role.SCHOOL_COUNSELLOR), "pupils.pupil").exists()


def test_accepting_opens_a_case_or_goes_into_the_open_one(school: School) -> None:
    taken(school, row("7B-14"))
    first = Flag.objects.get()
    case = actions.accept(first, version=first.version, by=school.by(Role.MENTOR), at=school.now)
    taken(school, row("7B-14", month="2026-12"), month="2026-12")
    second = Flag.objects.get(month="2026-12")

    again = actions.accept(second, version=second.version, by=school.by(Role.MENTOR), at=school.now)

    assert again == case
    assert Case.objects.count() == 1
    assert Flag.objects.filter(case=case).count() == 2


def test_many_are_answered_at_once_and_each_keeps_the_reason(school: School) -> None:
    enrolled(school.town, "7B-15", school="almskolan", group="almskolan/7B")
    taken(school, row("7B-14"), row("7B-15"))
    flags = list(Flag.objects.all())

    together = actions.decline(
        flags,
        reason="Klassen var på skolresa",
        versions=[one.version for one in flags],
        by=school.by(Role.MENTOR),
        at=school.now,
    )
    assert {one.reason for one in Flag.objects.all()} == {"Klassen var på skolresa"}

    assert actions.take_back(together, by=school.by(Role.MENTOR), at=school.now) == 2
    assert Flag.objects.unanswered().count() == 2


def test_answers_are_taken_back_by_the_same_person_only(school: School) -> None:
    taken(school, row("7B-14"))
    flag = Flag.objects.get()
    together = actions.decline(
        [flag], reason="Nej", versions=[flag.version], by=school.by(Role.MENTOR), at=school.now
    )

    assert actions.take_back(together, by=school.by(Role.PRINCIPAL), at=school.now) == 0
    assert actions.take_back("", by=school.by(Role.MENTOR), at=school.now) == 0


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_case_needs_a_reason(school: School, reason: str) -> None:
    taken(school, row("7B-14"))
    flag = Flag.objects.get()

    with pytest.raises(Refused, match="varför"):
        actions.decline(
            [flag],
            reason=reason,
            versions=[flag.version],
            by=school.by(Role.MENTOR),
            at=school.now,
        )


def test_of_two_who_answer_at_once_the_second_is_told(school: School) -> None:
    taken(school, row("7B-14"))
    shown = Flag.objects.get()
    actions.accept(shown, version=shown.version, by=school.by(Role.MENTOR), at=school.now)

    with pytest.raises(ChangedMeanwhile):
        actions.decline(
            [shown], reason="Nej", versions=[1], by=school.by(Role.PRINCIPAL), at=school.now
        )
    assert Flag.objects.get().case is not None


def test_what_was_flagged_before_the_inbox_was_in_use_is_dated_when_it_was_known(
    school: School,
) -> None:
    run = run_of([row("7B-14", month="2026-09")], month="2026-09")

    take_run(run, authority=school.town.authority, now=school.now, is_history=True)

    flag = Flag.objects.get()
    assert str(flag.taken_on) == "2026-09-28"
    assert not Flag.objects.unanswered().exists()
