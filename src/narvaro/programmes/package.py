"""A whole routine as one file that another municipality can take in: programme, forms, texts.

The same parts always give the same bytes. What is taken in is checked before anything of it is
used: names, sizes, sums and contents, with all faults at once, and nothing is written to disk.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from narvaro.errors import Fault, InputRefused
from narvaro.forms import form_faults
from narvaro.programmes.adaptation import Adaptation
from narvaro.programmes.adapting import adapt
from narvaro.programmes.package_parts import (
    ADAPTATION,
    FORM,
    PROGRAMME,
    TEXTS,
    fault,
    manifest_faults,
    parts_of,
    told_by,
    zipped,
)
from narvaro.programmes.package_texts import RoutineText, read_texts, written
from narvaro.programmes.programme import Programme
from narvaro.programmes.reading_adaptations import read_adaptation
from narvaro.programmes.shelf import load_text


class Origin(NamedTuple):
    """Whose routine it is, and what others may do with it (one of LICENCES)."""

    made_by: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutinePackage:
    """A package that could be used: values, and the bytes they were read from.

    `forms` has each form's file by its id; `forms_left_out` are forms that the programme names and
    the package does not bring.
    """

    programme: Programme
    adaptation: Adaptation | None
    programme_file: bytes
    adaptation_file: bytes | None
    forms: Mapping[str, bytes]
    texts: tuple[RoutineText, ...]
    origin: Origin | None

    @property
    def adapted(self) -> Programme:
        """The programme as the sender runs it."""
        return adapt(self.programme, self.adaptation) if self.adaptation else self.programme

    @property
    def forms_left_out(self) -> tuple[str, ...]:
        return tuple(form.id for form in self.adapted.forms if form.id not in self.forms)


def pack(
    programme: bytes,
    adaptation: bytes | None = None,
    forms: Mapping[str, bytes] | None = None,
    *,
    texts: Sequence[RoutineText] = (),
    origin: Origin | None = None,
) -> bytes:
    """One zip of a programme's file, an adaptation's, forms' files by id, and texts.

    Raises InputRefused with every fault when `unpack` would not take it in again.
    """
    parts = {PROGRAMME: programme} | ({} if adaptation is None else {ADAPTATION: adaptation})
    parts |= {f"forms/{name}.toml": content for name, content in sorted((forms or {}).items())}
    parts |= {TEXTS: written(texts)} if texts else {}
    made = zipped(parts, {} if origin is None else origin._asdict())
    unpack(made)
    return made


def unpack(content: bytes) -> RoutinePackage:
    """The parts of a package. Raises InputRefused with every fault; nothing is written anywhere."""
    faults: list[Fault] = []
    parts = parts_of(content, faults)
    if faults:
        raise InputRefused("The routine package", faults)
    faults.extend(manifest_faults(parts))
    programme = _read(PROGRAMME, parts, faults)
    adaptation = _read_adaptation(parts, faults, programme)
    forms = {match[1]: parts[name] for name in parts if (match := FORM.fullmatch(name))}
    faults.extend(one for name, form in forms.items() for one in _form_faults(name, form))
    texts = read_texts(parts[TEXTS], faults) if TEXTS in parts else ()
    if faults or programme is None:
        raise InputRefused("The routine package", faults)
    return RoutinePackage(
        programme=programme,
        adaptation=adaptation,
        programme_file=parts[PROGRAMME],
        adaptation_file=parts.get(ADAPTATION),
        forms=forms,
        texts=texts,
        origin=_origin(parts),
    )


def _origin(parts: Mapping[str, bytes]) -> Origin | None:
    told = told_by(parts) or {}
    return Origin(told["made_by"], told["licence"]) if told.get("licence") else None


def _form_faults(form_id: str, content: bytes) -> Iterator[Fault]:
    """A form that can be used, under its own id."""
    name = f"forms/{form_id}.toml"
    try:
        text = content.decode("utf-8")
        found = tomllib.loads(text)
    except (ValueError, RecursionError):
        yield fault(name, "this is not TOML", "See that it is UTF-8 text")
        return
    if found.get("id") != form_id:
        yield fault(name, "its id is another than its name", "Name the file after its id")
    for one in form_faults(text):
        yield Fault(f"{name} {one.table}", one.line, one.column, one.problem, one.remedy)


def _read(name: str, parts: Mapping[str, bytes], faults: list[Fault]) -> Programme | None:
    try:
        return load_text(parts[name].decode("utf-8-sig"))
    except UnicodeDecodeError:
        faults.append(fault(name, "this is not UTF-8", "Save the file as UTF-8"))
    except InputRefused as refused:
        faults.extend(_inside(name, refused))
    return None


def _read_adaptation(
    parts: Mapping[str, bytes], faults: list[Fault], programme: Programme | None
) -> Adaptation | None:
    content = parts.get(ADAPTATION)
    if content is None:
        return None
    try:
        adaptation = read_adaptation(content)
        if programme:
            adapt(programme, adaptation)
    except InputRefused as refused:
        faults.extend(_inside(ADAPTATION, refused))
        return None
    return adaptation


def _inside(name: str, refused: InputRefused) -> Iterator[Fault]:
    for one in refused.faults:
        yield Fault(f"{name} {one.table}", one.line, one.column, one.problem, one.remedy)
