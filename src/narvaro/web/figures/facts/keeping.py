"""Values that are dear to work out, kept in this process and on disk.

Everything here can be worked out again: the folder may be deleted at any time, and a file that
is torn or changed is worked out anew. It holds pupils' keys, so only its owner may read it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

T = TypeVar("T")
Plain = Any
"""What JSON can hold."""

ROOM = 600
"""How many values one process holds at a time; the longest unused goes first."""

MISSING = object()

_log = logging.getLogger(__name__)


class Shelf:
    """One ledger's values, by name. One thread at a time works something out."""

    def __init__(self, folder: Path, room: int = ROOM) -> None:
        self.folder = folder
        self.making = threading.RLock()
        self._room = room
        self._held: OrderedDict[str, object] = OrderedDict()

    def get(self, name: str, make: Callable[[], Plain], read: Callable[[Plain], T]) -> T:
        """The value of a name: held, read from disk, or made and put there.

        `make` gives it as JSON can hold it, `read` turns that into what is handed out; a file
        that `read` cannot take is made anew.
        """
        held = self._held.get(name, MISSING)
        if held is MISSING:
            with self.making:
                held = self._held.get(name, MISSING)
                if held is MISSING:
                    held = self._hold(name, self._read_or_made(name, make, read))
        return cast(T, held)

    def _read_or_made(self, name: str, make: Callable[[], Plain], read: Callable[[Plain], T]) -> T:
        found = self._from_disk(name, read)
        return self._made(name, make, read) if found is MISSING else cast(T, found)

    def put(self, name: str, value: Plain) -> None:
        """Keep a value that was worked out together with another."""
        self._held.pop(name, None)
        self._write(name, value)

    def has(self, name: str) -> bool:
        """The value is held or on disk, whole or not."""
        return name in self._held or self._path(name).is_file()

    def _made(self, name: str, make: Callable[[], Plain], read: Callable[[Plain], T]) -> T:
        value = make()
        self._write(name, value)
        return read(value)

    def _hold(self, name: str, value: object) -> object:
        self._held[name] = value
        while len(self._held) > self._room:
            self._held.popitem(last=False)
        return value

    def _path(self, name: str) -> Path:
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()[:40]}.json"

    def _from_disk(self, name: str, read: Callable[[Plain], T]) -> object:
        try:
            digest, _, text = self._path(name).read_text("utf-8").partition("\n")
            if hashlib.sha256(text.encode()).hexdigest() != digest:
                return MISSING
            return read(json.loads(text))
        except (OSError, ValueError, TypeError, LookupError):
            return MISSING

    def _write(self, name: str, value: Plain) -> None:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, scratch = tempfile.mkstemp(dir=self.folder, suffix=".new")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(f"{digest}\n{text}")
            Path(scratch).replace(self._path(name))
        except OSError:
            _log.warning("figures could not be kept on disk; they are worked out again next time")


def clear_others(folder: Path) -> None:
    """Delete the values of other ledgers and of older batches, beside the folder in use."""
    if not folder.parent.is_dir():
        return
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
