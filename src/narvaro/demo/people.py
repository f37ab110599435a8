"""Names, numbers and contacts of people who do not exist; for the web only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from narvaro.demo.days import epoch_day
from narvaro.demo.names import (
    FAMILY_NAMES,
    GIVEN_NAMES,
    LANGUAGES,
    personal_number,
    plain,
    temporary_number,
)
from narvaro.demo.registers import days_of, pupil_keys
from narvaro.demo.schools import School

if TYPE_CHECKING:
    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

    from narvaro.demo.registers import Row

PROTECTIONS = ("none", "marked", "protected_registration")
_PROTECTION_SHARES = (0.991, 0.006, 0.003)
_TEMPORARY = 0.002
_TWO_GUARDIANS = 0.85
OTHER_STAFF = 4
"""How many of a school's staff do not teach."""
STAFF = {
    "staff": "VARCHAR", "given_name": "VARCHAR", "family_name": "VARCHAR", "email": "VARCHAR",
    "role": "VARCHAR", "organisation": "VARCHAR", "class": "VARCHAR", "percentage": "INTEGER",
    "starts_on": "DATE", "ends_on": "DATE",
}  # fmt: skip


def protections(rng: Generator, pupils: int, fixed: Mapping[int, int]) -> NDArray[np.int64]:
    """Which of PROTECTIONS each pupil has; `fixed` decides for some."""
    drawn = rng.choice(len(PROTECTIONS), size=pupils, p=_PROTECTION_SHARES)
    for pupil, protection in fixed.items():
        drawn[pupil] = protection
    return drawn


def pupils(
    rng: Generator, birth_year: NDArray[np.int64], protection: NDArray[np.int64]
) -> dict[str, Any]:
    """Columns of the `pupils` table."""
    import numpy as np

    count = len(birth_year)
    january = np.array([epoch_day(date(year, 1, 1)) for year in range(1900, 2101)])
    born = days_of(january[birth_year - 1900] + rng.integers(0, 365, count))
    sex = np.array(["female", "male", "unknown"], dtype=object)
    return {
        "pupil": pupil_keys(np.arange(count)),
        "birth_date": born.tolist(),
        "sex": sex[rng.choice(3, size=count, p=(0.487, 0.51, 0.003))],
        "protection": np.array(PROTECTIONS, dtype=object)[protection],
    }


def identities(
    rng: Generator, birth_year: NDArray[np.int64], temporary: Sequence[int]
) -> tuple[dict[str, Any], NDArray[np.int64]]:
    """Columns of `identities`, and each pupil's family name by number."""
    import numpy as np

    count = len(birth_year)
    given = rng.integers(0, len(GIVEN_NAMES), count)
    family = rng.integers(0, len(FAMILY_NAMES), count)
    unnumbered = set(np.flatnonzero(rng.random(count) < _TEMPORARY).tolist()) | set(temporary)
    numbers = [
        temporary_number(year, n) if n in unnumbered else personal_number(year, n)
        for n, year in enumerate(birth_year.tolist())
    ]
    keys = pupil_keys(np.arange(count))
    return {
        "pupil": keys,
        "given_name": np.array(GIVEN_NAMES, dtype=object)[given],
        "family_name": np.array(FAMILY_NAMES, dtype=object)[family],
        "personal_number": numbers,
        "email": [f"{key.lower()}@elev.linnasa.example" for key in keys],
    }, family


def guardians(
    rng: Generator, family: NDArray[np.int64], protection: NDArray[np.int64]
) -> dict[str, Any]:
    """Columns of `guardians`: one or two for each pupil, protected where the pupil is."""
    import numpy as np

    second = np.flatnonzero(rng.random(len(family)) < _TWO_GUARDIANS)
    pupil = np.sort(np.concatenate([np.arange(len(family)), second]))
    number = np.arange(len(pupil))
    given = np.array(GIVEN_NAMES, dtype=object)[rng.integers(0, len(GIVEN_NAMES), len(pupil))]
    return {
        "pupil": pupil_keys(pupil),
        "guardian": [f"G{n:06}" for n in number.tolist()],
        "given_name": given,
        "family_name": np.array(FAMILY_NAMES, dtype=object)[family[pupil]],
        "contact": [f"g{n:06}@hem.linnasa.example" for n in number.tolist()],
        "language": np.array(LANGUAGES, dtype=object)[family[pupil] % len(LANGUAGES)],
        "protection": np.array(PROTECTIONS, dtype=object)[protection[pupil]],
    }


def staff_key(number: int) -> str:
    return f"S{number:05}"


def staff(
    rng: Generator,
    school: School,
    *,
    numbers: range,
    mentors: Mapping[int, str],
    year: int,
    last_year: int,
) -> list[Row]:
    """A school's principal, counsellor, nurse and teachers; the counsellor changes in spring."""
    begins, change = date(year, 7, 1), date(last_year + 1, 3, 1)
    roles = ["principal", "counsellor", "counsellor", "nurse"]
    roles += ["teacher"] * (len(numbers) - len(roles))
    rows: list[Row] = []
    for place, (number, role) in enumerate(zip(reversed(numbers), roles, strict=True)):
        given = GIVEN_NAMES[int(rng.integers(len(GIVEN_NAMES)))]
        family = FAMILY_NAMES[int(rng.integers(len(FAMILY_NAMES)))]
        email = f"{plain(given)}.{plain(family)}.{number}@linnasa.example"
        starts = change if place == 2 else begins
        ends = date(last_year + 1, 1, 31) if place == 1 else None
        percentage = 50 if role in ("counsellor", "nurse") else 100
        rows.append(
            (staff_key(number), given, family, email, role, school.key, mentors.get(number),
             percentage, starts, ends)
        )  # fmt: skip
    return rows
