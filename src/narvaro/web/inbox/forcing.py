"""Counters that reached their limit: the one thing the routine does by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narvaro.programmes import forced_moves
from narvaro.timetable import Month, SchoolYear
from narvaro.web.accounts.models import Account, Unit
from narvaro.web.cases.actions import make_task
from narvaro.web.cases.models import Case, TaskKind
from narvaro.web.figures.facts import programmes_in_force
from narvaro.web.inbox.places import Places
from narvaro.web.pupils.models import Pupil

if TYPE_CHECKING:
    from narvaro.pipeline import Run

CONTROL = "control"


def force(run: Run, places: Places) -> int:
    """A counter that reached its limit makes a task that no role can take away (A-R-46).

    Once for each pupil, counter and school year, and only where the programme is run.
    """
    year = SchoolYear.holding(Month.of(*map(int, str(run.receipt["at"]).split("-"))).last_day)
    forced = 0
    roles = _roles(run)
    reached = {
        (row["pupil"], counter): row
        for row in run.rows
        for counter, said in row["counters"].items()
        if said["reached"] and row["outcome"] == "flagged" and row["arm"] != CONTROL
    }
    for (key, counter), row in reached.items():
        pupil = Pupil.objects.filter(
            authority=places.authority, key=key, is_counted_only=False
        ).first()
        school = places.schools.get(row["school"] or "")
        if pupil is None or school is None:
            continue
        to = places.held(roles.get(counter, "student_health_team"), pupil, school)
        if to is not None:
            forced += _task(pupil, school, about=f"{counter} {year}", to=to, places=places)
    return forced


def _task(pupil: Pupil, school: Unit, *, about: str, to: Account, places: Places) -> bool:
    before = pupil.tasks.filter(kind=TaskKind.FORCED_MOVE, about=about).exists()
    make_task(
        pupil,
        school,
        kind=TaskKind.FORCED_MOVE,
        about=about,
        case=Case.objects.still_open().filter(pupil=pupil, authority=places.authority).first(),
        to=to,
        at=places.now,
        on=places.today,
        due_on=places.due_on(school),
    )
    return not before


def _roles(run: Run) -> dict[str, str]:
    """Which role each counter of the run's programme asks."""
    month_end = Month.of(*map(int, str(run.receipt["at"]).split("-"))).last_day
    found = [one for one in programmes_in_force(month_end) if one.id == run.receipt["programme"]]
    return {move.counter: move.role for one in found for move in forced_moves(one)}
