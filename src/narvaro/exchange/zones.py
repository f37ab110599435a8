"""Time zones that a source may be read with."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from narvaro.errors import BadRequest


def check_zone(zone: str | None) -> None:
    """Raise BadRequest unless `zone` is None or names a time zone."""
    if zone is None:
        return
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise BadRequest(
            f"{zone!r} is not a time zone.", remedy="Write it as Europe/Stockholm."
        ) from unknown
