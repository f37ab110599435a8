"""How one source is reached and read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

RESOURCES: Final = (
    "organisations",
    "groups",
    "duties",
    "persons",
    "activities",
    "calendarEvents",
    "attendances",
    "absences",
    "aggregatedAttendance",
    "deletedEntities",
)
"""What is read, in this order."""

REASON_WORDS: Final = ("notified", "leave", "other_valid", "none", "other_activity")
SHORTEST_OVERLAP: Final = 10

REASONS: Final = {
    "anmäld frånvaro": "notified",
    "anmäld": "notified",
    "sjuk": "notified",
    "sjukdom": "notified",
    "beviljad ledighet": "leave",
    "ledighet": "leave",
    "läkarbesök": "other_valid",
    "tandläkare": "other_valid",
    "giltig frånvaro": "other_valid",
    "oanmäld frånvaro": "none",
    "ogiltig frånvaro": "none",
    "okänd": "none",
    "elevråd": "other_activity",
    "prao": "other_activity",
    "studiebesök": "other_activity",
}
"""The usual reasons, in small letters; a profile's own table comes before it."""


@dataclass(frozen=True, slots=True)
class Access:
    """How the server is convinced; secrets stand in files or the environment, never here."""

    kind: str = "bearer"
    token_env: str = ""
    token_file: str = ""
    token_url: str = ""
    client_id: str = ""
    secret_env: str = ""
    secret_file: str = ""
    scope: str = ""
    send: str = "auto"
    certificate_file: str = ""
    certificate_key_file: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One source; the defaults are what the standard says.

    `naive_times`: a zone for times without an offset, empty to refuse them. `tests` says whether
    test activities count as lessons. `reread_weeks` are read again with every load, because a
    lesson does not count as changed when attendance on it does.
    """

    name: str = "ss12000"
    base_url: str = ""
    base_urls: Mapping[str, str] = field(default_factory=dict)
    zone: str = "Europe/Stockholm"
    naive_times: str = ""
    organisations: tuple[str, ...] = ()
    read: tuple[str, ...] = RESOURCES
    page_size: int = 1_000
    max_pages: int = 10_000
    largest_page_mb: int = 64
    repeat_parameters: str = "auto"
    aggregated: str = "auto"
    tests: str = "with_attendance"
    reread_weeks: int = 4
    overlap_minutes: int = 15
    attempts: int = 6
    timeout_seconds: int = 60
    longest_wait_seconds: int = 300
    allow_http: bool = False
    access: Access = field(default_factory=Access)
    headers: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=lambda: dict(REASONS))

    @property
    def local_zone(self) -> ZoneInfo:
        """Where the schools are."""
        return ZoneInfo(self.zone)

    @property
    def naive_zone(self) -> ZoneInfo | None:
        """How a time without an offset is read; None refuses it."""
        return ZoneInfo(self.naive_times) if self.naive_times else None

    def url_of(self, resource: str) -> str:
        """Return the address of a resource."""
        return f"{self.base_urls.get(resource, self.base_url).rstrip('/')}/{resource}"
