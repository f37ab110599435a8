"""What is read of each object of the standard: leniently, and only what is used.

Unknown properties are ignored. Nearly everything may be missing. Words of enumerations are texts,
lists hold whatever the server put in them and are read one by one, so that one bad membership
does not take its group with it. No error ever repeats a value.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import ValidationError as Invalid

from narvaro.sources.ss12000.notices import BadRow

UNKNOWN_WORD = "?"
_PROBLEMS = {
    "missing": "is missing",
    "none_required": "is not empty",
    "string_type": "is missing or not a text",
    "string_too_short": "is empty",
    "string_too_long": "is too long",
    "string_unicode": "holds characters that do not exist",
    "string_pattern_mismatch": "holds control characters",
    "greater_than_equal": "is negative",
    "less_than_equal": "is more than a day",
    "list_type": "is not a list",
    "model_type": "is missing or not an object",
    "model_attributes_type": "is missing or not an object",
}


def _as_word(value: object) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) and value.isprintable() else UNKNOWN_WORD


def _no_truth(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError
    return value


Id = Annotated[str, StringConstraints(min_length=1, max_length=180, pattern=r"^[^\x00-\x1f\x7f]+$")]
Name = Annotated[str, StringConstraints(max_length=1_000)]
Word = Annotated[str | None, BeforeValidator(_as_word)]
Minutes = Annotated[Annotated[int, Field(ge=0, le=1_440)] | None, BeforeValidator(_no_truth)]
PeriodMinutes = Annotated[
    Annotated[int, Field(ge=0, le=527_040)] | None, BeforeValidator(_no_truth)
]
Listed = list[Any] | None


class Lenient(BaseModel):
    """Ignores what it does not know and never repeats what it was given."""

    model_config = ConfigDict(
        extra="ignore", hide_input_in_errors=True, coerce_numbers_to_str=True, frozen=True
    )


class Meta(Lenient):
    """When the record was made and changed."""

    created: Any = None
    modified: Any = None


class Reference(Lenient):
    """A reference; only references to persons carry a marking."""

    id: Id
    securityMarking: Word = None  # noqa: N815 - the standard's name


class Organisation(Lenient):
    """Organisation."""

    id: Id
    displayName: Name | None = None  # noqa: N815
    organisationType: Word = None  # noqa: N815
    schoolUnitCode: Any = None  # noqa: N815
    parentOrganisation: Any = None  # noqa: N815
    startDate: Any = None  # noqa: N815
    endDate: Any = None  # noqa: N815


class Person(Lenient):
    """Person: names and numbers are for the sink and for keys only."""

    id: Id
    givenName: Any = None  # noqa: N815
    familyName: Any = None  # noqa: N815
    civicNo: Any = None  # noqa: N815
    birthDate: Any = None  # noqa: N815
    sex: Word = None
    securityMarking: Word = None  # noqa: N815
    emails: Any = None
    phoneNumbers: Any = None  # noqa: N815
    externalIdentifiers: Listed = None  # noqa: N815
    enrolments: Listed = None
    responsibles: Listed = None


class Enrolment(Lenient):
    """Part of a person who is a pupil."""

    enroledAt: Reference  # noqa: N815
    schoolType: Word = None  # noqa: N815
    schoolYear: Any = None  # noqa: N815
    startDate: Any = None  # noqa: N815
    endDate: Any = None  # noqa: N815
    cancelled: bool | None = None


class ExternalIdentifier(Lenient):
    """Part of a person."""

    value: Id
    context: Id


class Responsible(Lenient):
    """Part of a pupil: who answers for it."""

    person: Reference


class Group(Lenient):
    """Group."""

    id: Id
    displayName: Name | None = None  # noqa: N815
    groupType: Word = None  # noqa: N815
    organisation: Any = None
    startDate: Any = None  # noqa: N815
    endDate: Any = None  # noqa: N815
    groupMemberships: Listed = None  # noqa: N815


class Membership(Lenient):
    """Part of a group."""

    person: Reference
    startDate: Any = None  # noqa: N815
    endDate: Any = None  # noqa: N815


class Duty(Lenient):
    """Duty: a person's work somewhere."""

    id: Id
    person: Reference
    dutyAt: Any = None  # noqa: N815
    dutyRole: Word = None  # noqa: N815
    dutyPercent: Any = None  # noqa: N815
    assignmentRole: Any = None  # noqa: N815
    startDate: Any = None  # noqa: N815
    endDate: Any = None  # noqa: N815


class AssignmentRole(Lenient):
    """Part of a duty: what the person does for a group."""

    group: Reference
    assignmentRoleType: Word = None  # noqa: N815
    startDate: Any = None  # noqa: N815
    endDate: Any = None  # noqa: N815


class Activity(Lenient):
    """Activity: what lessons are lessons of."""

    id: Id
    activityType: Word = None  # noqa: N815
    organisation: Any = None
    groups: Listed = None
    teachers: Listed = None
    subject: Any = None
    embedded: Any = Field(default=None, alias="_embedded")


class Teacher(Lenient):
    """Part of an activity; servers name a person where the standard names a duty."""

    duty: Reference | None = None
    person: Reference | None = None
    startDate: Any = None  # noqa: N815
    endDate: Any = None  # noqa: N815


class CalendarEvent(Lenient):
    """CalendarEvent: one lesson."""

    id: Id
    meta: Any = None
    activity: Any = None
    startTime: Any = None  # noqa: N815
    endTime: Any = None  # noqa: N815
    cancelled: bool | None = None
    teachingLengthStudent: Any = None  # noqa: N815
    studentExceptions: Listed = None  # noqa: N815
    teacherExceptions: Listed = None  # noqa: N815
    embedded: Any = Field(default=None, alias="_embedded")


class StudentException(Lenient):
    """Part of a lesson: a pupil who comes, or not, or at other times."""

    student: Reference
    participates: bool
    startTime: Any = None  # noqa: N815
    endTime: Any = None  # noqa: N815
    teachingLength: Minutes = None  # noqa: N815


class TeacherException(Lenient):
    """Part of a lesson: a teacher who comes, or not."""

    duty: Reference | None = None
    person: Reference | None = None
    participates: bool


class Attendance(Lenient):
    """Attendance: one pupil at one lesson."""

    meta: Any = None
    calendarEvent: Reference | None = None  # noqa: N815
    student: Reference
    isReported: bool | None = None  # noqa: N815
    attendanceMinutes: Minutes = None  # noqa: N815
    validAbsenceMinutes: Minutes = None  # noqa: N815
    invalidAbsenceMinutes: Minutes = None  # noqa: N815
    otherAttendanceMinutes: Minutes = None  # noqa: N815
    absenceReason: Any = None  # noqa: N815
    reportedTimestamp: Any = None  # noqa: N815


class Absence(Lenient):
    """Absence: told in advance."""

    meta: Any = None
    startTime: Any = None  # noqa: N815
    endTime: Any = None  # noqa: N815
    type: Word = None
    student: Reference
    organisation: Any = None


class AggregatedAttendance(Lenient):
    """AggregatedAttendance: the sums of one pupil and activity over a period."""

    activity: Reference
    student: Reference
    startDate: Any = None  # noqa: N815
    endDate: Any = None  # noqa: N815
    attendanceSum: PeriodMinutes = None  # noqa: N815
    validAbsenceSum: PeriodMinutes = None  # noqa: N815
    invalidAbsenceSum: PeriodMinutes = None  # noqa: N815
    otherAttendanceSum: PeriodMinutes = None  # noqa: N815
    reportedSum: PeriodMinutes = None  # noqa: N815
    offeredSum: PeriodMinutes = None  # noqa: N815


M = TypeVar("M", bound=Lenient)


def read(model: type[M], row: object) -> M:
    """Read one object; raises BadRow that names one of our fields and never a value."""
    try:
        return model.model_validate(row)
    except Invalid as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)[0]
    name = str(found["loc"][0]) if found["loc"] else "the record"
    raise BadRow(name, _PROBLEMS.get(found["type"], "cannot be read"))


def reference_of(value: object) -> str | None:
    """Return the id of a reference where it can do without; None when it is none."""
    try:
        return read(Reference, value).id
    except BadRow:
        return None
