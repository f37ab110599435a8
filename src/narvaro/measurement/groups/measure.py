"""How many pupils of a group lie in which band of absence, and the group's own minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, NamedTuple

from narvaro.errors import BadRequest
from narvaro.ledger import Snapshot
from narvaro.ledger.schools import Schools
from narvaro.ledger.standing import Enrolment, joins, standing
from narvaro.measurement.absence import AbsenceRow, Question, answer
from narvaro.measurement.absence.row import SUMMED
from narvaro.measurement.groups.bands import FLOOR, LIMITS, Band, band_of, bands_of
from narvaro.shares import limit_in_words, share_of, share_record
from narvaro.timetable import At, Period, Window, local_day, parse_window

By = Literal["class", "grade", "sex", "school", "municipality"]
WAYS: tuple[By, ...] = ("class", "grade", "sex", "school", "municipality")


class Group(NamedTuple):
    """What pupils have in common; a class is one of its school. None: nobody told."""

    name: str | None
    school: str | None = None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group over a window: its pupils by band of absence, and their minutes together.

    Every pupil is measured over all schools, and belongs to the group of the newest enrolment begun
    by the window's last day (or the day of asking, if that is earlier). `counts` are the pupils of
    each band; they add up to `pupils_measured`, the denominator of their shares. Pupils without
    lessons, with too little acknowledged, or with a sum over the window's edge are `cannot_tell`.
    """

    by: By
    group: Group
    period: Period
    bands: tuple[Band, ...]
    counts: tuple[int, ...]
    cannot_tell: int
    minutes: AbsenceRow

    @property
    def pupils(self) -> int:
        """Everybody of the group."""
        return self.pupils_measured + self.cannot_tell

    @property
    def pupils_measured(self) -> int:
        """Those whose band can be told."""
        return sum(self.counts)

    def as_record(self) -> dict[str, Any]:
        """The row as the command line's JSON contract has it (docs/reference/command-line.md)."""
        minutes = self.minutes.as_record()
        for name in ("pupil", "precision", "cannot_tell"):
            del minutes[name]
        return {
            self.by: self.group.name,
            **({"school": self.group.school} if self.by == "class" else {}),
            "pupils": self.pupils,
            "pupils_measured": self.pupils_measured,
            "cannot_tell": self.cannot_tell,
            "bands": [
                self._band_record(band, count)
                for band, count in zip(self.bands, self.counts, strict=True)
            ],
            **minutes,
        }

    def _band_record(self, band: Band, count: int) -> dict[str, Any]:
        return {
            "from": _plain(band.from_limit),
            "under": _plain(band.under_limit),
            "pupils": count,
            "share_of_measured": share_record(share_of(count, self.pupils_measured)),
            "words": {"sv": band.in_words("sv"), "en": band.in_words("en")},
        }


def groups(
    snapshot: Snapshot,
    *,
    window: Window | str,
    by: By,
    at: At | None = None,
    known_at: datetime | None = None,
    limits: Sequence[Fraction] = LIMITS,
    floor: Fraction = FLOOR,
) -> list[GroupRow]:
    """Count the pupils of every group in bands of absence over a window.

    `limits` are per cent, lowest first; each opens a band. `floor` is the coverage (per cent) from
    which the share of acknowledged minutes may decide. `known_at` defaults to now. Raises
    BadRequest.
    """
    found = groups_by(
        snapshot, window=window, ways=(by,), at=at, known_at=known_at, limits=limits, floor=floor
    )
    return found[by]


def groups_by(
    snapshot: Snapshot,
    *,
    window: Window | str,
    ways: Sequence[By],
    at: At | None = None,
    known_at: datetime | None = None,
    limits: Sequence[Fraction] = LIMITS,
    floor: Fraction = FLOOR,
) -> Mapping[By, list[GroupRow]]:
    """Count as `groups` does in several ways, of pupils measured once."""
    for by in ways:
        _require_known(by)
    bands = bands_of(limits)
    asked = parse_window(window) if isinstance(window, str) else window
    question = Question(snapshot, asked, at, known_at or datetime.now(UTC))
    measured = [(row, band_of(row, limits, floor)) for row in answer(question)]
    return {by: _grouped(Placing(question, by), measured, bands) for by in ways}


def _require_known(by: By) -> None:
    if by not in WAYS:
        raise BadRequest(f"Pupils cannot be grouped by {by!r}.", remedy=f"Use {', '.join(WAYS)}.")


def _grouped(
    placing: Placing,
    measured: Sequence[tuple[AbsenceRow, int | None]],
    bands: tuple[Band, ...],
) -> list[GroupRow]:
    members: defaultdict[Group, list[tuple[AbsenceRow, int | None]]] = defaultdict(list)
    for one in measured:
        members[placing.group_of(one[0])].append(one)
    return [
        _counted(placing.by, group, members[group], bands)
        for group in sorted(members, key=_in_order)
    ]


def _counted(
    by: By,
    group: Group,
    measured: Sequence[tuple[AbsenceRow, int | None]],
    bands: tuple[Band, ...],
) -> GroupRow:
    rows, found = [row for row, _ in measured], [band for _, band in measured]
    period = Period(min(row.from_on for row in rows), max(row.to_on for row in rows))
    return GroupRow(
        by=by,
        group=group,
        period=period,
        bands=bands,
        counts=tuple(found.count(number) for number in range(len(bands))),
        cannot_tell=found.count(None),
        minutes=_together(rows, period),
    )


def _together(rows: Sequence[AbsenceRow], period: Period) -> AbsenceRow:
    """The minutes of a group as one row, of no pupil."""
    names = (*SUMMED, "from_summaries")
    sums: dict[str, Any] = {name: sum(getattr(row, name) for row in rows) for name in names}
    return AbsenceRow("", None, period.from_on, period.to_on, **sums)


@dataclass(frozen=True)
class Placing:
    """Which group a pupil belongs to on the last day of a window that can be known of."""

    question: Question
    by: By

    def group_of(self, row: AbsenceRow) -> Group:
        """The group of a measured pupil."""
        if self.by == "sex":
            return Group(self._sexes.get(row.number) or "unknown")
        place = self._place(row)
        if place is None:
            return Group(None)
        school = self._schools.keys[place.school]
        if self.by == "class":
            return Group(place.class_, school)
        if self.by == "grade":
            return Group(place.grade)
        return Group(school if self.by == "school" else self._schools.authority(place.school))

    def _place(self, row: AbsenceRow) -> Enrolment | None:
        """The newest enrolment begun by the day, of those that reach into the window."""
        day = min(row.to_on, local_day(self.question.known_at))
        held = [
            one
            for one in self.question.roster.get(row.number, ())
            if one.starts_on <= day and one.ends_on >= row.from_on
        ]
        return max(held, key=lambda one: (one.starts_on, one.ends_on, one.school), default=None)

    @cached_property
    def _schools(self) -> Schools:
        return Schools(self.question.snapshot, self.question.known_at)

    @cached_property
    def _sexes(self) -> Mapping[int, str | None]:
        joined = joins(self.question.snapshot)
        rows = standing(self.question.snapshot, "pupils", self.question.known_at)
        return {joined.get(row["pupil"], row["pupil"]): row["sex"] for row in rows}


def _in_order(group: Group) -> tuple[str, int, str]:
    name = group.name or ""
    return group.school or "", len(name) if name.isdigit() else 0, name


def _plain(limit: Fraction | None) -> str | None:
    """A limit in per cent as decimal text: `12.5`."""
    return None if limit is None else limit_in_words(limit, "en").removesuffix(" %")
