"""The routine: read, adapted, shared."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.matrix_town import AUTHORITY, SCHOOL, Addresses, Call, MatrixTown

from narvaro.programmes import Adaptation as Otherwise
from narvaro.programmes import StepHere, Text, load, pack, text_of, write_adaptation
from narvaro.web.accounts.models import Assignment
from narvaro.web.cases.models import Adaptation, Routine, RoutineProposal
from narvaro.web.cases.routines import routine_in_force
from narvaro.web.projects.models import ProgrammeInUse

NOON = datetime(2026, 1, 7, 11, tzinfo=UTC)
DAY = date(2026, 1, 7)


def kept() -> Routine:
    return routine_in_force(DAY, at=NOON)


def adapted(town: MatrixTown, *, is_old: bool = False) -> Adaptation:
    """Almskolan does otherwise in a step: in the routine in force, or in another."""
    routine = kept()
    why = Text("Ett prov", "A trial")
    more = Text("Ring hem samma kväll", "Call the same evening")
    part = StepHere(
        step=load(routine.programme).steps[0].id,
        why=None,
        guidance=(more,),
        owner=None,
        deadline=None,
        within=None,
        forms=(),
    )
    otherwise = Otherwise(
        programme=routine.programme,
        version=routine.version,
        by="Rektor, Almskolan",
        decided_on=DAY,
        why=why,
        steps=(part,),
        forms=(),
        prompts=(),
        fingerprint="",
    )
    if is_old:
        routine = Routine.objects.create(
            programme=routine.programme,
            version=routine.version,
            digest="0" * 64,
            text=routine.text,
            kept_at=NOON,
        )
    assert town.colleague.account is not None
    return Adaptation.objects.create(
        school=town.units[SCHOOL],
        routine=routine,
        text=write_adaptation(otherwise),
        why="Ett prov",
        by=town.colleague.account,
        from_on=DAY,
    )


def common(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("common_routine"))


def version(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("common_routine_version", args=[kept().public_id]))


def every(town: MatrixTown, _whose: Assignment) -> Call:
    adapted(town)
    return Call(reverse("common_routine_schools"), at=SCHOOL, shows="Ring hem samma kväll")


def _school(town: MatrixTown) -> str:
    return town.units[SCHOOL].public_id


def school(town: MatrixTown, _whose: Assignment) -> Call:
    adapted(town)
    return Call(reverse("common_routine_school", args=[_school(town)]), at=SCHOOL)


def end(town: MatrixTown, _whose: Assignment) -> Call:
    adapted(town)
    return Call(reverse("common_routine_end", args=[_school(town)]), at=SCHOOL)


def take_over(town: MatrixTown, _whose: Assignment) -> Call:
    adapted(town, is_old=True)
    return Call(reverse("common_routine_take_over", args=[_school(town)]), at=SCHOOL)


def adapt(town: MatrixTown, _whose: Assignment) -> Call:
    step = load(kept().programme).steps[0].id
    return Call(reverse("common_routine_adapt", args=[_school(town), step]), at=SCHOOL)


def proposed(town: MatrixTown, whose: Assignment, *, from_on: date | None = None) -> str:
    """A routine from elsewhere, sent in to the authority: waiting, or taken into use from a day."""
    by = whose.account
    assert by is not None
    authority = town.authority if whose == town.colleague else whose.unit.authority
    given = {"authority": authority, "by": by, "at": NOON}
    content = pack(text_of("generic").encode())
    digest = f"{RoutineProposal.objects.count():064d}"
    made = RoutineProposal.objects.create(content=content, digest=digest, **given)
    if from_on is not None:
        made.in_use = ProgrammeInUse.objects.create(
            programme="generic",
            numbered=1,
            digest=digest,
            text=text_of("generic"),
            takes_place_of="linnasa",
            from_on=from_on,
            why="Ett prov",
            by=by,
            at=NOON,
        )
        made.save()
    return made.public_id


def share(_town: MatrixTown, _whose: Assignment) -> list[Call]:
    url = reverse("common_routine_share")
    return [Call(url), Call(url, data={"licence": "CC0-1.0"})]


def proposals(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("common_routine_proposals"))


class Package(SimpleUploadedFile):
    """A file that everybody who asks sends from its beginning."""

    def read(self, *given: int) -> bytes:
        """All of it."""
        self.seek(0)
        content: bytes = super().read(*given)
        return content


def propose(_town: MatrixTown, _whose: Assignment) -> list[Call]:
    url = reverse("common_routine_propose")
    package = Package("rutin.zip", pack(text_of("generic").encode()))
    return [Call(url), Call(url, data={"package": package})]


def proposal(town: MatrixTown, whose: Assignment) -> Call:
    args = [proposed(town, whose)]
    return Call(reverse("common_routine_proposal", args=args), at=AUTHORITY)


def use(town: MatrixTown, whose: Assignment) -> Call:
    """The form: where two authorities share the programmes, nobody decides for the other."""
    return Call(reverse("common_routine_use", args=[proposed(town, whose)]), at=AUTHORITY)


def take_back(town: MatrixTown, whose: Assignment) -> Call:
    args = [proposed(town, whose, from_on=date(2090, 1, 1))]
    url = reverse("common_routine_take_back", args=args)
    return Call(url, at=AUTHORITY, data={"version": "1"})


def aside(town: MatrixTown, whose: Assignment) -> list[Call]:
    url = reverse("common_routine_aside", args=[proposed(town, whose)])
    return [Call(url, at=AUTHORITY), Call(url, at=AUTHORITY, data={"version": "1", "why": "Nej"})]


def drafts(town: MatrixTown, whose: Assignment) -> Call:
    url = reverse("common_routine_drafts", args=[proposed(town, whose)])
    return Call(url, at=AUTHORITY, data={})


ADDRESSES: Addresses = {
    "common_routine_share": share,
    "common_routine_proposals": proposals,
    "common_routine_propose": propose,
    "common_routine_proposal": proposal,
    "common_routine_use": use,
    "common_routine_take_back": take_back,
    "common_routine_aside": aside,
    "common_routine_drafts": drafts,
    "common_routine": common,
    "common_routine_version": version,
    "common_routine_schools": every,
    "common_routine_school": school,
    "common_routine_end": end,
    "common_routine_take_over": take_over,
    "common_routine_adapt": adapt,
}
