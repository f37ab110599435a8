"""The programmes that are shipped, and those a municipality has written itself."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from narvaro.errors import BadRequest, Fault, InputRefused, NotFound, StorageFailed
from narvaro.programmes.defaults import with_defaults
from narvaro.programmes.links import check_links
from narvaro.programmes.programme import Programme
from narvaro.programmes.reading import LARGEST_FILE, Reading, Row, read_bytes
from narvaro.programmes.schema import TABLES

_LIBRARY = resources.files("narvaro.programmes") / "library"


def programme_ids() -> tuple[str, ...]:
    """The ids of the shipped programmes, in order."""
    files = (entry.name for entry in _LIBRARY.iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in files))


def load(id_or_path: str | Path) -> Programme:
    """A shipped programme by its id, or any by the path of its .toml file.

    Raises BadRequest for an unknown id, NotFound for a missing file, and InputRefused with all
    the faults of a file that cannot be used.
    """
    return _loaded(_content(id_or_path), f"The programme {id_or_path}")


def load_text(text: str) -> Programme:
    """The programme of a kept text. Raises InputRefused with all the faults of one."""
    return _loaded_before(text.encode("utf-8", "surrogatepass"))


def text_of(id_or_path: str | Path) -> str:
    """The text of a programme's file, which can be kept and read again with `load_text`."""
    return _content(id_or_path).decode("utf-8-sig")


@lru_cache(maxsize=64)  # a page of cases asks for the same few again and again
def _loaded_before(content: bytes) -> Programme:
    return _loaded(content, "The programme")


def _loaded(content: bytes, called: str) -> Programme:
    reading = _checked(content)
    if reading.faults:
        raise InputRefused(called, reading.faults)
    return _build(reading, sha256(content).hexdigest())


def check(id_or_path: str | Path) -> tuple[Fault, ...]:
    """Every fault of a programme file, in the order of its lines; none when it can be used.

    Raises as `load` when there is no such programme or file.
    """
    return tuple(_checked(_content(id_or_path)).faults)


def check_text(text: str) -> tuple[Fault, ...]:
    """Every fault of a programme's text."""
    return tuple(_checked(text.encode("utf-8", "surrogatepass")).faults)


def _content(id_or_path: str | Path) -> bytes:
    text = str(id_or_path)
    if isinstance(id_or_path, str) and text in programme_ids():
        return (_LIBRARY / f"{text}.toml").read_bytes()
    if isinstance(id_or_path, str) and not text.endswith(".toml"):
        raise BadRequest(
            "There is no programme with that id.",
            remedy=f"Shipped are {', '.join(programme_ids())}; your own is given as FILE.toml.",
        )
    try:
        with Path(text).open("rb") as file:
            return file.read(4 * LARGEST_FILE + 4)
    except (FileNotFoundError, IsADirectoryError, ValueError) as missing:
        remedy = "Check the path; a shipped programme is given by its id."
        raise NotFound(f"There is no programme file {text!r}.", remedy=remedy) from missing
    except OSError as failed:
        remedy = "Check that it can be read."
        raise StorageFailed(
            f"The programme file {text!r} cannot be read.", remedy=remedy
        ) from failed


def _checked(content: bytes) -> Reading:
    reading = read_bytes(content)
    if reading.rows:
        check_links(reading)
    reading.faults.sort(key=lambda fault: (fault.line, fault))
    return reading


def _build(reading: Reading, fingerprint: str) -> Programme:
    parts: dict[str, Any] = {
        name: tuple(map(_built, rows)) for name, rows in reading.rows.items() if name
    }
    single = {table.name: parts[table.name][0] for table in TABLES if not table.repeated}
    return with_defaults(Programme(**_top(reading), **(parts | single), fingerprint=fingerprint))


def _top(reading: Reading) -> dict[str, Any]:
    return {name: value for name, value in reading.top().values.items() if name != "schema"}


def _built(row: Row) -> object:
    return row.table.builds(**row.values)
