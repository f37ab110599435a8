"""A whole routine as one file that another municipality can take in: programme, adaptation, forms.

The same parts always give the same bytes. What is taken in is checked before anything of it is
read: names, sizes, sums and contents, with all faults at once, and nothing is written to disk.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as BadDeflate  # noqa: N812 - its own name says nothing

from narvaro.errors import Fault, InputRefused
from narvaro.programmes.adaptation import Adaptation
from narvaro.programmes.adapting import adapt
from narvaro.programmes.programme import Programme
from narvaro.programmes.reading_adaptations import read_adaptation
from narvaro.programmes.shelf import load_text

PACKAGE = 1
"""The version of the package's own form."""
LARGEST_PACKAGE = 5_000_000
LARGEST_PART = 1_000_000
LARGEST_WHOLE = 20_000_000
MOST_PARTS = 200
MANIFEST, PROGRAMME, ADAPTATION = "package.json", "programme.toml", "adaptation.toml"
_FORM = re.compile(r"forms/([a-z0-9]+(?:-[a-z0-9]+)*)\.toml", re.ASCII)
_EARLIEST = (1980, 1, 1, 0, 0, 0)


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

    @property
    def adapted(self) -> Programme:
        """The programme as the sender runs it."""
        return adapt(self.programme, self.adaptation) if self.adaptation else self.programme

    @property
    def forms_left_out(self) -> tuple[str, ...]:
        return tuple(form.id for form in self.adapted.forms if form.id not in self.forms)


def pack(
    programme: bytes, adaptation: bytes | None = None, forms: Mapping[str, bytes] | None = None
) -> bytes:
    """One zip of a programme's file, an adaptation's and forms' files by id.

    Raises InputRefused with every fault when `unpack` would not take it in again.
    """
    parts = {PROGRAMME: programme} | ({} if adaptation is None else {ADAPTATION: adaptation})
    parts |= {f"forms/{name}.toml": content for name, content in sorted((forms or {}).items())}
    manifest = {"package": PACKAGE, "parts": {name: _sum(part) for name, part in parts.items()}}
    written = json.dumps(manifest, indent=2).encode()
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in ({MANIFEST: written} | parts).items():
            info = ZipInfo(name, date_time=_EARLIEST)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            archive.writestr(info, content)
    unpack(target.getvalue())
    return target.getvalue()


def unpack(content: bytes) -> RoutinePackage:
    """The parts of a package. Raises InputRefused with every fault; nothing is written anywhere."""
    faults: list[Fault] = []
    parts = _parts(content, faults)
    if not faults:
        faults.extend(_manifest_faults(parts))
    if not faults:
        faults.extend(_form_faults(parts))
    programme = None if faults else _read(PROGRAMME, parts, faults)
    adaptation = _read_adaptation(parts, faults, programme)
    if faults or programme is None:
        raise InputRefused("The routine package", faults)
    found = {name: _FORM.fullmatch(name) for name in parts}
    return RoutinePackage(
        programme=programme,
        adaptation=adaptation,
        programme_file=parts[PROGRAMME],
        adaptation_file=parts.get(ADAPTATION),
        forms={match[1]: parts[name] for name, match in found.items() if match},
    )


def _sum(content: bytes) -> str:
    return sha256(content).hexdigest()


def _fault(part: str, problem: str, remedy: str) -> Fault:
    return Fault(part[:60] if part.isprintable() else "package", 0, "", problem, remedy)


def _parts(content: bytes, faults: list[Fault]) -> dict[str, bytes]:
    """Every part, never more of it than a part may be long, whatever the zip says of itself."""
    if len(content) > LARGEST_PACKAGE:
        problem = f"it is larger than {LARGEST_PACKAGE} bytes"
        faults.append(_fault("package", problem, "Is it the right file?"))
        return {}
    try:
        with ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            faults.extend(_name_faults(infos))
            return {} if faults else _read_all(archive, infos)
    except (BadZipFile, BadDeflate, EOFError, NotImplementedError, RuntimeError, ValueError):
        remedy = "Ask for it again; it may have been broken on the way"
        faults.append(_fault("package", "this is not a zip file that can be read", remedy))
        return {}


def _read_all(archive: ZipFile, infos: list[ZipInfo]) -> dict[str, bytes]:
    """No part is read further than the size it states, which is at most LARGEST_PART."""
    parts: dict[str, bytes] = {}
    for info in infos:
        with archive.open(info) as part:
            parts[info.filename] = part.read(LARGEST_PART + 1)
    return parts


def _name_faults(infos: list[ZipInfo]) -> Iterator[Fault]:
    names = [info.filename for info in infos]
    if len(names) > MOST_PARTS:
        yield _fault("package", f"it has more than {MOST_PARTS} parts", "Leave forms out")
        return
    if sum(info.file_size for info in infos) > LARGEST_WHOLE:
        problem = f"its parts are together larger than {LARGEST_WHOLE} bytes"
        yield _fault("package", problem, "Leave forms out")
    for info in infos:
        known = info.filename in (MANIFEST, PROGRAMME, ADAPTATION) or _FORM.fullmatch(info.filename)
        if not known:
            yield _fault(info.filename, "a package has no such part", "Make it with Närvaro")
        elif names.count(info.filename) > 1:
            yield _fault(info.filename, "it stands twice", "Make it with Närvaro")
        elif info.flag_bits & 1:
            yield _fault(info.filename, "it is encrypted", "Ask for it without a password")
        elif info.file_size > LARGEST_PART:
            problem = f"it is larger than {LARGEST_PART} bytes"
            yield _fault(info.filename, problem, "Is it the right file?")
    for wanted in (MANIFEST, PROGRAMME):
        if wanted not in names:
            yield _fault(wanted, "it is missing", "Make it with Närvaro")


def _manifest_faults(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    try:
        manifest = json.loads(parts[MANIFEST])
    except (ValueError, RecursionError):
        manifest = None
    if not isinstance(manifest, dict) or set(manifest) != {"package", "parts"}:
        yield _fault(MANIFEST, "it is not a list of parts", "Make it with Närvaro")
        return
    if manifest["package"] != PACKAGE:
        remedy = f"This version reads packages of form {PACKAGE}"
        yield _fault(MANIFEST, "this form of package is not known", remedy)
        return
    sums = manifest["parts"] if isinstance(manifest["parts"], dict) else {}
    for name in sorted({*sums, *parts} - {MANIFEST}):
        if name not in parts or sums.get(name) != _sum(parts[name]):
            problem = "it is not what the package says it is"
            yield _fault(name, problem, "Ask for it again; it was changed or lost on the way")


def _form_faults(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    """A form is TOML with its own id; what else it has to be, whoever fills it in knows."""
    for name, content in parts.items():
        match = _FORM.fullmatch(name)
        if not match:
            continue
        try:
            form = tomllib.loads(content.decode("utf-8"))
        except (ValueError, RecursionError):
            yield _fault(name, "this is not TOML", "See that it is UTF-8 text")
            continue
        if form.get("id") != match[1]:
            yield _fault(name, "its id is another than its name", "Name the file after its id")


def _read(name: str, parts: Mapping[str, bytes], faults: list[Fault]) -> Programme | None:
    try:
        return load_text(parts[name].decode("utf-8-sig"))
    except UnicodeDecodeError:
        faults.append(_fault(name, "this is not UTF-8", "Save the file as UTF-8"))
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
    for fault in refused.faults:
        yield Fault(f"{name} {fault.table}", fault.line, fault.column, fault.problem, fault.remedy)
