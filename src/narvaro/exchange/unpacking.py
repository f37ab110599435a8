"""Takes the tables out of a zip, and nothing else, without trusting what the zip says of itself."""

from __future__ import annotations

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from narvaro.errors import Fault
from narvaro.exchange.findings import Findings
from narvaro.exchange.given import table_of
from narvaro.exchange.tables import TABLES

LARGEST_UNPACKED = 64 << 30  # bytes; a county's 100 million marks as CSV are about 6 GB
LARGEST_RATIO = 250  # ordinary tables pack 5 to 40 times; a bomb of zeros 1,000 times
RATIO_MATTERS_FROM = 32 << 20
MOST_MEMBERS = 10_000
_CHUNK = 1 << 20

_BROKEN = ("the zip is damaged or cut short", "Send it again.")
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    OverflowError,
)


class _TooLarge(Exception):
    """The zip unpacks to more than it may."""


def unpack(path: Path, *, into: Path, findings: Findings) -> list[Path]:
    """Write the zip's table files into `into` and return them; what is wrong goes to `findings`."""
    into.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive, findings)
            return list(_write(archive, members, into)) if not findings.fault_count else []
    except _TooLarge:
        _refuse(findings, "the zip unpacks to far more than a delivery holds", "Send the folder.")
    except RuntimeError as wrong:
        if isinstance(wrong, NotImplementedError):
            _refuse(findings, *_BROKEN)
        else:
            _refuse(findings, "the zip is protected by a password", "Send it without one.")
    except OSError as wrong:
        if wrong.errno != errno.EINVAL:  # a place before the file's beginning: the zip's own word
            raise
        _refuse(findings, *_BROKEN)
    except _DAMAGED:
        _refuse(findings, *_BROKEN)
    return []


def _refuse(findings: Findings, problem: str, remedy: str) -> None:
    findings.refuse([Fault("", 0, "", problem, remedy)])


def _members(archive: zipfile.ZipFile, findings: Findings) -> list[zipfile.ZipInfo]:
    given = archive.infolist()
    if not all(
        info.filename for info in given
    ):  # a name that begins with a null byte is cut to none
        raise zipfile.BadZipFile
    every = [info for info in given if not info.is_dir()]
    if len(every) > MOST_MEMBERS:
        _refuse(findings, "the zip holds too many files", "Send the tables alone.")
        return []
    if any(_escapes(info.filename) for info in every):
        remedy = "Pack the folder itself, without absolute paths or '..'."
        _refuse(findings, "the zip holds a path that leads out of it", remedy)
        return []
    seen = [info for info in every if not _is_hidden(info.filename)]
    folders = {PurePosixPath(info.filename).parent for info in seen if _is_form(info.filename)}
    if len(folders) > 1:
        _refuse(findings, "the zip holds tables in more than one folder", "Pack one delivery.")
        return []
    return [info for info in seen if PurePosixPath(info.filename).parent in folders]


def _escapes(name: str) -> bool:
    plain = name.replace("\\", "/")
    parts = PurePosixPath(plain).parts
    return plain.startswith("/") or ".." in parts or ":" in (parts[0] if parts else "")


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _is_form(name: str) -> bool:
    return PurePosixPath(name.lower()).suffix in (".csv", ".parquet")


def _write(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], into: Path) -> Iterator[Path]:
    written = 0
    for number, info in enumerate(members):
        name = PurePosixPath(info.filename).name
        found = table_of(name)
        target = into / str(number) / name
        target.parent.mkdir()
        if found and not TABLES[found[0]].people:
            written += _write_one(archive, info, target, LARGEST_UNPACKED - written)
        else:
            target.touch()  # so that it is named among the files left unopened
        yield target


def _write_one(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, room: int) -> int:
    written = 0
    with archive.open(info) as packed, target.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            written += len(chunk)
            packs_too_well = written > max(info.compress_size, 1) * LARGEST_RATIO
            if written > room or (written > RATIO_MATTERS_FROM and packs_too_well):
                raise _TooLarge
            file.write(chunk)
    return written
