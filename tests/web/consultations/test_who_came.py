"""Places and who filled them: came, sent somebody, told, stayed away without a word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from narvaro.web.consultations.rules import CAME, Outcome, Said, counted, outcomes


def test_who_is_absent_and_had_said_so_has_told_and_others_have_not() -> None:
    asked = [Said(1, True, False), Said(2, False, False), Said(3, False, True)]

    assert outcomes(asked) == [Outcome.TOLD, Outcome.NO_SHOW, Outcome.PRESENT]


def test_a_substitute_fills_the_place_of_the_one_who_told() -> None:
    came = [Said(1, True, False), Said(2, False, True, instead_of=1)]
    did_not = [Said(1, True, False), Said(2, False, False, instead_of=1)]

    assert outcomes(came) == [Outcome.SUBSTITUTE]
    assert outcomes(did_not) == [Outcome.NO_SHOW]


def test_a_substitute_of_a_substitute_is_still_the_one_place() -> None:
    chain = [
        Said(1, True, False),
        Said(2, True, False, instead_of=1),
        Said(3, False, True, instead_of=2),
    ]

    assert outcomes(chain) == [Outcome.SUBSTITUTE]


def test_who_came_after_all_counts_as_there_whatever_was_said() -> None:
    assert outcomes([Said(1, True, True)]) == [Outcome.PRESENT]
    assert outcomes([Said(1, True, True), Said(2, False, False, instead_of=1)]) == [Outcome.PRESENT]


def test_what_is_not_noted_is_in_no_count() -> None:
    counts = counted([[Said(1, False, None), Said(2, False, True)]])

    assert (counts.places, counts.came, counts.no_shows) == (1, 1, 0)
    assert counted([]).share is None


def test_a_consultation_nobody_came_to_is_counted_as_one() -> None:
    counts = counted([[Said(1, False, False)], [Said(2, False, True)], [Said(3, True, False)]])

    assert (counts.held, counts.empty, counts.share) == (3, 2, (1, 3))


@st.composite
def consultations(draw: st.DrawFn) -> list[Said]:
    """People asked, some of them instead of somebody who said no; everybody is noted."""
    made: list[Said] = []
    replaced: set[int] = set()
    for key in range(draw(st.integers(0, 8))):
        free = [one.key for one in made if one.declined and one.key not in replaced]
        instead = draw(st.sampled_from([None, *free])) if free else None
        if instead is not None:
            replaced.add(instead)
        made.append(Said(key, draw(st.booleans()), draw(st.booleans()), instead))
    return made


@given(consultations())
def test_every_place_has_one_outcome_and_the_counts_add_up(asked: list[Said]) -> None:
    found = outcomes(asked)
    counts = counted([asked])

    assert len(found) == sum(one.instead_of is None for one in asked)
    assert counts.places == counts.came + counts.told + counts.no_shows == len(found)
    assert bool(counts.empty) == (not any(one in CAME for one in found))
    assert not (counts.came and not any(one.was_present for one in asked))
