"""A program that asks for what was changed since has, after each time, what it would have by asking for all."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from tests.web.api.conftest import Filled, program
from tests.web.api.things import DAY
from tests.web.cases.conftest import documented
from tests.web.inbox.conftest import row, run_of

import narvaro.web
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.actions import Decided
from narvaro.web.cases.models import Case, Decision, Step, Task, TaskKind
from narvaro.web.inbox.actions import accept, decline, take_back
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.taking import take_run

LISTS = ("flags", "cases", "tasks")
STARTS = datetime(2030, 1, 1, tzinfo=UTC)


class History:
    """Almskolan, where something happens every hour, and a program that asks now and then."""

    def __init__(self, filled: Filled, seed: int) -> None:
        self.filled, self.school, self.chance = filled, filled.school, random.Random(seed)
        self.school.day = DAY
        self.clock, self.version = STARTS, 0
        self.had: dict[str, dict[str, Any]] = {name: {} for name in LISTS}
        self.since: dict[str, str] = {}
        self.asking = program(self.school.posts[Role.PRINCIPAL])

    def now(self) -> datetime:
        """The clock of the machine."""
        return self.clock

    def something(self) -> None:
        """One of the things that can happen; what is refused changes nothing."""
        self.clock += timedelta(hours=1)
        ways: list[Callable[[], object]] = [
            *(self.run, self.accepted, self.declined, self.taken_back, self.handed_over),
            *(self.taken, self.asked, self.answered, self.decided),
        ]
        try:
            with transaction.atomic():
                self.chance.choice(ways)()
        except (Refused, ChangedMeanwhile):
            pass

    def run(self) -> None:
        """A newer version of a run: the flag is there, is gone, or says something else."""
        self.version += 1
        rows = [row("7B-14", third=self.chance.random() < 0.3)] * self.chance.randint(0, 1)
        made = run_of(rows, version=self.version)
        take_run(made, authority=self.school.town.authority, now=self.school.now)

    def accepted(self) -> None:
        by = self.school.by(Role.MENTOR)
        for one in Flag.objects.unanswered()[:1]:
            accept(one, version=one.version, by=by, at=by.now)

    def declined(self) -> None:
        by = self.school.by(Role.MENTOR)
        for one in Flag.objects.unanswered()[:1]:
            decline([one], reason="Påhittat", versions=[one.version], by=by, at=by.now)

    def taken_back(self) -> None:
        by = self.school.by(Role.MENTOR)
        for one in Flag.objects.exclude(answered_with="")[:1]:
            take_back(one.answered_with, by=by, at=by.now)

    def handed_over(self) -> None:
        case, by = self.a(Case), self.school.by(Role.PRINCIPAL)
        to = self.school.account(self.chance.choice([Role.MENTOR, Role.SCHOOL_COUNSELLOR]))
        actions.hand_over(case, to, why="Påhittat", version=case.version, by=by, at=by.now)

    def taken(self) -> None:
        by = self.school.by(self.chance.choice([Role.PRINCIPAL, Role.SCHOOL_NURSE]))
        step = self.a(Step)
        actions.take_step(step, version=step.version, by=by, at=by.now)

    def asked(self) -> None:
        case = self.a(Case)
        actions.make_task(
            case.pupil,
            case.school,
            case=case,
            kind=TaskKind.WATCHED,
            about=str(self.clock),
            to=case.owner,
            at=self.school.now,
            on=DAY,
            due_on=DAY,
        )

    def answered(self) -> None:
        task, by = self.a(Task), self.school.by(Role.PRINCIPAL)
        actions.answer_task(task, "Påhittat", version=task.version, by=by, at=by.now)

    def decided(self) -> None:
        step, by = self.a(Step), self.school.by(Role.PRINCIPAL)
        documented(self.school, step, Role.PRINCIPAL)
        step.refresh_from_db()
        to = Decided(Decision.NEXT, "Påhittat", leads_to="student-health")
        actions.decide(step, to, version=step.version, by=by, at=by.now)

    def a(self, model: Any) -> Any:
        """One of them, any."""
        return self.chance.choice(list(model.objects.order_by("pk")))

    def ask(self) -> None:
        """Ask for what was changed, and hold what one has then against everything."""
        self.clock += timedelta(hours=1)
        for name in LISTS:
            asked = {"changed_since": self.since[name]} if name in self.since else {}
            new = self.answer(name, **asked)
            self.since[name] = new["as_of"]
            for one in new["items"]:
                assert one != self.had[name].get(one["id"]), "told, and not changed"
                self.had[name][one["id"]] = one
            every = {one["id"]: one for one in self.answer(name)["items"]}
            assert self.had[name] == every

    def answer(self, name: str, **asked: str) -> dict[str, Any]:
        answer = self.asking.get(f"/api/v1/{name}", {"limit": "200", **asked})
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        assert found["next"] is None
        return found


@pytest.mark.parametrize("seed", range(6))
def test_asking_for_what_was_changed_gives_in_the_end_what_asking_for_all_gives(
    filled: Filled, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(filled, seed)
    monkeypatch.setattr(timezone, "now", history.now)
    filled.school.more = {}
    for model in (Flag, Case, Step, Task):
        for one in model.objects.all():
            one.save()
    for _ in range(12):
        for _ in range(history.chance.randint(1, 4)):
            history.something()
        history.ask()


def test_what_is_written_while_one_reads_is_told_the_next_time(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = STARTS - timedelta(seconds=20)
    monkeypatch.setattr(timezone, "now", lambda: STARTS)
    said = filled.asked(Role.PRINCIPAL, "/api/v1/flags").json()
    monkeypatch.setattr(timezone, "now", lambda: begun)
    Flag.objects.get().save()  # noted before, seen after

    found = filled.items(Role.PRINCIPAL, "/api/v1/flags", changed_since=said["as_of"])
    assert len(found) == 1


def test_nothing_that_is_told_is_changed_past_the_note_of_it() -> None:
    """`update()` saves nothing: of flags, cases, steps and tasks it would be no change."""
    root = Path(narvaro.web.__file__).parent
    known = {"forms_of_step.py": 1}  # evidence
    found = {
        path.name: len(re.findall(r"\)\s*\.update\(|\bsteps\.update\(", path.read_text("utf-8")))
        for app in ("cases", "inbox")
        for path in (root / app).rglob("*.py")
        if "migrations" not in path.parts
    }
    assert {name: count for name, count in found.items() if count} == known
