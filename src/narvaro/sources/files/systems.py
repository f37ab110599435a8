"""How attendance systems differ in what they mean by reported, and the keys that say so."""

from __future__ import annotations

from typing import Final

SYSTEMS: Final = (
    (
        "An absence the home has announced is written into the lesson at once, and the teacher "
        "need not report the lesson (Unikum describes this).",
        'mark the words `announced = true`; leave `announced_row_means = "unknown"`',
        "Another pupil's row can still acknowledge the lesson; the announcement alone never does.",
    ),
    (
        "An announced absence is in the list, but is no registration until the teacher has "
        "acknowledged the lesson (described of Dexter).",
        'mark the words `announced = true`; `announced_becomes = "announcement"`',
        "It is kept as an announced absence and counts in no lesson.",
    ),
    (
        "A state of the lesson says that it is not reported (Skola24 shows such lessons apart).",
        'give the word `bucket = "unknown"` and `acknowledged = "no"`',
        "The lesson is not acknowledged for the pupil, whatever other rows say.",
    ),
    (
        "Reasons for absence are the municipality's own, and some do not count as absence "
        "(Skola24 has a tick for it).",
        "`counts_as_absence = false` on the word",
        "The minutes are kept as another school activity.",
    ),
    (
        "There is no flag at all: lessons reported are those that have rows.",
        '`row_means = "yes"`',
        "Every row acknowledges its lesson, but for those that are announced.",
    ),
)
"""What the system does, what to say in a profile, and what then holds."""
