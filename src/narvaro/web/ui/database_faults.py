"""What is the matter with the database: busy for a moment, or something for whoever runs it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from django.db import Error

# "Result and Error Codes" of SQLite: the primary codes (the low eight bits)
_SQLITE = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read only",
    sqlite3.SQLITE_PERM: "gone",
    sqlite3.SQLITE_CANTOPEN: "gone",
    sqlite3.SQLITE_IOERR: "gone",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}
# "PostgreSQL Error Codes", appendix A of its manual: whole codes or their classes
_POSTGRESQL = {
    "55P03": "busy",  # a lock was not to be had
    "57014": "busy",  # took too long
    "40": "busy",  # two at once: serialisation, deadlock
    "53300": "busy",  # too many connections
    "53100": "full",
    "25006": "read only",
    "42P01": "not migrated",
    "42703": "not migrated",
    "08": "gone",
    "57P": "gone",
    "58": "gone",
    "XX": "damaged",
}
_MISSING = ("no such table", "no such column", "has no column")


@dataclass(frozen=True, slots=True)
class DatabaseFault:
    """A kind of fault, and what whoever runs the system does about it."""

    kind: str
    remedy: str

    @property
    def passes(self) -> bool:
        """It is over by itself in a moment."""
        return self.kind == "busy"


_REMEDIES = {
    "busy": "If it happens often: fewer processes, or PostgreSQL (docs/operate/settings.md).",
    "full": "Free room where NARVARO_DATABASE lies; nothing needs to be mended afterwards.",
    "read only": "Let the account that runs the application write to NARVARO_DATABASE and its folder.",
    "not migrated": "Run `narvaro-web migrate` with the version that is running.",
    "gone": "See that NARVARO_DATABASE is there, can be reached and takes connections; ask /redo/.",
    "damaged": "Stop the application and restore the latest backup (docs/operate/backup-and-restore-web.md).",
}


def database_fault(error: BaseException | None) -> DatabaseFault | None:
    """Which fault of the database an error is; None when it is no such fault (a fault of ours)."""
    if not isinstance(error, Error):
        return None
    kind = _kind(error.__cause__ or error)
    return None if kind is None else DatabaseFault(kind, _REMEDIES[kind])


def _kind(cause: BaseException) -> str | None:
    number = getattr(cause, "sqlite_errorcode", None)
    if number is not None:
        is_missing = number == sqlite3.SQLITE_ERROR and str(cause).startswith(_MISSING)
        return "not migrated" if is_missing else _SQLITE.get(number & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state:
        found = (_POSTGRESQL.get(state[:length]) for length in (5, 3, 2))
        return next((kind for kind in found if kind), None)
    is_lost = type(cause).__name__ in ("OperationalError", "InterfaceError")
    return "gone" if is_lost else None
