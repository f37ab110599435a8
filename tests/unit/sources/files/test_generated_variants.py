"""Files in many guises: the guess is right, or says that it cannot tell; never wrong in silence."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from tests.unit.sources.files.variant_check import Judgement, judge
from tests.unit.sources.files.variants import Variant, make

FIRST_SEED = 20_261_115
LONG = os.environ.get("NARVARO_LONG") == "1"
VARIANTS = 200
HARD_VARIANTS = 1_000 if LONG else 60


def judged(seeds: range, folder: Path, *, hard: bool = False) -> list[tuple[Variant, Judgement]]:
    variants = [make(seed, folder, hard=hard) for seed in seeds]
    return [(variant, judge(variant, folder / str(variant.seed))) for variant in variants]


def told(found: list[tuple[Variant, Judgement]], verdict: str) -> list[str]:
    return [
        f"seed {variant.seed}: {'; '.join(judgement.why)}"
        for variant, judgement in found
        if judgement.verdict == verdict
    ]


def test_of_200_variants_at_least_95_per_cent_are_guessed_right_and_none_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = judged(range(FIRST_SEED, FIRST_SEED + VARIANTS), tmp_path)

    verdicts = Counter(judgement.verdict for _, judgement in found)
    with capsys.disabled():
        print(f"\nvariants from seed {FIRST_SEED}: {dict(verdicts)}")  # noqa: T201
    assert told(found, "wrong") == []
    assert verdicts["right"] >= 0.95 * VARIANTS, told(found, "cannot tell")


def test_what_nobody_can_be_sure_of_is_said_to_be_open(tmp_path: Path) -> None:
    found = judged(range(1, 1 + HARD_VARIANTS), tmp_path, hard=True)

    assert told(found, "wrong") == []
    assert told(found, "cannot tell")


@pytest.mark.long
@pytest.mark.skipif(not LONG, reason="the counts of ./test --long")
def test_of_2000_variants_none_is_wrong_in_silence(tmp_path: Path) -> None:
    found = judged(range(1, 2_001), tmp_path)

    assert told(found, "wrong") == []
    assert len(told(found, "right")) >= 0.95 * 2_000
