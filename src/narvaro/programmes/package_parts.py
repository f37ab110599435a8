"""The zip of a routine package: its parts by name, and every reason not to take them in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as BadDeflate  # noqa: N812 - its own name says nothing

from narvaro.errors import Fault

PACKAGE = 1
"""The version of the package's own form."""
LARGEST_PACKAGE = 5_000_000
LARGEST_PART = 1_000_000
LARGEST_WHOLE = 20_000_000
MOST_PARTS = 200
MANIFEST, PROGRAMME, ADAPTATION, TEXTS = (
    "package.json",
    "programme.toml",
    "adaptation.toml",
    "texts.json",
)
FORM = re.compile(r"forms/([a-z0-9]+(?:-[a-z0-9]+)*)\.toml", re.ASCII)
LONGEST_MAKER = 120
LICENCES = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "EUPL-1.2")
"""What a municipality may let others do with its routine, as SPDX names."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_DEMANDED, _KNOWN = {"package", "parts"}, {"package", "parts", "made_by", "licence"}


def zipped(parts: Mapping[str, bytes], told: Mapping[str, str]) -> bytes:
    """One zip of the parts and their list, which says also what is `told`; the same for the same."""
    sums = {name: _sum(part) for name, part in parts.items()}
    manifest = json.dumps({"package": PACKAGE, **told, "parts": sums}, indent=2, ensure_ascii=False)
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in ({MANIFEST: manifest.encode()} | dict(parts)).items():
            info = ZipInfo(name, date_time=_EARLIEST)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            archive.writestr(info, content)
    return target.getvalue()


def parts_of(content: bytes, faults: list[Fault]) -> dict[str, bytes]:
    """Every part, never more of it than a part may be long, whatever the zip says of itself."""
    if len(content) > LARGEST_PACKAGE:
        problem = f"it is larger than {LARGEST_PACKAGE} bytes"
        faults.append(fault("package", problem, "Is it the right file?"))
        return {}
    try:
        with ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            faults.extend(_name_faults(infos))
            return {} if faults else _read_all(archive, infos)
    except (BadZipFile, BadDeflate, EOFError, NotImplementedError, RuntimeError, ValueError):
        remedy = "Ask for it again; it may have been broken on the way"
        faults.append(fault("package", "this is not a zip file that can be read", remedy))
        return {}


def told_by(parts: Mapping[str, bytes]) -> Mapping[str, Any] | None:
    """What the list of parts says, when it is one."""
    try:
        manifest = json.loads(parts[MANIFEST])
    except (ValueError, RecursionError):
        return None
    is_one = isinstance(manifest, dict) and set(manifest) >= _DEMANDED
    return manifest if is_one else None


def manifest_faults(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    """What is wrong with the list of parts, or with a part beside what it says."""
    manifest = told_by(parts)
    if manifest is None:
        yield fault(MANIFEST, "it is not a list of parts", "Make it with Närvaro")
        return
    if manifest["package"] != PACKAGE or isinstance(manifest["package"], bool):
        remedy = f"This version reads packages of form {PACKAGE}"
        yield fault(MANIFEST, "this form of package is not known", remedy)
        return
    if set(manifest) > _KNOWN:
        yield fault(MANIFEST, "it is not a list of parts", "Make it with Närvaro")
    yield from _telling_faults(manifest)
    sums = manifest["parts"] if isinstance(manifest["parts"], dict) else {}
    for name in sorted({*sums, *parts} - {MANIFEST}):
        if name not in parts or sums.get(name) != _sum(parts[name]):
            problem = "it is not what the package says it is"
            yield fault(name, problem, "Ask for it again; it was changed or lost on the way")


def _telling_faults(manifest: Mapping[str, Any]) -> Iterator[Fault]:
    """Who made it and what may be done with it: both are told, or neither."""
    maker, licence = manifest.get("made_by", ""), manifest.get("licence", "")
    is_line = isinstance(maker, str) and maker.isprintable() and len(maker) <= LONGEST_MAKER
    if not is_line or (licence and not maker.strip()):
        remedy = f"Write a name of at most {LONGEST_MAKER} letters"
        yield Fault(MANIFEST, 0, "made_by", "nothing tells whose routine it is", remedy)
    if (licence or maker) and licence not in LICENCES:
        remedy = f"One of: {', '.join(LICENCES)}"
        yield Fault(MANIFEST, 0, "licence", "this licence is not known", remedy)


def fault(part: str, problem: str, remedy: str) -> Fault:
    """A fault of a whole part; a name that cannot be shown is not."""
    return Fault(part[:60] if part.isprintable() else "package", 0, "", problem, remedy)


def _sum(content: bytes) -> str:
    return sha256(content).hexdigest()


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
        yield fault("package", f"it has more than {MOST_PARTS} parts", "Leave forms out")
        return
    if sum(info.file_size for info in infos) > LARGEST_WHOLE:
        problem = f"its parts are together larger than {LARGEST_WHOLE} bytes"
        yield fault("package", problem, "Leave forms out")
    for info in infos:
        known = info.filename in (MANIFEST, PROGRAMME, ADAPTATION, TEXTS)
        if not (known or FORM.fullmatch(info.filename)):
            yield fault(info.filename, "a package has no such part", "Make it with Närvaro")
        elif names.count(info.filename) > 1:
            yield fault(info.filename, "it stands twice", "Make it with Närvaro")
        elif info.flag_bits & 1:
            yield fault(info.filename, "it is encrypted", "Ask for it without a password")
        elif info.file_size > LARGEST_PART:
            problem = f"it is larger than {LARGEST_PART} bytes"
            yield fault(info.filename, problem, "Is it the right file?")
    for wanted in (MANIFEST, PROGRAMME):
        if wanted not in names:
            yield fault(wanted, "it is missing", "Make it with Närvaro")
