"""A flag, a case with a step, a task, a key: each with words in it that must never be told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from narvaro.web.accounts.models import Account, Assignment, Unit
from narvaro.web.api.models import Key
from narvaro.web.api.secrets_of_keys import digest_of, new_secret
from narvaro.web.cases.models import Case, OpenedBecause, Step, Task, TaskKind
from narvaro.web.cases.routines import routine_in_force
from narvaro.web.inbox.models import Flag
from narvaro.web.pupils.models import Pupil

NOON = datetime(2026, 1, 7, 11, tzinfo=UTC)
DAY = date(2026, 1, 7)
WORDS = "Hemligt ord"


def key_of(mine: Assignment, **more: object) -> tuple[Key, str]:
    """A new key that acts in an assignment, and its secret."""
    secret, today = new_secret(), datetime.now(UTC).date()
    given = {
        "account": mine.account,
        "assignment": mine,
        "name": secret[-40:],
        "digest": digest_of(secret),
        "made_at": datetime.now(UTC),
        "made_on": today,
        "expires_on": today + timedelta(days=1),
    }
    return Key.objects.create(**{**given, **more}), secret


def case_of(pupil: Pupil, school: Unit, owner: Account) -> Case:
    """An open case with its first step."""
    routine = routine_in_force(DAY, at=NOON)
    case = Case.objects.create(
        pupil=pupil,
        authority=pupil.authority,
        school=school,
        owner=owner,
        routine=routine,
        opened_at=NOON,
        opened_on=DAY,
        opened_by=owner,
        opened_because=OpenedBecause.STAFF,
        opening_words=WORDS,
    )
    Step.objects.create(
        case=case, step="conversation", owner=owner, began_at=NOON, began_on=DAY, due_on=DAY
    )
    return case


def task_of(case: Case) -> Task:
    """A task in a case."""
    return Task.objects.create(
        pupil=case.pupil,
        school=case.school,
        case=case,
        kind=TaskKind.NO_SHOW,
        about=WORDS,
        to=case.owner,
        made_at=NOON,
        made_on=DAY,
    )


def flag_of(pupil: Pupil, school: Unit, owner: Account, *, month: str = "2025-12") -> Flag:
    """An unanswered flag."""
    return Flag.objects.create(
        authority=pupil.authority,
        pupil=pupil,
        school=school,
        class_key="almskolan/7B",
        programme="provbygd",
        rule="three-months",
        month=month,
        certainty="certain",
        reason_sv=WORDS,
        reason_en=WORDS,
        owner=owner,
        run="r",
        run_version=1,
        taken_at=NOON,
        taken_on=DAY,
    )
