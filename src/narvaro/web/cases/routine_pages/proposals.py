"""A routine from elsewhere as a page: what is new or otherwise, part by part, beside the own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from narvaro.errors import Fault, InputRefused, NotFound
from narvaro.forms import load as load_form
from narvaro.forms import read_form, versions_of
from narvaro.programmes import Programme, RoutinePackage, differences, unpack
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.models import RoutineProposal
from narvaro.web.cases.routine_pages.pages import Otherwise, RoutinePage, page_of, rows_of
from narvaro.web.cases.routine_pages.words import in_words
from narvaro.web.cases.routines import programme_in_force
from narvaro.web.documents.facts import language
from narvaro.web.documents.models import RoutineDocument
from narvaro.web.documents.routine_pages import Line, compared


@dataclass(frozen=True, slots=True)
class FormPart:
    """A form of the package. `state`: same, newer, older, unknown (no such form is here)."""

    name: str
    version: int
    state: str


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text of the package beside the own. `state`: same, new, other or waits (a draft is here)."""

    name: str
    text: str
    state: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """All that a proposal would change."""

    package: RoutinePackage
    name: str
    own: Programme
    rows: tuple[Otherwise, ...]
    whole: RoutinePage
    forms: tuple[FormPart, ...]
    missing: tuple[str, ...]
    texts: tuple[TextPart, ...]
    of_school: tuple[Otherwise, ...]

    @property
    def has_new_texts(self) -> bool:
        """A text could become a draft."""
        return any(one.state in ("new", "other") for one in self.texts)


def checked(content: bytes) -> RoutinePackage:
    """The package, when all of it could be used here. Raises InputRefused with every fault."""
    package = unpack(content)
    faults = tuple(_collisions(package))
    if faults:
        raise InputRefused("The routine package", faults)
    return package


def package_of(proposal: RoutineProposal) -> RoutinePackage:
    """What a proposal holds."""
    return _unpacked(bytes(proposal.content))


def page_for(proposal: RoutineProposal, viewer: Viewer) -> ProposalPage:
    """The proposal beside what holds on the viewer's day."""
    package, own = package_of(proposal), programme_in_force(viewer.today)
    theirs = package.programme
    names = {one.id: in_words(one.name) for one in theirs.forms}
    return ProposalPage(
        package=package,
        name=in_words(theirs.name),
        own=own,
        rows=tuple(rows_of(differences(own, theirs))),
        whole=page_of(theirs, viewer.today),
        forms=tuple(_form_parts(package)),
        missing=tuple(names.get(one, one) for one in actions.forms_missing(theirs)),
        texts=tuple(_text_parts(package, viewer)),
        of_school=tuple(rows_of(differences(theirs, package.adapted))),
    )


def _collisions(package: RoutinePackage) -> Iterator[Fault]:
    """Forms that are called as one here, in the same version, and ask something else."""
    for form_id, content in package.forms.items():
        form = read_form(content.decode("utf-8"))
        try:
            here = load_form(form_id, form.version)
        except NotFound:
            continue
        if here.fingerprint != form.fingerprint:
            yield Fault(
                f"forms/{form_id}.toml",
                0,
                "version",
                "another form here has the same id and version",
                "Ask for it under an id or a version of its own",
            )


def _form_parts(package: RoutinePackage) -> Iterator[FormPart]:
    for content in package.forms.values():
        form = read_form(content.decode("utf-8"))
        here = versions_of(form.id)
        state = "unknown"
        if here:
            state = "same" if form.version in here else "older"
            state = "newer" if form.version > max(here) else state
        yield FormPart(form.name.to(language()), form.version, state)


def _text_parts(package: RoutinePackage, viewer: Viewer) -> Iterator[TextPart]:
    own = RoutineDocument.objects.filter(authority=viewer.authority).prefetch_related("versions")
    by_name = {one.name: list(one.versions.all()) for one in own}
    for text in package.texts:
        versions = by_name.get(text.name)
        if versions is None:
            yield TextPart(text.name, text.text, "new")
        elif versions[0].published_at is None:
            state = "same" if versions[0].text == text.text else "waits"
            yield TextPart(text.name, text.text, state)
        elif versions[0].text == text.text:
            yield TextPart(text.name, text.text, "same")
        else:
            lines = tuple(compared(versions[0].text, text.text))
            yield TextPart(text.name, text.text, "other", lines)


@lru_cache(maxsize=16)
def _unpacked(content: bytes) -> RoutinePackage:
    return unpack(content)
