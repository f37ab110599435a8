"""What is wrong with a profile, each fault with the line of its key."""

from __future__ import annotations

from dataclasses import dataclass, field

from narvaro.errors import Fault


@dataclass(slots=True)
class Faults:
    """Collects faults, each with the line of the profile that its key stands on."""

    text: str
    found: list[Fault] = field(default_factory=list)

    def add(self, path: str, problem: str, remedy: str = "") -> None:
        self.found.append(self.made(path, problem, remedy))

    def made(self, path: str, problem: str, remedy: str) -> Fault:
        return Fault("profile", line_of(self.text, path), path, problem, remedy)


def line_of(text: str, path: str) -> int:
    """The line where a key stands; 0 when it is not there."""
    wanted = [part.casefold() for part in path.split(".")]
    table: list[str] = []
    for line, row in enumerate(text.splitlines(), start=1):
        plain = row.replace('"', "").strip().casefold()
        if plain.startswith("["):
            table = [part.strip() for part in plain.strip("[] ").split(".")]
            if table == wanted:
                return line
        key = [part.strip() for part in plain.split("=")[0].split(".")]
        if "=" in plain and (wanted == [*table, *key] or wanted[:-1] == [*table, *key]):
            return line
    return 0
