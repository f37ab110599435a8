"""Settings from the environment, strictly: a wrong value stops the start and says what is wrong."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from narvaro.errors import BadRequest

PREFIX = "NARVARO_"
YES, NO = ("1", "true", "yes"), ("0", "false", "no", "")


class SettingRefused(BadRequest):
    """A setting that cannot be meant; the message says which and how to write it."""


@dataclass(slots=True)
class Environment:
    """Reads `NARVARO_…`; remembers what was asked for, so that a misspelt name is found."""

    given: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    asked: set[str] = field(default_factory=set)

    def text(self, name: str, default: str = "") -> str:
        """The value of `NARVARO_<name>`, or the default when it is absent or empty."""
        self.asked.add(PREFIX + name)
        return self.given.get(PREFIX + name, "").strip() or default

    def is_on(self, name: str, *, default: bool = False) -> bool:
        """A switch: 1, true, yes or 0, false, no."""
        value = self.text(name, "yes" if default else "no").lower()
        if value not in YES + NO:
            raise SettingRefused(f"{PREFIX}{name} is neither yes nor no. Write 1 or 0.")
        return value in YES

    def whole(self, name: str, default: int, *, low: int, high: int) -> int:
        """A whole number between two limits, both allowed."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise SettingRefused(f"{PREFIX}{name} is no whole number from {low} to {high}.")
        return int(value)

    def day(self, name: str) -> date | None:
        """A date written as 2027-02-01, or None."""
        value = self.text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise SettingRefused(f"{PREFIX}{name} is no date. Write it as 2027-02-01.") from None

    def hour(self, name: str) -> time | None:
        """A time of day written as 10:00, or None."""
        value = self.text(name)
        try:
            return time.fromisoformat(value) if value else None
        except ValueError:
            raise SettingRefused(f"{PREFIX}{name} is no time. Write it as 10:00.") from None

    def path(self, name: str, default: Path) -> Path:
        """A file or folder; `~` is the home folder."""
        return Path(self.text(name, str(default))).expanduser().resolve()

    def words(self, name: str, default: str) -> list[str]:
        """Words with commas between."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def secret(self, name: str, default: Path, *, length: int) -> bytes:
        """The bytes of a secret's file; it has to be there, long enough and for its owner only."""
        path = self.path(name, default)
        if not path.is_file():
            raise SettingRefused(
                f"{PREFIX}{name}: no file at {path}. "
                "Make the secrets with `narvaro-web make-secrets`, or name the file."
            )
        if path.stat().st_mode & 0o077:
            raise SettingRefused(f"{PREFIX}{name}: others can read {path}. Run `chmod 600` on it.")
        found = path.read_bytes()
        if len(found) < length:
            raise SettingRefused(f"{PREFIX}{name}: {path} holds fewer than {length} bytes.")
        return found

    def password(self, name: str) -> str:
        """A password from a file that only its owner reads; the line's end is not part of it."""
        found = self.secret(name, Path("mail.password"), length=1)
        try:
            return found.decode("utf-8").strip("\r\n")
        except UnicodeDecodeError:
            raise SettingRefused(f"{PREFIX}{name}: the file is not text in UTF-8.") from None

    def database(self, name: str, default: Path) -> dict[str, object]:
        """Django's description of the database: a file for SQLite, or `postgresql://…`."""
        value = self.text(name)
        if not value:
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
        parts = urlsplit(value)
        if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
            raise SettingRefused(
                f"{PREFIX}{name} is no address of a database. "
                "Write postgresql://USER:PASSWORD@HOST/NAME, or leave it out for SQLite."
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.strip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
        }

    def nothing_unknown(self, *known: str) -> None:
        """Refuse names with our prefix that no setting has."""
        allowed = self.asked | {PREFIX + name for name in known}
        unknown = sorted(n for n in self.given if n.startswith(PREFIX) and n not in allowed)
        if unknown:
            raise SettingRefused(
                f"Unknown settings: {', '.join(unknown)}. See docs/operate/settings.md."
            )
