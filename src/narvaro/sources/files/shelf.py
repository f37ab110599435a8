"""Where profiles are: files, and the shipped ones by name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from narvaro.errors import BadRequest, NotFound
from narvaro.sources.files.profile import Profile
from narvaro.sources.files.profile_check import profile_from_text


def shipped_profiles() -> Mapping[str, str]:
    """The profiles that come with Närvaro: name and TOML text."""
    folder = resources.files("narvaro.sources.files") / "profiles"
    files = sorted(folder.iterdir(), key=lambda item: item.name)
    return {
        item.name.removesuffix(".toml"): item.read_text("utf-8")
        for item in files
        if item.name.endswith(".toml")
    }


def read_profile(named: str | Path) -> Profile:
    """A profile by its path, or by the name of a shipped one.

    Raises InputRefused with all faults, NotFound when there is neither.
    """
    path = Path(named)
    if path.suffix == ".toml" or isinstance(named, Path):
        if not path.is_file():
            raise NotFound("There is no such profile file.", remedy="Check the path.")
        return profile_from_text(_text_of(path))
    shipped = shipped_profiles()
    if named not in shipped:
        raise NotFound(
            "No shipped profile has that name.", remedy=f"There are: {', '.join(shipped)}."
        )
    return profile_from_text(shipped[str(named)])


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (UnicodeDecodeError, OSError):
        raise BadRequest(
            "The profile cannot be read as text.", remedy="Save it as UTF-8."
        ) from None
