"""Whatever people do, in whatever order: nobody is without an owner, nothing late is unseen."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.web.cases.conftest import School, documented, enrolled, peopled
from tests.web.cases.other_things import REFUSED, OtherThings
from tests.web.conftest import Town, small_town
from tests.web.inbox.conftest import row, run_of

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.actions import Decided
from narvaro.web.cases.models import (
    Case,
    CauseLevel,
    CauseWord,
    Decision,
    OpenedBecause,
    Step,
    Task,
)
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.rules import allowed
from narvaro.web.documents.actions import hash_of
from narvaro.web.documents.models import Document
from narvaro.web.inbox import actions as inbox
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.taking import take_run
from narvaro.web.meetings.models import Meeting

IS_LONG = os.environ.get("NARVARO_LONG") == "1"
WORKERS = st.sampled_from([Role.MENTOR, Role.PRINCIPAL, Role.SCHOOL_COUNSELLOR])
PUPILS = st.sampled_from(["7B-14", "7B-15"])
REASONS = st.sampled_from(["Ett skäl", "Ett annat", "Ett tredje", " "])
SAID_NO = (Refused, ChangedMeanwhile, *REFUSED)


class Work(OtherThings):
    """A school at work; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        town: Town = small_town()
        self.school: School = peopled(town)
        enrolled(town, "7B-15", school="almskolan", group="almskolan/7B")
        self.school.posts[Role.HEAD_OF_SCHOOLS] = town.somebody(Role.HEAD_OF_SCHOOLS, "linnasa")
        town.somebody(Role.PRINCIPAL, "bjorkskolan")
        self.month, self.version, self.signed, self.approved = 11, 1, {}, {}
        self.somebody_opens_a_case("7B-14", Role.MENTOR)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def _try(self, act: Any, *given: Any, **named: Any) -> None:
        try:
            with transaction.atomic():
                act(*given, at=self.school.now, **named)
        except SAID_NO:
            pass

    @rule(key=PUPILS, by=WORKERS)
    def somebody_opens_a_case(self, key: str, by: Role) -> None:
        self._try(
            actions.open_case,
            self._pupil(key),
            because=OpenedBecause.STAFF,
            by=self.school.by(by),
        )

    @rule(data=st.data(), by=WORKERS, reason=REASONS, shows=st.integers(0, 4))
    @precondition(lambda _self: Step.objects.filter(decided_at__isnull=True).exists())
    def somebody_decides_a_step(
        self, data: st.DataObject, by: Role, reason: str, shows: int
    ) -> None:
        step = data.draw(st.sampled_from(list(Step.objects.filter(decided_at__isnull=True))))
        known = step_of(programme_of(step.case), step.step)
        assert known is not None
        choices = allowed(programme_of(step.case), known)
        choice = data.draw(st.sampled_from(choices))
        if shows:
            documented(self.school, step)
        dated = choice.decision in (Decision.WATCH, Decision.CONTINUE)
        until = self.school.day + timedelta(days=data.draw(st.integers(0, 30)))
        decided = Decided(
            choice.decision,
            reason,
            leads_to=choice.leads_to,
            outcome=choice.outcome,
            watch_until=until if dated else None,
        )
        version = step.version - data.draw(st.sampled_from([0, 0, 0, 1]))
        self._try(actions.decide, step, decided, version=version, by=self.school.by(by))

    @rule(data=st.data(), to=WORKERS, why=REASONS)
    @precondition(lambda _self: Case.objects.still_open().exists())
    def a_case_is_handed_over(self, data: st.DataObject, to: Role, why: str) -> None:
        case = data.draw(st.sampled_from(list(Case.objects.still_open())))
        self._try(
            actions.hand_over,
            case,
            self.school.account(to),
            why=why,
            version=case.version,
            by=self.school.by(Role.PRINCIPAL),
        )

    @rule(data=st.data())
    @precondition(lambda _self: Case.objects.still_open().exists())
    def a_cause_is_noted(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(list(Case.objects.still_open())))
        word = data.draw(st.sampled_from(list(CauseWord)))
        self._try(
            actions.add_cause,
            case,
            level=CauseLevel.SCHOOL,
            word=word,
            by=self.school.by(Role.SCHOOL_COUNSELLOR),
        )

    @rule(data=st.data(), answer=REASONS)
    @precondition(lambda _self: Task.objects.filter(done_at__isnull=True).exists())
    def a_task_is_answered(self, data: st.DataObject, answer: str) -> None:
        task = data.draw(st.sampled_from(list(Task.objects.filter(done_at__isnull=True))))
        self._try(
            actions.answer_task,
            task,
            answer,
            version=task.version,
            by=self.school.by(Role.PRINCIPAL),
        )

    @rule(keys=st.sets(PUPILS), third=st.booleans(), again=st.booleans())
    def a_month_end_is_run(self, keys: set[str], third: bool, again: bool) -> None:
        self.version += 1
        self.month += not again
        month = f"{2026 + self.month // 12}-{self.month % 12 + 1:02}"
        run = run_of(
            [row(one, month=month, third=third) for one in sorted(keys)],
            month=month,
            version=self.version,
        )
        take_run(run, authority=self.school.town.authority, now=self.school.now)

    @rule(data=st.data(), by=WORKERS, is_case=st.booleans(), reason=REASONS)
    @precondition(lambda _self: Flag.objects.unanswered().exists())
    def somebody_answers_a_flag(
        self, data: st.DataObject, by: Role, is_case: bool, reason: str
    ) -> None:
        flag = data.draw(st.sampled_from(list(Flag.objects.unanswered())))
        if is_case:
            self._try(inbox.accept, flag, version=flag.version, by=self.school.by(by))
        else:
            self._try(
                inbox.decline,
                [flag],
                reason=reason,
                versions=[flag.version],
                by=self.school.by(by),
            )

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.school.day += timedelta(days=days)

    @invariant()
    def a_pupil_has_at_most_one_open_case(self) -> None:
        counted = Case.objects.still_open().values("pupil").annotate(count=Count("pk"))
        assert all(one["count"] == 1 for one in counted)

    @invariant()
    def an_open_case_waits_for_somebody(self) -> None:
        for case in Case.objects.still_open():
            waits = case.steps.filter(decided_at__isnull=True).exists()
            assert case.owner_id
            assert waits or case.tasks.filter(done_at__isnull=True).exists()

    @invariant()
    def every_decision_has_a_reason_and_a_person(self) -> None:
        for step in Step.objects.filter(decided_at__isnull=False):
            assert step.reason.strip()
            assert step.decided_by_id
        for flag in Flag.objects.filter(answered_at__isnull=False):
            assert flag.case_id or flag.reason.strip()
        for case in Case.objects.filter(~Q(closed_at=None)):
            assert case.closing_reason.strip()

    @invariant()
    def what_is_signed_or_approved_says_what_it_said(self) -> None:
        for pk, said in self.signed.items():
            document = Document.objects.get(pk=pk)
            assert document.content_hash == hash_of(document) == said
        for pk, told in self.approved.items():
            assert self._said(Meeting.objects.get(pk=pk)) == told

    @invariant()
    def a_forced_move_stands_until_it_is_answered(self) -> None:
        for task in Task.objects.filter(kind="forced_move", done_at__isnull=False):
            assert task.answer.strip()


def test_no_sequence_of_actions_breaks_what_is_promised(db: None) -> None:  # noqa: ARG001
    run_state_machine_as_test(
        Work,
        settings=settings(
            max_examples=400 if IS_LONG else 25,
            stateful_step_count=40 if IS_LONG else 20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
