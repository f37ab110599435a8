"""Last days stand in one's own calendar and in reminders, and follow what happens in the case."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar
from tests.web.cases.conftest import School, documented

from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.actions import Decided
from narvaro.web.cases.deadlines import events, is_quiet, reminders
from narvaro.web.cases.models import Case, Decision, OpenedBecause, TaskKind
from narvaro.web.messages.calendars import Event, subscription
from narvaro.web.messages.registry import is_first_day_of_week

WHY = "Vi är överens."


def opened(school: School) -> Case:
    return actions.open_case(
        school.pupil, because=OpenedBecause.FLAG, by=school.by(Role.MENTOR), at=school.now
    )


def seen(school: School, role: Role = Role.MENTOR) -> list[Event]:
    return list(events(school.by(role)))


def decided(school: School, case: Case, decision: Decision) -> None:
    step = case.steps.get(decided_at__isnull=True)
    documented(school, step)
    step.refresh_from_db()
    what = Decided(decision, WHY)
    actions.decide(step, what, version=step.version, by=school.by(Role.MENTOR), at=school.now)


def gone_on_until(school: School, case: Case, day: date) -> None:
    """The step is ended and stands again with a later day, as a follow-up that goes on."""
    old = case.steps.get(decided_at__isnull=True)
    old.decision, old.reason, old.watch_until = Decision.CONTINUE, WHY, day
    old.decided_at, old.decided_on, old.decided_by = school.now, school.day, old.owner
    old.version += 1
    old.save()
    case.steps.create(
        step=old.step, owner=old.owner, began_at=school.now, began_on=school.day, due_on=day
    )


def test_a_step_stands_in_its_owners_calendar_on_its_last_day_without_a_name(
    school: School,
) -> None:
    step = opened(school).steps.get()
    (one,) = seen(school)

    text = subscription([one], name="Närvaro")

    assert one.on == step.due_on
    assert seen(school, Role.PRINCIPAL) == []
    for name in ("7B-14", "Provsson", "almskolan", "conversation"):
        assert name not in text.replace(one.key, "")
    (read,) = Calendar.from_ical(text).walk("VEVENT")
    assert read.decoded("DTSTART") == step.due_on


def test_a_later_day_moves_the_same_entry(school: School) -> None:
    case = opened(school)
    (before,) = seen(school)

    gone_on_until(school, case, school.day + timedelta(days=30))
    (after,) = seen(school)

    assert after.key == before.key
    assert after.on == school.day + timedelta(days=30)
    assert after.sequence > before.sequence
    assert not after.is_cancelled


def test_a_case_that_is_closed_takes_its_entry_away(school: School) -> None:
    case = opened(school)
    (before,) = seen(school)

    decided(school, case, Decision.CLOSE)
    (after,) = seen(school)

    assert (after.key, after.is_cancelled) == (before.key, True)
    assert after.sequence > before.sequence
    school.day += timedelta(days=120)
    assert seen(school) == []


def test_a_question_stands_until_it_is_answered(school: School) -> None:
    case = opened(school)
    actions.make_task(
        case.pupil,
        case.school,
        kind=TaskKind.NO_SHOW,
        to=school.account(Role.PRINCIPAL),
        case=case,
        due_on=school.day,
        by=school.by(Role.MENTOR),
        at=school.now,
    )

    (before,) = seen(school, Role.PRINCIPAL)
    task = case.tasks.get()
    actions.answer_task(
        task, "Vi ringde.", version=task.version, by=school.by(Role.PRINCIPAL), at=school.now
    )
    (after,) = seen(school, Role.PRINCIPAL)

    assert (before.is_cancelled, after.is_cancelled) == (False, True)
    assert after.sequence > before.sequence


def test_a_reminder_counts_what_is_due_today_or_the_next_school_day(school: School) -> None:
    step = opened(school).steps.get()
    assert step.due_on is not None
    assert list(reminders(school.by(Role.MENTOR))) == []

    school.day = step.due_on
    (line,) = reminders(school.by(Role.MENTOR))
    school.day = step.due_on + timedelta(days=1)

    assert line.text == "1 steg har sista dag i dag eller nästa skoldag"
    assert list(reminders(school.by(Role.MENTOR))) == []


def test_monday_is_the_next_school_day_of_friday(school: School) -> None:
    case = opened(school)
    case.steps.update(due_on=date(2026, 12, 14))
    school.day = date(2026, 12, 11)

    assert len(list(reminders(school.by(Role.MENTOR)))) == 1


def test_nobody_is_reminded_on_a_saturday_and_the_week_begins_once(school: School) -> None:
    viewer = school.by(Role.MENTOR)
    monday = date(2026, 12, 7)
    days = [monday + timedelta(days=n) for n in range(7)]

    assert [is_quiet(viewer, day) for day in days] == [False] * 5 + [True] * 2
    assert [day for day in days if is_first_day_of_week([viewer], day)] == [monday]
