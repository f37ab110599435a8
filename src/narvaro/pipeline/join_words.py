"""What is said of rows that found no lesson, and of those that did and are worth a word."""

from __future__ import annotations

from typing import Final

REASONS: Final = {
    "unknown school": "the roster knows no school by that name, code or key",
    "unknown pupil": "the pupil is not in the roster",
    "no lesson then": "the roster has no lesson at the school that starts then",
    "other words": "the lessons that start then are of another group, class or subject",
    "no membership": "the pupil is in no group or class with a lesson then",
    "several lessons": "more than one lesson could be meant",
    "too many minutes": "more minutes than the lesson has",
    "told otherwise": "another row says something else of the same pupil and lesson",
}
REMEDIES: Final = {
    "unknown school": "Write it as the roster does: its name, its unit code or its key.",
    "unknown pupil": "Import the roster first; check which identifier the column holds.",
    "no lesson then": "Check the zone and the time in the profile, and the timetable.",
}
NOTICES: Final = {
    "the pupil is not a member of the lesson's group or class; the row counts": (
        "SELECT count(*), min(line) FROM matched WHERE NOT is_member"
    ),
    "a row that says what another says was left out": (
        "SELECT count(*), min(line) FROM judged WHERE verdict = 'told again'"
    ),
    "members of these lessons have no row; they count as expected, with nothing said of them": (
        "SELECT count(*), 0 FROM others"
    ),
}
