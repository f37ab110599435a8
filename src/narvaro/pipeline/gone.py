"""Which pupils a source told last and does not name now: a difference of sets, not of counts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from narvaro.engine import connect
from narvaro.engine.duck import literal
from narvaro.ledger.standing import joins
from narvaro.pipeline.ending import gone_by_school
from narvaro.pipeline.roster_told import People, enrolments_told

if TYPE_CHECKING:
    from datetime import date

    from narvaro.exchange import Delivery
    from narvaro.ledger import How, Ledger, Snapshot


def gone_pupils(ledger: Ledger, delivery: Delivery, how: How, today: date) -> dict[str, int]:
    """Count by school (`gone_pupils@SCHOOL`) whom the source told last and does not tell now.

    Of those whose enrolment there lasts; {} for a delivery without enrolments.
    """
    file = delivery.file("enrolments")
    if file is None:
        return {}
    pairs = connect().execute(
        f"SELECT DISTINCT pupil, school FROM read_parquet({literal(str(file))})"
    )
    snapshot, to_key = ledger.snapshot(), ledger.key_function(how)
    scope = how.pupil_scope or how.source
    numbers = _numbers(snapshot)
    people = People(joins(snapshot), {})
    told: defaultdict[str, set[str]] = defaultdict(set)
    for pupil, school in pairs.fetchall():
        kind = how.pupil_kinds.get(pupil)
        key = pupil if kind else to_key(f"pupil:{scope}", pupil)
        number = numbers.get((kind or scope, key))
        told[school].add(key if number is None else str(people.person(number)))
    enrolled = enrolments_told(snapshot, ledger.batches(), how.source)
    return gone_by_school(enrolled, told, people, today)


def _numbers(snapshot: Snapshot) -> dict[tuple[str, str], int]:
    rows = snapshot.engine.query(
        "SELECT scope, value, number FROM aliases WHERE kind = 'pupil'",
        tables=snapshot.tables("aliases"),
    )
    return {(scope, value): number for scope, value, number in rows}
