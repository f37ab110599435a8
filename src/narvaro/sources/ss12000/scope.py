"""Which organisations were asked for, with everything below them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Scope:
    """The organisations wanted; without any, all of them are."""

    wanted: tuple[str, ...] = ()
    parents: dict[str, str | None] = field(default_factory=dict)
    _inside: dict[str, bool] = field(default_factory=dict)

    def learn(self, organisation: str, parent: str | None) -> None:
        """Remember an organisation and what it belongs to."""
        self.parents[organisation] = parent
        self._inside.clear()

    def wants(self, organisation: str | None) -> bool:
        """Whether the organisation is one of those wanted or below one; unknown ones are not."""
        if not self.wanted:
            return True
        if organisation is None:
            return False
        if organisation not in self._inside:
            self._inside[organisation] = any(
                one in self.wanted for one in self._upwards(organisation)
            )
        return self._inside[organisation]

    def is_above(self, organisation: str) -> bool:
        """Whether one of those wanted is below the organisation."""
        return any(organisation in self._upwards(one) for one in self.wanted)

    def parent_of(self, organisation: str) -> str | None:
        """Return what the organisation belongs to, if that is known and leads upwards."""
        parent = self.parents.get(organisation)
        if parent not in self.parents or organisation in self._upwards(parent):
            return None
        return parent

    def unknown(self) -> tuple[str, ...]:
        """Return those wanted that the server did not name."""
        return tuple(one for one in self.wanted if one not in self.parents)

    @property
    def only(self) -> str | None:
        """Return the one organisation that was asked for, if it is one."""
        return self.wanted[0] if len(self.wanted) == 1 else None

    def _upwards(self, organisation: str) -> list[str]:
        path: list[str] = []
        at: str | None = organisation
        while at is not None and at not in path:
            path.append(at)
            at = self.parents.get(at)
        return path
