"""What was seen on the way: deviations with a count, and rows that could not be taken.

Nothing here ever holds what a server answered: a notice is a code and a number, a reason names
one of our own fields. So they can be printed, logged and kept.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

SENTENCES: Final = {
    "aggregate-without-offered": "sums without offered minutes: the coverage is unknown",
    "aggregate-without-reported": "sums without reported minutes: taken from their parts",
    "alias-shared": "identifiers that several pupils have: no alias was made of them",
    "attendance-cut": "minutes beyond the lesson's length were cut to it",
    "attendance-elsewhere": "records of lessons outside the time asked for were left out",
    "attendance-of-unknown-lesson": "records of lessons that could not be read again",
    "attendance-partly-reported": "lessons reported for some pupils and not for others",
    "attendance-without-minutes": "reported without any minutes: counted as present",
    "cancelled-enrolment": "cancelled enrolments were left out",
    "civic-unreadable": "personal numbers in no known form: no alias was made of them",
    "contents-differ": "the same record came twice with different contents: the later one holds",
    "data-not-in-list": "the answer was a bare list instead of an object with data",
    "deleted-flat": "deleted records came in a flat list instead of by kind",
    "deleted-untraceable": "deleted records that no key leads back to",
    "excepted-but-reported": "reported for a pupil who was taken out of the lesson: counted",
    "expand-ignored": "attendance was asked for with the lessons and did not come with them",
    "group-without-dates": "memberships without a start: the group's start is taken",
    "leisure-enrolment": "enrolments in leisure-time care were left out",
    "length-unreadable": "teaching lengths that are no minutes: end minus start is taken",
    "listing-cut": "a list was left at the highest number of pages allowed",
    "listing-repeats": "a page came again: the list was taken to end there",
    "listing-token-repeats": "a page token came again: the list was taken to end there",
    "listing-empty-page": "an empty page named a next one: the list was taken to end there",
    "lesson-not-reportable": "activities on which attendance is not reported were left out",
    "lesson-without-attendance": "lessons that no attendance can be told of: the sums count instead",
    "lesson-type-missing": "lessons whose activity has no type: counted",
    "lesson-type-unknown": "lessons whose activity is of a type the standard lacks: counted",
    "member-unknown": "members of groups who are no pupils here were left out",
    "membership-cut": "memberships beyond the pupil's enrolment were cut to it",
    "memberships-with-expand": "groups named their members only when asked to expand them",
    "meta-from-future": "records changed later than now: they count as known at their arrival",
    "meta-missing": "records that do not say when they changed",
    "meta-naive": "times of change without an offset were read as UTC",
    "organisation-not-known": "organisations that were asked for and that the server lacks",
    "organisation-undescribed": "schools that are named and not described: a row was made",
    "other-organisation": "records of other organisations than those asked for were left out",
    "other-pupil": "records of pupils at other organisations were left out",
    "outside-window": "records outside the time asked for were left out",
    "page-missing": "a page of the recording is not there",
    "page-made-smaller": "pages were refused until fewer records were asked for",
    "parameters-refused": "questions were refused until optional parameters were left out",
    "parameters-repeated": "the page token alone was refused: it is sent with the question",
    "protection-stricter-elsewhere": "a reference says stricter protection than the person",
    "protection-unknown": "protection in words the standard lacks: treated as protected",
    "reason-unknown": "reasons that no table maps: dropped",
    "recording-cut": "a recording ends before its last page",
    "reported-missing": "records that do not say whether the lesson is reported",
    "reported-time-unreadable": "times of reporting that cannot be read: left out",
    "school-from-request": "lessons without an activity: taken as the organisation's asked for",
    "school-year-unknown": "school years that are no grade: the grade is unknown",
    "status-not-of-standard": "a question without its window was not answered with 400",
    "teacher-as-person": "teachers named as persons instead of duties",
    "teacher-unresolved": "teachers whose duty is not known: kept by the duty",
    "time-naive": "times without an offset were read as the profile says",
    "window-not-required": "lessons were given without a window",
    "word-unknown": "words that the standard lacks: read as unknown",
}
"""Every deviation that is noted, by its code."""


@dataclass(frozen=True, slots=True, order=True)
class Notice:
    """A deviation: the resource it was seen in, its code, how many times."""

    resource: str
    code: str
    count: int

    @property
    def text(self) -> str:
        """Say it in one sentence."""
        return f"{self.resource}: {self.count} × {SENTENCES[self.code]}"


@dataclass(frozen=True, slots=True, order=True)
class Quarantined:
    """Rows of an exchange table that could not be taken: why, and how many."""

    table: str
    reason: str
    count: int


class BadRow(Exception):
    """A row that cannot be taken: which of our fields, and what is wrong with it."""

    def __init__(self, field_name: str, problem: str) -> None:
        super().__init__(f"{field_name} {problem}")
        self.reason = f"{field_name} {problem}"


@dataclass(slots=True)
class NoticeBook:
    """Collects notices and quarantine while a source is read."""

    _notices: Counter[tuple[str, str]] = field(default_factory=Counter)
    _quarantined: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, resource: str, code: str, count: int = 1) -> None:
        """Count a deviation; KeyError for a code without a sentence."""
        SENTENCES[code]
        if count:
            self._notices[(resource, code)] += count

    def refuse(self, table: str, reason: str, count: int = 1) -> None:
        """Count rows of a table that could not be taken."""
        if count:
            self._quarantined[(table, reason)] += count

    def forget(self, table: str) -> None:
        """Count no refused rows of a table that is not delivered."""
        self._quarantined = Counter(
            {at: n for at, n in self._quarantined.items() if at[0] != table}
        )

    def notices(self) -> tuple[Notice, ...]:
        """Return the deviations so far, by resource and code."""
        return tuple(sorted(Notice(*at, count) for at, count in self._notices.items()))

    def quarantined(self) -> tuple[Quarantined, ...]:
        """Return the refused rows so far, by table and reason."""
        return tuple(sorted(Quarantined(*at, count) for at, count in self._quarantined.items()))
