"""What agencies are told by the apps above: which routine they have a part in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from narvaro.programmes import Programme

RoutineOfDay = Callable[[date], Programme]
ROUTINE: list[RoutineOfDay] = []


def offer_routine(provider: RoutineOfDay) -> None:
    """The common routine of a day, whose steps agencies say their part in."""
    ROUTINE.append(provider)


def routine_on(day: date) -> Programme | None:
    """The routine of a day; None where nothing keeps routines."""
    return ROUTINE[0](day) if ROUTINE else None
