"""What else happens at a school: people come and go, pupils move, become protected, meet, write."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from tests.web.cases.conftest import School
from tests.web.cases.seen import unseen
from tests.web.documents.conftest import TALK
from tests.web.inbox.conftest import row, run_of

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.models import Case, Step, Task
from narvaro.web.cases.people import candidates
from narvaro.web.cases.tasks_answered import take_up
from narvaro.web.documents import actions as documents
from narvaro.web.documents.actions import AlreadySigned, AnswersRefused, hash_of
from narvaro.web.documents.models import Document
from narvaro.web.inbox import actions as inbox
from narvaro.web.inbox.keeping import Kept, keep
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.taking import take_run
from narvaro.web.meetings import actions as meetings
from narvaro.web.meetings.actions.deciding import Decided as DecidedTogether
from narvaro.web.meetings.actions.deciding import Thought
from narvaro.web.meetings.actions.planning import Plan
from narvaro.web.meetings.models import Kind, Meeting, Minutes, Series
from narvaro.web.meetings.registry import NotTaken
from narvaro.web.pupils.models import Access, Enrolment, Protection, Pupil

PUPILS = st.sampled_from(["7B-14", "7B-15"])
PLACES = {
    Role.MENTOR: ("almskolan/7B", "bjorkskolan/7A"),
    Role.PRINCIPAL: ("almskolan", "bjorkskolan"),
    Role.SCHOOL_COUNSELLOR: ("almskolan", "bjorkskolan"),
}
STAFF = st.sampled_from(sorted(PLACES))
REFUSED = (AlreadySigned, AnswersRefused, NotTaken)


class OtherThings(RuleBasedStateMachine):
    """Rules about people, pupils, documents and meetings; what is refused changes nothing."""

    school: School
    month: int
    signed: dict[int, str]
    approved: dict[int, str]
    version: int

    def _try(self, act: Any, *given: Any, **named: Any) -> None:
        raise NotImplementedError

    def _pupil(self, key: str) -> Pupil:
        return Pupil.objects.get(key=key)

    @rule(role=STAFF)
    def somebody_leaves(self, role: Role) -> None:
        yesterday = self.school.day - timedelta(days=1)
        Assignment.objects.filter(pk=self.school.posts[role].pk).update(to_on=yesterday)

    @rule(role=STAFF)
    def an_account_is_closed(self, role: Role) -> None:
        Account.objects.filter(pk=self.school.account(role).pk).update(is_active=False)

    @rule(role=STAFF, is_here=st.booleans())
    def somebody_new_comes(self, role: Role, is_here: bool) -> None:
        post = self.school.town.somebody(role, PLACES[role][not is_here])
        if is_here:
            self.school.posts[role] = post

    @rule(key=PUPILS, is_there=st.booleans())
    def a_pupil_changes_school(self, key: str, is_there: bool) -> None:
        pupil, day = self._pupil(key), self.school.day
        school, group = (
            ("bjorkskolan", "bjorkskolan/7A") if is_there else ("almskolan", "almskolan/7B")
        )
        Enrolment.objects.filter(pupil=pupil, from_on=day).delete()
        Enrolment.objects.filter(pupil=pupil, to_on=None).update(to_on=day - timedelta(days=1))
        pupil.enrolments.create(school_key=school, class_key=group, grade="7", from_on=day)

    @rule(key=PUPILS, marking=st.sampled_from([Protection.MARKED, Protection.NONE]))
    def a_pupils_protection_changes(self, key: str, marking: Protection) -> None:
        Pupil.objects.filter(key=key).update(protection=marking)

    @rule(key=PUPILS, role=STAFF)
    def somebody_may_see_a_protected_pupil(self, key: str, role: Role) -> None:
        Access.objects.create(
            pupil=self._pupil(key),
            account=self.school.account(role),
            decided_by=self.school.account(Role.PRINCIPAL),
            from_on=self.school.day,
        )

    @rule(key=PUPILS)
    def nobody_may_see_a_protected_pupil_any_more(self, key: str) -> None:
        day = self.school.day
        Access.objects.filter(pupil__key=key, from_on=day).delete()
        Access.objects.filter(pupil__key=key).update(to_on=day - timedelta(days=1))

    @rule(key=PUPILS)
    def a_flag_is_withdrawn(self, key: str) -> None:
        flags = Flag.objects.exclude(pupil__key=key).filter(withdrawn_at=None)
        for month in set(Flag.objects.filter(pupil__key=key).values_list("month", flat=True)):
            self.version += 1
            left = [row(one.pupil.key, month=month) for one in flags.filter(month=month)]
            run = run_of(left, month=month, version=self.version)
            take_run(run, authority=self.school.town.authority, now=self.school.now)

    @rule()
    def an_answer_is_taken_back(self) -> None:
        for flag in Flag.objects.exclude(answered_with=""):
            post = self._post_of(flag.answered_by)
            if post is not None:
                by = self.school.as_somebody(post)
                inbox.take_back(flag.answered_with, by=by, at=self.school.now)

    def _post_of(self, account: Account | None) -> Assignment | None:
        return next((one for one in self.school.posts.values() if one.account == account), None)

    @rule(data=st.data())
    @precondition(lambda _self: Step.objects.filter(decided_at__isnull=True).exists())
    def somebody_takes_over_or_hands_back(self, data: st.DataObject) -> None:
        step = data.draw(st.sampled_from(list(Step.objects.filter(decided_at__isnull=True))))
        post = self._post_of(step.owner)
        people = candidates(step.case.school, self.school.day)
        if post is not None and post.role == Role.AREA_MANAGER and people:
            by = self.school.as_somebody(post)
            to = data.draw(st.sampled_from(people))
            self._try(actions.hand_back, step, "Gör så", to=to, version=step.version, by=by)
        else:
            by = self.school.by(Role.PRINCIPAL)
            self._try(actions.take_step, step, version=step.version, by=by)

    @rule(data=st.data())
    @precondition(lambda _self: Task.objects.filter(kind="forced_move", done_at=None).exists())
    def a_forced_move_is_taken_up(self, data: st.DataObject) -> None:
        waiting = Task.objects.filter(kind="forced_move", done_at=None)
        task = data.draw(st.sampled_from(list(waiting)))
        by = self.school.by(Role.SCHOOL_COUNSELLOR)
        self._try(take_up, task, "Nu", version=task.version, by=by)

    @rule(data=st.data())
    @precondition(lambda _self: Case.objects.exclude(closed_at=None).exists())
    def a_closed_case_is_opened_again(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(list(Case.objects.exclude(closed_at=None))))
        by = self.school.by(Role.PRINCIPAL)
        self._try(actions.reopen, case, why="Igen", version=case.version, by=by)

    @rule(key=PUPILS, word=st.sampled_from(["Ett", "Två"]), is_signed=st.booleans())
    def a_document_is_written(self, key: str, word: str, is_signed: bool) -> None:
        self._try(self._written, key=key, word=word, is_signed=is_signed)

    def _written(self, *, key: str, word: str, is_signed: bool, at: Any) -> None:
        by = self.school.by(Role.MENTOR)
        unit = self.school.town.units["almskolan"]
        made = documents.start(
            "teacher-documentation", pupil=self._pupil(key), unit=unit, by=by, at=at
        )
        answers = TALK | {"tried": word}
        kept = documents.save(made, answers=answers, opened_version=made.version, by=by, at=at)
        if is_signed:
            done = documents.sign(kept, opened_version=kept.version, by=by, at=at)
            self.signed[done.pk] = hash_of(done)

    @rule(data=st.data())
    @precondition(lambda _self: Document.objects.exclude(signed_at=None).exists())
    def somebody_tries_to_change_what_is_signed(self, data: st.DataObject) -> None:
        done = data.draw(st.sampled_from(list(Document.objects.exclude(signed_at=None))))
        by = self.school.by(Role.MENTOR)
        named = {"opened_version": done.version, "by": by}
        self._try(documents.save, done, answers=TALK | {"tried": "Nytt"}, **named)
        self._try(documents.sign, done, **named)

    @rule(data=st.data(), is_approved=st.booleans())
    def student_health_meets(self, data: st.DataObject, is_approved: bool) -> None:
        self._try(self._met, data=data, is_approved=is_approved)

    def _met(self, *, data: st.DataObject, is_approved: bool, at: Any) -> None:
        by = self.school.by(Role.PRINCIPAL)
        meeting = meetings.plan_meeting(
            series=self._series(), plan=Plan(at, 60, "118", by.account), by=by, at=at
        )
        for item in meeting.items.exclude(pupil=None):
            thought = Thought("Följer", "", "Bild")
            meetings.analyse(item=item, thought=thought, version=0, by=by, at=at)
            choice = data.draw(st.sampled_from(item.choices)) if item.choices else None
            if choice is not None:
                decided = DecidedTogether(choice["word"], choice["label"], "Skäl", by.account)
                with contextlib.suppress(NotTaken):
                    meetings.decide(item=item, decided=decided, by=by, at=at)
        meeting.refresh_from_db()
        there = dict.fromkeys(meeting.invited.values_list("pk", flat=True), True)
        meetings.note_present(meeting=meeting, people=there, without_account={}, by=by, at=at)
        meeting.refresh_from_db()
        meetings.hold(meeting=meeting, version=meeting.version, by=by, at=at)
        if is_approved:
            minutes = Minutes.objects.get(meeting=meeting)
            meetings.approve(meeting=meeting, version=minutes.version, by=by, at=at)
            self.approved[meeting.pk] = self._said(meeting)

    def _series(self) -> Series:
        found, _ = Series.objects.get_or_create(
            school=self.school.town.units["almskolan"],
            kind=Kind.STUDENT_HEALTH,
            name="Elevhälsomöte",
            defaults={"chair": self.school.account(Role.PRINCIPAL), "professions": []},
        )
        return found

    def _said(self, meeting: Meeting) -> str:
        items = meeting.items.order_by("pk").values_list("title", "decision__reason")
        return repr([*items, Minutes.objects.get(meeting=meeting).general])

    @rule()
    def a_night_passes(self) -> None:
        """After it nothing open is without somebody who is there and sees it."""
        self.school.day += timedelta(days=1)
        keep(self.school.now)
        assert unseen(self.school) == []
        assert keep(self.school.now) == Kept()
