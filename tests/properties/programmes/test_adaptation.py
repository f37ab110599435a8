"""Any adaptation that is let through is stricter than the common version, and written as it reads."""

from __future__ import annotations

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from narvaro.programmes import (
    ROLES,
    Adaptation,
    FormHere,
    Programme,
    PromptHere,
    StepHere,
    Text,
    adapt,
    check_adaptation,
    differences,
    due_on,
    forced_moves,
    load,
    misfits,
    programme_ids,
    read_adaptation,
    ways_of,
    write_adaptation,
)
from narvaro.programmes.model import Deadline
from narvaro.programmes.reading_adaptations import OUTSIDE
from narvaro.timetable import Calendar

PROGRAMMES = [load(one) for one in programme_ids()]
OWNERS = sorted(set(ROLES) - OUTSIDE)
WORDS = st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable() and text.strip())
TEXTS = st.builds(Text, WORDS, WORDS)
DEADLINES = st.none() | st.builds(
    Deadline, st.sampled_from(["school-days", "days"]), st.integers(1, 30)
)


@st.composite
def adaptations(draw: st.DrawFn, programme: Programme) -> Adaptation:
    names = [step.id for step in programme.steps]
    chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=4))
    forms = tuple(f"own-{n}" for n in range(draw(st.integers(0, 2)) if chosen else 0))
    steps = tuple(
        StepHere(
            step=name,
            why=draw(st.none() | TEXTS),
            guidance=tuple(draw(st.lists(TEXTS, max_size=2, unique=True))),
            owner=draw(st.none() | st.sampled_from(OWNERS)),
            deadline=draw(DEADLINES),
            within=draw(st.none() | st.integers(0, 30)),
            forms=forms if name == chosen[0] else (),
        )
        for name in chosen
    )
    return Adaptation(
        programme=programme.id,
        version=programme.version,
        by=draw(WORDS),
        decided_on=draw(st.dates(date(1990, 1, 1), date(2100, 12, 31))),
        why=draw(TEXTS),
        steps=steps,
        forms=tuple(FormHere(id=name, name=draw(TEXTS)) for name in forms),
        prompts=tuple(
            PromptHere(id=f"mine-{n}", steps=tuple(chosen), text=draw(TEXTS), why=None)
            for n in range(draw(st.integers(0, 2)))
        ),
        fingerprint="",
    )


PAIRS = st.sampled_from(PROGRAMMES).flatmap(
    lambda programme: st.tuples(st.just(programme), adaptations(programme))
)


@given(pair=PAIRS)
def test_what_is_written_is_read_as_the_same(pair: tuple[Programme, Adaptation]) -> None:
    text = write_adaptation(pair[1])
    assert check_adaptation(text.encode()) == ()
    assert write_adaptation(read_adaptation(text.encode())) == text


@given(pair=PAIRS, began=st.dates(date(2015, 1, 1), date(2030, 1, 1)))
def test_no_adaptation_gives_more_time_or_fewer_demands(
    pair: tuple[Programme, Adaptation], began: date
) -> None:
    common, adaptation = pair
    assume(not misfits(common, adaptation))
    here = adapt(common, adaptation)
    assert here.rules == common.rules
    assert forced_moves(here) == forced_moves(common)
    assert ways_of(here) == ways_of(common)
    for step in common.steps:
        mine = here.step(step.id)
        due, due_here = (due_on(each, began, Calendar()) for each in (step, mine))
        assert due
        assert due_here
        assert due_here <= due
        assert set(step.evidence) <= set(mine.evidence)
        assert {step.owner, *step.takes_part} <= {mine.owner, *mine.takes_part}
        assert mine.duties == step.duties


@given(pair=PAIRS)
def test_everything_that_differs_is_told_with_who_and_why(
    pair: tuple[Programme, Adaptation],
) -> None:
    common, adaptation = pair
    assume(not misfits(common, adaptation))
    here = adapt(common, adaptation)
    found = differences(common, here)
    alike = (here.steps, here.forms, here.prompts) == (common.steps, common.forms, common.prompts)
    assert bool(found) is not alike
    assert all(difference.by == adaptation.by and difference.why for difference in found)


@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_bytes_give_faults_and_no_crash(content: bytes) -> None:
    assert check_adaptation(content)
