"""Who answers for what: the steps of the common routine beside what each agency says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from narvaro.programmes import Programme, Step, deadline_in_words, role_in_words
from narvaro.web.accounts.models import Authority, AuthorityKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies.models import AgencyPage, Part, Responsibility
from narvaro.web.agencies.names import named
from narvaro.web.agencies.registry import routine_on
from narvaro.web.agencies.scope import agencies_for
from narvaro.web.ui.sorting import sort_key

KIND_OF_ROLE: Mapping[str, AuthorityKind] = {
    "social_services": AuthorityKind.SOCIAL_SERVICES,
    "child_psychiatry": AuthorityKind.REGION,
    "primary_care": AuthorityKind.PRIMARY_CARE,
}
"""Whom a routine's role is, among the kinds of authority."""


@dataclass(frozen=True, slots=True)
class Said:
    """A step, and what an agency has said of it; `is_expected`: the routine names it there."""

    step: str
    name: str
    part: str
    words: str
    is_expected: bool = False

    @property
    def is_missing(self) -> bool:
        """The routine counts on the agency, which has said nothing."""
        return self.is_expected and not self.part


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A step with its owner and its days at the school, and each agency's part in it."""

    name: str
    owner: str
    deadline: str
    cells: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table, and what the routine is called."""

    routine: str
    version: int
    agencies: Sequence[Authority]
    rows: Sequence[MatrixRow]

    @property
    def missing(self) -> int:
        """How many parts the routine counts on that nobody has written."""
        return sum(cell.is_missing for row in self.rows for cell in row.cells)


def matrix_for(viewer: Viewer) -> Matrix | None:
    """The responsibilities of the viewer's area; None where there is no routine."""
    programme = routine_on(viewer.today)
    if programme is None:
        return None
    found = agencies_for(viewer, "agencies.responsibilities")
    agencies = sorted(found, key=lambda one: sort_key(one.name))
    said = {one.pk: _said(AgencyPage.objects.newest(one, viewer.now)) for one in agencies}
    return Matrix(
        routine=named(programme.name),
        version=programme.version,
        agencies=agencies,
        rows=[_row(step, agencies, said) for step in programme.steps],
    )


def said_of(day: date, page: AgencyPage | None) -> list[Said]:
    """What a version says of each step of the day's routine that it has a part in."""
    programme = routine_on(day)
    if programme is None or page is None:
        return []
    said, kind = _said(page), AuthorityKind(page.authority.kind)
    cells = [_cell(step, said, kind) for step in programme.steps]
    return [one for one in cells if one.part or one.is_expected]


def steps_on(day: date) -> Sequence[Step]:
    """The steps of the day's routine, in its order."""
    programme: Programme | None = routine_on(day)
    return () if programme is None else programme.steps


def steps_for(authority: Authority, day: date) -> Sequence[Step]:
    """The same steps, those first that the routine names such an agency in."""
    kind = AuthorityKind(authority.kind)
    return sorted(steps_on(day), key=lambda step: not is_expected(step, kind))


def is_expected(step: Step, kind: AuthorityKind) -> bool:
    """Whether the routine itself names such an agency as owner or as one who takes part."""
    roles = {step.owner, *step.takes_part}
    return any(KIND_OF_ROLE.get(role) == kind for role in roles)


def _row(
    step: Step,
    agencies: Sequence[Authority],
    said: Mapping[int, Mapping[str, Responsibility]],
) -> MatrixRow:
    deadline = deadline_in_words(step)
    return MatrixRow(
        name=named(step.name),
        owner=named(role_in_words(step.owner)),
        deadline=named(deadline) if deadline else "",
        cells=[_cell(step, said[one.pk], AuthorityKind(one.kind)) for one in agencies],
    )


def _cell(step: Step, said: Mapping[str, Responsibility], kind: AuthorityKind) -> Said:
    one = said.get(step.id)
    return Said(
        step=step.id,
        name=named(step.name),
        part=str(Part(one.part).label) if one else "",
        words=one.words if one else "",
        is_expected=is_expected(step, kind),
    )


def _said(page: AgencyPage | None) -> dict[str, Responsibility]:
    return {} if page is None else {one.step: one for one in page.responsibilities.all()}
