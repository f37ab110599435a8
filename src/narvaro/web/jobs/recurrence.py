"""When scheduled work is due: `every 15 minutes`, `daily 02:30`, `weekly mon 06:30`, `monthly 4 05:00`.

Times are local. Each due time has a *slot*, a name of the local day (or of the quarter of an
hour), so that the same work is not done twice when the clock is moved or summer time ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from narvaro.errors import BadRequest
from narvaro.web.accounts.clock import STOCKHOLM

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
_FORMS = (
    re.compile(r"every (?P<every>[1-9]\d{0,3}) minutes"),
    re.compile(rf"daily {_CLOCK}"),
    re.compile(rf"weekly (?P<weekday>{'|'.join(DAYS)}) {_CLOCK}"),
    re.compile(rf"monthly (?P<day>[1-9]|1\d|2[0-8]) {_CLOCK}"),
)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule that has been read. `every` in minutes, or a time of day on some days."""

    every: int = 0
    at: time = time(0)
    weekday: int | None = None
    day: int | None = None

    def latest(self, now: datetime) -> datetime:
        """The last due time that is not after `now`."""
        if self.every:
            return now - self._into(now)
        return next(one for one in self._back_from(now) if one <= now)

    def following(self, now: datetime) -> datetime:
        """The first due time after `now`."""
        if self.every:
            return now - self._into(now) + timedelta(minutes=self.every)
        return next(one for one in self._on_from(now) if one > now)

    def slot(self, due: datetime) -> str:
        """The name of a due time: its local day, or its place on the clock."""
        if self.every:
            return due.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
        return due.astimezone(STOCKHOLM).date().isoformat()

    def _into(self, now: datetime) -> timedelta:
        return timedelta(seconds=now.timestamp() % (self.every * 60))

    def _holds(self, day: date) -> bool:
        return self.weekday in (None, day.weekday()) and self.day in (None, day.day)

    def _on(self, day: date) -> datetime:
        return datetime.combine(day, self.at, STOCKHOLM).astimezone(UTC)

    def _back_from(self, now: datetime) -> Iterator[datetime]:
        here = now.astimezone(STOCKHOLM).date() + timedelta(days=1)
        days = (here - timedelta(days=back) for back in range(40))
        return (self._on(day) for day in days if self._holds(day))

    def _on_from(self, now: datetime) -> Iterator[datetime]:
        here = now.astimezone(STOCKHOLM).date() - timedelta(days=1)
        days = (here + timedelta(days=on) for on in range(40))
        return (self._on(day) for day in days if self._holds(day))


def read_rule(rule: str) -> Recurrence:
    """Read a rule. Raises BadRequest."""
    found = next((hit for form in _FORMS if (hit := form.fullmatch(rule))), None)
    if found is None:
        raise BadRequest(
            "The rule of a schedule is not understood.",
            remedy="Write 'every 15 minutes', 'daily 02:30', 'weekly mon 06:30' or "
            "'monthly 4 05:00'.",
        )
    said = found.groupdict()
    if said.get("every"):
        return Recurrence(every=int(said["every"]))
    weekday = DAYS.index(said["weekday"]) if said.get("weekday") else None
    day = int(said["day"]) if said.get("day") else None
    return Recurrence(at=time(int(said["hour"]), int(said["minute"])), weekday=weekday, day=day)
