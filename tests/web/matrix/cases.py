"""Cases: the list, the page, decisions, what is written down, who answers."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.urls import reverse
from tests.web.matrix_town import CLASS, SCHOOL, Addresses, Call, MatrixTown

from narvaro.programmes import load_text, text_of
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.restriction import Restriction
from narvaro.web.accounts.roles import Role
from narvaro.web.cases.models import (
    Case,
    Cause,
    CauseLevel,
    CauseWord,
    Note,
    OpenedBecause,
    Routine,
    Step,
    Task,
    TaskKind,
)
from narvaro.web.cases.routines import OWN
from narvaro.web.pupils.models import Pupil

NOON, DAY = datetime(2026, 1, 7, 11, tzinfo=UTC), date(2026, 1, 7)


def routine() -> Routine:
    """The recommended routine, as it stands."""
    text = text_of(OWN)
    programme = load_text(text)
    made, _ = Routine.objects.get_or_create(
        digest=programme.fingerprint,
        defaults={
            "programme": programme.id,
            "version": programme.version,
            "text": text,
            "kept_at": NOON,
        },
    )
    return made


def case(town: MatrixTown, whose: Assignment, *, is_closed: bool = False) -> Case:
    """A case of somebody: the colleague's is about a pupil of 7B, a viewer's about one of theirs."""
    assert whose.account is not None
    is_colleagues = whose == town.colleague
    made = Case.objects.create(
        pupil=town.pupil if is_colleagues else _near(town, whose),
        authority=whose.unit.authority,
        school=town.units[SCHOOL] if is_colleagues else whose.unit,
        owner=whose.account,
        routine=routine(),
        opened_at=NOON,
        opened_on=DAY,
        opened_by=whose.account,
        opened_because=OpenedBecause.STAFF,
    )
    if is_closed:
        made.closed_at, made.closed_on, made.closed_by = NOON, DAY, whose.account
        made.closing_reason = "Avslutat"
        made.save()
    return made


def _near(town: MatrixTown, whose: Assignment) -> Pupil:
    """Somebody that whoever sees single classes reaches in theirs; else the town's pupil."""
    if whose.unit.authority != town.authority:
        return Pupil.objects.create(authority=whose.unit.authority, key=f"hos-{whose.pk}")
    if whose.unit.kind != "class":
        return Pupil.objects.create(authority=town.authority, key=f"hos-{whose.pk}")
    made = Pupil.objects.create(authority=town.authority, key=f"hos-{whose.pk}")
    made.enrolments.create(
        school_key=SCHOOL, class_key=whose.unit.key, grade="7", from_on=date(2020, 1, 1)
    )
    return made


def step(found: Case, *, name: str = "conversation") -> Step:
    """A step of the case's owner under way."""
    return Step.objects.create(
        case=found, step=name, owner=found.owner, began_at=NOON, began_on=DAY
    )


def every(town: MatrixTown, whose: Assignment) -> Call:
    found = case(town, whose)
    return Call(reverse("cases"), at=CLASS, shows=f'{found.public_id}/"')


def page(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("case", args=[case(town, whose).public_id]), at=CLASS)


def form(name: str, town: MatrixTown, whose: Assignment, **data: str) -> list[Call]:
    """The page of a form about a case, and the form sent."""
    url = reverse(name, args=[case(town, whose).public_id])
    return [Call(url, at=CLASS), Call(url, at=CLASS, data=data)]


def note(town: MatrixTown, whose: Assignment) -> list[Call]:
    return form("case_note", town, whose, restriction="ordinary", text="Ett ord")


def contact(town: MatrixTown, whose: Assignment) -> list[Call]:
    return form("case_contact", town, whose, on=str(DAY), way="phone", outcome="talked")


def voice(town: MatrixTown, whose: Assignment) -> list[Call]:
    url = reverse("case_voice", args=[case(town, whose).public_id])
    data = {"on": str(DAY), "whose": "pupil", "text": "Ett ord"}
    return [Call(url, at=CLASS), Call(url, at=CLASS, data=data)]


def cause(town: MatrixTown, whose: Assignment) -> list[Call]:
    return form("case_cause", town, whose, is_protective="no", level="school", word="teaching")


def law(town: MatrixTown, whose: Assignment) -> list[Call]:
    return form("case_law", town, whose, on=str(DAY), duty="concern-report")


def hand_over(town: MatrixTown, whose: Assignment) -> list[Call]:
    to = Account.objects.filter(
        assignments__unit=town.units[SCHOOL], assignments__role=Role.PRINCIPAL
    ).first()
    assert to is not None
    return form("case_hand_over", town, whose, owner=to.public_id, why="Byte", version="1")


def reopen(town: MatrixTown, whose: Assignment) -> list[Call]:
    url = reverse("case_reopen", args=[case(town, whose, is_closed=True).public_id])
    return [Call(url, at=CLASS), Call(url, at=CLASS, data={"why": "Ny frånvaro", "version": "1"})]


def begin(town: MatrixTown, _whose: Assignment) -> list[Call]:
    url = reverse("case_open", args=[town.pupil.public_id])
    return [Call(url, at=CLASS), Call(url, at=CLASS, data={"because": "staff", "words": "Oro"})]


def lifted(town: MatrixTown, whose: Assignment) -> Call:
    found = step(case(town, whose))
    url = reverse("case_decide", args=[found.case.public_id, found.public_id])
    return Call(url, at=CLASS, data={"way": "escalate..", "reason": "Skäl", "version": "1"})


def take(town: MatrixTown, whose: Assignment) -> Call:
    found = step(case(town, whose))
    url = reverse("case_take_step", args=[found.case.public_id, found.public_id])
    return Call(url, at=CLASS, data={"version": "1"})


def write(town: MatrixTown, whose: Assignment) -> Call:
    found = step(case(town, whose))
    given = [found.case.public_id, found.public_id, "teacher-documentation"]
    return Call(reverse("case_write", args=given), at=CLASS, data={})


def task(town: MatrixTown, whose: Assignment) -> list[Call]:
    found = case(town, whose)
    made = Task.objects.create(
        pupil=found.pupil,
        school=found.school,
        case=found,
        kind=TaskKind.WATCHED,
        to=found.owner,
        made_at=NOON,
        made_on=DAY,
    )
    url = reverse("case_task", args=[made.public_id])
    return [Call(url, at=CLASS), Call(url, at=CLASS, data={"answer": "Går bra", "version": "1"})]


def tasks(town: MatrixTown, whose: Assignment) -> Call:  # noqa: ARG001
    return Call(reverse("case_tasks"))


def leaving(town: MatrixTown, whose: Assignment) -> Call:
    """Who answers for something: the colleague, who has a case."""
    case(town, whose)
    assert whose.account is not None
    shown = reverse("hand_over_all", args=[whose.account.public_id])
    return Call(reverse("hand_overs"), at=CLASS, shows=shown)


def give_all(town: MatrixTown, whose: Assignment) -> list[Call]:
    found = case(town, whose)
    url = reverse("hand_over_all", args=[found.owner.public_id])
    return [Call(url, at=CLASS), Call(url, at=CLASS, shows=f"rad_{found.public_id}")]


def undo(town: MatrixTown, whose: Assignment) -> Call:
    url = reverse("hand_over_undo", args=[case(town, whose).owner.public_id])
    return Call(url, at=CLASS, data={})


def open_note(town: MatrixTown, whose: Assignment) -> Call:
    found = case(town, whose)
    made = Note.objects.create(
        case=found,
        restriction=Restriction.PUPIL_SUPPORT,
        text="Ett ord",
        by=found.owner,
        role=Role.SPECIAL_EDUCATOR,
        at=NOON,
        on=DAY,
    )
    return Call(reverse("case_note_open", args=[found.public_id, made.public_id]), at=CLASS)


def open_cause(town: MatrixTown, whose: Assignment) -> Call:
    found = case(town, whose)
    made = Cause.objects.create(
        case=found,
        level=CauseLevel.INDIVIDUAL,
        word=CauseWord.LONG_ILLNESS,
        right_to_education="Ett ord",
        by=found.owner,
        at=NOON,
        on=DAY,
    )
    return Call(reverse("case_cause_open", args=[found.public_id, made.public_id]), at=CLASS)


def old(town: MatrixTown, whose: Assignment) -> Case:
    """A case that follows a routine which is in force no more."""
    found, now = case(town, whose), routine()
    text = now.text.replace(f"version = {now.version}", "version = 999", 1)
    found.routine, _ = Routine.objects.get_or_create(
        digest=load_text(text).fingerprint,
        defaults={"programme": now.programme, "version": 999, "text": text, "kept_at": NOON},
    )
    found.save()
    return found


def move(town: MatrixTown, whose: Assignment) -> list[Call]:
    url = reverse("case_move_routine", args=[old(town, whose).public_id])
    return [Call(url, at=CLASS), Call(url, at=CLASS, shows='name="mark"')]


def move_many(town: MatrixTown, whose: Assignment) -> list[Call]:
    found = old(town, whose)
    url = reverse("cases_move_many", args=[town.units[SCHOOL].public_id])
    return [Call(url, at=SCHOOL), Call(url, at=CLASS, shows=f"version_{found.public_id}")]


def narrow(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("case_lifted", args=[step(case(town, whose)).case.public_id]), at=CLASS)


def hand_back(town: MatrixTown, whose: Assignment) -> Call:
    to = Account.objects.filter(
        assignments__unit=town.units[SCHOOL], assignments__role=Role.PRINCIPAL
    ).first()
    assert to is not None
    found = step(case(town, whose))
    Case.objects.filter(pk=found.case.pk).update(school=town.units[SCHOOL])
    url = reverse("case_hand_back", args=[found.case.public_id, found.public_id])
    return Call(url, at=CLASS, data={"answer": "Ja", "to": to.public_id, "version": "1"})


ADDRESSES: Addresses = {
    "case_move_routine": move,
    "cases_move_many": move_many,
    "case_note_open": open_note,
    "case_cause_open": open_cause,
    "hand_overs": leaving,
    "hand_over_all": give_all,
    "hand_over_undo": undo,
    "case_lifted": narrow,
    "case_hand_back": hand_back,
    "cases": every,
    "case": page,
    "case_note": note,
    "case_contact": contact,
    "case_voice": voice,
    "case_cause": cause,
    "case_law": law,
    "case_hand_over": hand_over,
    "case_reopen": reopen,
    "case_open": begin,
    "case_decide": lifted,
    "case_take_step": take,
    "case_write": write,
    "case_task": task,
    "case_tasks": tasks,
}


def law_of_school(town: MatrixTown, whose: Assignment) -> Call:
    url = reverse("case_law", args=[case(town, whose).public_id])
    return Call(url, at=CLASS, shows='value="notify-authority"')


def counts_of_person(town: MatrixTown, whose: Assignment) -> Call:
    owner = case(town, whose).owner
    url = reverse("person", args=[owner.public_id])
    return Call(url, at=CLASS, shows="almskolan: 1 ärende")


PARTS: Addresses = {
    "cases.counts_of_person": counts_of_person,
    "cases.law_of_school": law_of_school,
}
