"""Every race of two over cases, flags, minutes and documents, in an installation of one's own.

Run as a program: the number of rounds; prints what became of each race as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import django

django.setup()

from tests.support.at_once import at_once  # noqa: E402
from tests.web.cases.conftest import School, documented, enrolled, peopled  # noqa: E402
from tests.web.conftest import small_town  # noqa: E402
from tests.web.documents.conftest import TALK  # noqa: E402
from tests.web.inbox.conftest import row, run_of  # noqa: E402

from narvaro.web.accounts.changed import Refused  # noqa: E402
from narvaro.web.accounts.roles import Role  # noqa: E402
from narvaro.web.accounts.viewer import Viewer  # noqa: E402
from narvaro.web.audit.models import Entry  # noqa: E402
from narvaro.web.cases import actions as cases  # noqa: E402
from narvaro.web.cases.actions import Decided  # noqa: E402
from narvaro.web.cases.deciding_form import ways_of  # noqa: E402
from narvaro.web.cases.held import held_by  # noqa: E402
from narvaro.web.cases.models import Case, Decision, OpenedBecause, Step, TaskKind  # noqa: E402
from narvaro.web.cases.routines import programme_of, step_of  # noqa: E402
from narvaro.web.documents import actions as documents  # noqa: E402
from narvaro.web.documents.models import Document  # noqa: E402
from narvaro.web.inbox import actions as inbox  # noqa: E402
from narvaro.web.inbox.models import Flag  # noqa: E402
from narvaro.web.inbox.taking import take_run  # noqa: E402
from narvaro.web.meetings import actions as meetings  # noqa: E402
from narvaro.web.meetings.actions.deciding import Decided as MeetingDecided  # noqa: E402
from narvaro.web.meetings.actions.planning import Plan  # noqa: E402
from narvaro.web.meetings.models import AgendaItem, Kind, Meeting, Minutes, Series  # noqa: E402

WHY = "Provskäl."
Race = Callable[["Round"], list[str]]


class Round:
    """A pupil of one's own at Almskolan, and who works there."""

    def __init__(self, school: School, number: int) -> None:
        town = school.town
        pupil = enrolled(town, f"7B-{number}", school="almskolan", group="almskolan/7B")
        self.school, self.number = replace(school, pupil=pupil), number
        self.mentor, self.principal = school.by(Role.MENTOR), school.by(Role.PRINCIPAL)
        self.counsellor, self.nurse = Role.SCHOOL_COUNSELLOR, Role.SCHOOL_NURSE
        self.now = school.now

    def case(self) -> Case:
        return cases.open_case(
            self.school.pupil, because=OpenedBecause.FLAG, by=self.mentor, at=self.now
        )

    def ready(self, case: Case) -> Step:
        """The open step of a case, with all that it rests on."""
        step = case.steps.get(decided_at=None)
        documented(self.school, step)
        return step

    def decide(self, step: Step, how: Decided, *, by: Viewer | None = None) -> Callable[[], Any]:
        given = Step.objects.get(pk=step.pk)
        act = partial(cases.decide, given, how, version=given.version)
        return partial(act, by=by or self.mentor, at=self.now)

    def flag(self, *months: str) -> list[Flag]:
        """Flags that wait, one for each month end."""
        for number, month in enumerate(months):
            taken = run_of([row(self.school.pupil.key, month=month)], month=month)
            version = self.number * 10 + number + 1
            authority = self.school.town.authority
            take_run(replace(taken, version=version), authority=authority, now=self.now)
        return list(Flag.objects.filter(pupil=self.school.pupil).order_by("month"))

    def accept(self, flag: Flag, by: Viewer, *, version: int = 0) -> Callable[[], Any]:
        given = version or flag.version
        return partial(inbox.accept, flag, version=given, by=by, at=self.now)

    def decline(self, flag: Flag, by: Viewer) -> Callable[[], Any]:
        act = partial(inbox.decline, [flag], reason=WHY, versions=[flag.version])
        return partial(act, by=by, at=self.now)

    def hand_over(self, case: Case, role: Role) -> Callable[[], Any]:
        to, version = self.school.account(role), Case.objects.get(pk=case.pk).version
        act = partial(cases.hand_over, case, to, why=WHY, version=version)
        return partial(act, by=self.mentor, at=self.now)

    def meeting(self, *, days: int = 0) -> Meeting:
        series = Series.objects.create(
            school=self.school.town.units["almskolan"],
            kind=Kind.STUDENT_HEALTH,
            name=f"Möte {self.number}",
            place="rum 118",
            chair=self.school.account(Role.PRINCIPAL),
            professions=[str(Role.PRINCIPAL)],
        )
        starts = self.now - timedelta(hours=2) + timedelta(days=days)
        plan = Plan(starts, 60, "rum 118", series.chair)
        return meetings.plan_meeting(series=series, plan=plan, by=self.principal, at=self.now)

    def draft(self) -> Document:
        made = documents.start(
            "teacher-documentation",
            pupil=self.school.pupil,
            unit=self.school.town.units["almskolan"],
            by=self.mentor,
            at=self.now,
        )
        return documents.save(made, answers=TALK, opened_version=1, by=self.mentor, at=self.now)

    def sign(self, draft: Document) -> Callable[[], Any]:
        version = Document.objects.get(pk=draft.pk).version
        act = partial(documents.sign, draft, opened_version=version)
        return partial(act, by=self.mentor, at=self.now)


def followed(this: Round) -> Decided:
    return Decided(Decision.WATCH, WHY, watch_until=this.school.day + timedelta(days=14))


def the_same_step(this: Round) -> list[str]:
    step = this.ready(this.case())
    closed = Decided(Decision.CLOSE, WHY)
    return at_once(this.decide(step, closed), this.decide(step, followed(this)))


def a_step_and_its_case(this: Round) -> list[str]:
    case = this.case()
    step = this.ready(case)
    return at_once(this.decide(step, followed(this)), this.hand_over(case, this.counsellor))


def a_step_and_the_log_of_a_signing(this: Round) -> list[str]:
    step = this.ready(this.case())
    return at_once(this.decide(step, followed(this)), this.sign(this.draft()))


def the_same_task(this: Round) -> list[str]:
    case = this.case()
    task = cases.make_task(
        case.pupil, case.school, case=case, kind=TaskKind.WATCHED, to=case.owner,
        by=this.mentor, at=this.now,
    )  # fmt: skip
    act = partial(cases.answer_task, task, WHY, version=task.version, at=this.now)
    return at_once(partial(act, by=this.mentor), partial(act, by=this.principal))


def the_same_flag(this: Round) -> list[str]:
    (flag,) = this.flag("2026-11")
    return at_once(this.accept(flag, this.mentor), this.accept(flag, this.principal))


def a_flag_attached_and_declined(this: Round) -> list[str]:
    (flag,) = this.flag("2026-11")
    return at_once(this.accept(flag, this.mentor), this.decline(flag, this.principal))


def two_flags_of_a_pupil(this: Round) -> list[str]:
    first, second = this.flag("2026-10", "2026-11")
    found = at_once(this.accept(first, this.mentor), this.accept(second, this.principal))
    return ["won", *{one for one in found if one not in ("won", "Refused")}]


def a_flag_and_the_end_of_its_case(this: Round) -> list[str]:
    step = this.ready(this.case())
    (flag,) = this.flag("2026-11")
    found = at_once(
        this.decide(step, Decided(Decision.CLOSE, WHY)), this.accept(flag, this.principal)
    )
    answered = Flag.objects.get(pk=flag.pk)
    case = answered.case
    lost = case is not None and not case.is_open and _after(case, answered)
    return [*found, *(["the flag lies in a closed case"] if lost else [])]


def _after(case: Case, flag: Flag) -> bool:
    """The log tells the order: the flag was answered after the case was closed."""
    about = Entry.objects.order_by("number")
    closed = [one.number for one in about.filter(action="cases.close") if _is_of(one, case)]
    accepted = [one.number for one in about.filter(action="inbox.accept") if _is_of(one, flag)]
    return bool(closed and accepted) and accepted[-1] > closed[-1]


def _is_of(entry: Entry, thing: Case | Flag) -> bool:
    return any(one.endswith(f":{thing.public_id}") for one in entry.subjects)


def an_undoing_and_a_decision(this: Round) -> list[str]:
    (flag,) = this.flag("2026-11")
    together = this.decline(flag, this.mentor)()
    undo = partial(_undone, together, by=this.mentor, at=this.now)
    return at_once(undo, this.accept(flag, this.principal, version=flag.version + 1))


def two_undoings(this: Round) -> list[str]:
    (flag,) = this.flag("2026-11")
    undo = partial(_undone, this.decline(flag, this.mentor)(), by=this.mentor, at=this.now)
    return at_once(undo, undo)


def _undone(together: str, **who: Any) -> None:
    if not inbox.take_back(together, **who):
        raise Refused("nothing to take back")  # the page says that nothing was


def the_same_case_to_two(this: Round) -> list[str]:
    case = this.case()
    return at_once(this.hand_over(case, this.counsellor), this.hand_over(case, this.nurse))


def the_same_minutes(this: Round) -> list[str]:
    meeting = this.meeting()
    people = {one.pk: True for one in meeting.invited.all()}
    who: Any = {"by": this.principal, "at": this.now}
    meetings.note_present(meeting=meeting, people=people, without_account={}, **who)
    meetings.hold(meeting=meeting, version=Meeting.objects.get(pk=meeting.pk).version, **who)
    version = Minutes.objects.get(meeting=meeting).version
    approve = partial(meetings.approve, meeting=meeting, version=version, **who)
    write = partial(meetings.write_minutes, meeting=meeting, general="Nytt", version=version, **who)
    return [*at_once(approve, approve)] if this.number % 2 else [*at_once(approve, write)]


def the_same_document(this: Round) -> list[str]:
    draft = this.draft()
    return at_once(this.sign(draft), this.sign(draft))


def two_documents_of_a_school(this: Round) -> list[str]:
    return at_once(this.sign(this.draft()), this.sign(this.draft()))


def a_step_at_a_meeting_and_on_its_page(this: Round) -> list[str]:
    step = this.ready(this.case())
    meeting = this.meeting(days=1)
    item = AgendaItem.objects.create(
        meeting=meeting, number=1, pupil=this.school.pupil, added_by=this.principal.account,
        source_key=f"step:{step.public_id}", title="", minutes=10,
    )  # fmt: skip
    owner = this.school.account(Role.PRINCIPAL)
    word = next(iter(_words(step, this.mentor)))
    said = MeetingDecided(word, "Beslut", WHY, owner)
    decide = partial(meetings.decide, item=item, decided=said, by=this.mentor, at=this.now)
    return at_once(decide, this.decide(step, followed(this)))


def _words(step: Step, by: Viewer) -> Iterator[str]:
    programme = programme_of(step.case)
    known = step_of(programme, step.step)
    assert known is not None
    ways = ways_of(step, programme, known, by)
    yield from (one.value for one in ways if one.choice.decision == Decision.WATCH)


def all_that_one_has_and_a_step(this: Round) -> list[str]:
    """Who leaves hands over everything; somebody decides in one of the cases."""
    case = this.case()
    step = this.ready(case)
    mentor, to = this.school.account(Role.MENTOR), this.school.account(Role.SCHOOL_COUNSELLOR)
    goes = {one.public_id: to for one in held_by(mentor, this.principal)}
    act = partial(cases.hand_over_all, mentor, goes, why=WHY, by=this.principal, at=this.now)
    found = at_once(act, this.decide(step, Decided(Decision.CLOSE, WHY)))
    kept = Step.objects.get(pk=step.pk)
    lost = kept.is_open and not Case.objects.get(pk=case.pk).is_open
    return [*found, *(["a decision was written over"] if lost else [])]


ONE_WINS: tuple[Race, ...] = (
    the_same_step,
    a_step_and_its_case,
    the_same_task,
    the_same_flag,
    a_flag_attached_and_declined,
    two_undoings,
    the_same_case_to_two,
    the_same_minutes,
    the_same_document,
    a_step_at_a_meeting_and_on_its_page,
    all_that_one_has_and_a_step,
)
NOBODY_WAITS: tuple[Race, ...] = (
    a_step_and_the_log_of_a_signing,
    two_flags_of_a_pupil,
    a_flag_and_the_end_of_its_case,
    an_undoing_and_a_decision,
    two_documents_of_a_school,
)
"""Both may win, the one after the other; nobody meets a fault."""


def main(rounds: int) -> None:
    school = peopled(small_town())
    number = 100
    found: dict[str, list[list[str]]] = {}
    for race in (*NOBODY_WAITS, *ONE_WINS):
        for _again in range(rounds):
            number += 1
            found.setdefault(race.__name__, []).append(race(Round(school, number)))
    open_cases = Case.objects.still_open().values_list("pupil", flat=True)
    found["two open cases"] = [[str(len(open_cases) - len(set(open_cases)))]]
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
