"""What changed between two versions of a run: added, withdrawn, changed; each with why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["added", "withdrawn", "changed"]

_FIGURES = (
    "from",
    "to",
    "scheduled_minutes",
    "acknowledged_minutes",
    "valid_minutes",
    "invalid_minutes",
    "unclassified_minutes",
    "other_minutes",
    "outcome",
    "certainty",
    "flags_this_school_year",
    "school",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One pupil and rule whose outcome or figures are not what the version before said.

    `added`: flagged now, not before. `withdrawn`: flagged before, not now; the earlier version
    stays. `changed`: any other change of figures. `before` and `after` hold what differs.
    """

    kind: Kind
    pupil: str
    rule: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: Mapping[str, str]

    def as_record(self) -> dict[str, Any]:
        """The difference as JSON."""
        return asdict(self)


def differences(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> tuple[Difference, ...]:
    """List what changed, ordered by kind, pupil and rule."""
    old, new = _by_identity(before), _by_identity(after)
    found = [
        one
        for identity in {**old, **new}
        if (one := _difference(identity, old.get(identity), new.get(identity)))
    ]
    return tuple(sorted(found, key=lambda one: (one.kind, one.pupil, one.rule)))


def _by_identity(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(row["pupil"], row["rule"]): row for row in rows}


def _difference(
    identity: tuple[str, str], old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> Difference | None:
    changed = [name for name in _FIGURES if (old or {}).get(name) != (new or {}).get(name)]
    if not changed:
        return None
    was, is_now = _is_flagged(old), _is_flagged(new)
    kind: Kind = "changed" if was == is_now else "added" if is_now else "withdrawn"
    return Difference(kind, *identity, _some(old, changed), _some(new, changed), _why(old, new))


def _is_flagged(row: Mapping[str, Any] | None) -> bool:
    return row is not None and row["outcome"] == "flagged"


def _some(row: Mapping[str, Any] | None, names: Iterable[str]) -> dict[str, Any] | None:
    return None if row is None else {name: row.get(name) for name in names}


def _why(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> dict[str, str]:
    if old is None:
        return {"sv": "Eleven omfattas nu.", "en": "The pupil is in scope now."}
    if new is None:
        return {"sv": "Eleven omfattas inte längre.", "en": "The pupil is no longer in scope."}
    absent = (old["absent_minutes"], new["absent_minutes"])
    told = (old["acknowledged_minutes"], new["acknowledged_minutes"])
    return {
        "sv": f"Rättade registreringar: frånvarande {absent[0]} → {absent[1]} minuter av "
        f"{told[0]} → {told[1]} kvitterade.",
        "en": f"Corrected registrations: absent {absent[0]} → {absent[1]} minutes of "
        f"{told[0]} → {told[1]} acknowledged.",
    }
