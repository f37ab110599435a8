"""Files on their way in: how large, where they lie, and that nothing is left of them.

They hold names and numbers of pupils. The names of the files may too, and are never kept.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    StopUpload,
    TemporaryFileUploadHandler,
)
from django.utils.translation import gettext as _

from narvaro.errors import BadRequest, StorageFailed
from narvaro.web.accounts.models import opaque

PEOPLE = ("identities", "guardians", "staff")
UNPACKED, CHECKING = "people", "checking"
"""Folders beside what was uploaded: a zip's tables of people are unpacked to one, and read in one."""
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods", ".zip", ".parquet")
MB = 1024 * 1024
OLD_SECONDS = 3600


class Arriving(TemporaryUploadedFile):
    """A file that is written to our own folder while it comes, and goes when it is closed."""

    def __init__(self, name: str, content_type: str | None, size: int, charset: str | None) -> None:
        file = tempfile.NamedTemporaryFile(dir=arriving())  # noqa: SIM115  closed with the upload
        UploadedFile.__init__(self, file, name, content_type, size, charset)


class LimitedUpload(TemporaryFileUploadHandler):
    """Writes an upload to our own folder; ends it when it is too large, or nobody is signed in."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.written = 0

    def new_file(self, *given: Any, **named: Any) -> None:
        """Begin a file."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise StopUpload(connection_reset=True)
        FileUploadHandler.new_file(self, *given, **named)
        self.file = Arriving(str(self.file_name), self.content_type, 0, self.charset)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a part, unless it is too much."""
        self.written += len(raw_data)
        if self.written > settings.UPLOAD_MAX_BYTES:
            if self.request is not None:
                self.request.META["narvaro.upload_was_too_large"] = "yes"
            self.file.close()
            raise StopUpload
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            if self.request is not None:
                self.request.META["narvaro.upload_had_no_room"] = "yes"
            raise StopUpload from None

    def upload_interrupted(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "file"):
            self.file.close()


def arriving() -> Path:
    """The folder uploads are written to while they come."""
    return _made(root() / "arriving")


def root() -> Path:
    """The folder of everything uploaded; for its owner only."""
    return _made(Path(settings.DATA_FOLDER) / "uploads")


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True, slots=True)
class Stored:
    """Files that lie ready, under a name that says nothing."""

    token: str
    form: str
    size: int


def store(files: Iterable[UploadedFile[Any]]) -> Stored:
    """Keep an upload until it has been taken in or not. Raises BadRequest in the viewer's words."""
    given = list(files)
    names = [_neutral(str(file.name or ""), alone=len(given) == 1) for file in given]
    if not given or None in names or len(set(names)) < len(names):
        raise BadRequest(
            _(
                "Välj en fil: CSV, text, XLSX, XLS, ODS, ZIP eller Parquet. Flera filer går bra "
                "när de heter som utbytesformatets tabeller."
            )
        )
    token = opaque()
    folder = _made(root() / token)
    size = 0
    try:
        for file, name in zip(given, names, strict=True):
            size += _keep(file, folder / str(name))
    except OSError:
        remove(token)
        raise StorageFailed(no_room()) from None
    return Stored(token, Path(str(names[0])).suffix.removeprefix("."), size)


def no_room() -> str:
    """What is said when the disk is full."""
    return _("Disken är full. Inget har sparats. Be driften göra plats och försök igen.")


def _neutral(name: str, *, alone: bool) -> str | None:
    """A name without what somebody wrote in it: a table's of the exchange format, or `upload`."""
    from narvaro.exchange.tables import TABLES

    suffix, stem = Path(name).suffix.lower(), Path(name).stem.lower()
    if suffix not in SUFFIXES:
        return None
    if (stem in TABLES or stem in PEOPLE) and suffix in (".csv", ".parquet"):
        return f"{stem}{suffix}"
    return f"upload{suffix}" if alone else None


def _keep(file: UploadedFile[Any], into: Path) -> int:
    temporary = getattr(file, "temporary_file_path", None)
    if temporary is not None:
        shutil.copyfile(temporary(), into)
    else:
        into.write_bytes(file.read())
    into.chmod(0o600)
    return into.stat().st_size


def given_path(token: str) -> Path:
    """What was uploaded: the one file, or the folder of an exchange delivery's tables."""
    folder = root() / token
    files = sorted(one for one in folder.iterdir() if one.name not in (UNPACKED, CHECKING))
    return files[0] if len(files) == 1 and files[0].stem == "upload" else folder


def remove(token: str) -> None:
    """Remove an upload's files."""
    if token:
        shutil.rmtree(root() / token, ignore_errors=True)


def sweep(keep: set[str]) -> int:
    """Remove the uploads nobody waits for, and what broken-off ones left. Returns how many."""
    before = time.time() - OLD_SECONDS
    others = [one for one in root().iterdir() if one.name not in keep | {"arriving"}]
    gone = [one for one in (*others, *arriving().iterdir()) if one.stat().st_mtime < before]
    for one in gone:
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)
        else:
            one.unlink(missing_ok=True)
    return len(gone)


def people_folder(path: Path) -> Path:
    """The folder that holds a delivery's tables of people; out of a zip only those are taken.

    They are unpacked beside the zip, no more of each than an upload may be, and go with it.
    """
    if path.is_dir() or path.suffix != ".zip":
        return path if path.is_dir() else path.parent
    import zipfile

    folder = _made(path.parent / UNPACKED)
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = Path(info.filename.replace("\\", "/")).name.lower()
            if Path(name).stem in PEOPLE and Path(name).suffix in (".csv", ".parquet"):
                _unpacked(archive, info, folder / name)
    return folder


def _unpacked(archive: Any, info: Any, into: Path) -> None:
    written = 0
    with archive.open(info) as packed, into.open("wb") as file:
        while chunk := packed.read(MB):
            written += len(chunk)
            if written > settings.UPLOAD_MAX_BYTES:
                raise BadRequest(
                    "The zip's tables of people unpack to more than an upload may be.",
                    remedy="Send them as a folder of their own.",
                )
            file.write(chunk)
