"""What real servers do that the standard does not say, one switch each."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Deviations:
    """All off is the standard, read strictly."""

    # what is inside the objects
    naive_meta_times: bool = False  # meta times without offset (they are UTC)
    missing_required: bool = False  # no meta, calendarEventsRequired, startDate; teachers by person
    unknown_enums: bool = False  # words outside the enums, an unknown security marking among them
    extra_properties: bool = False  # properties nobody has heard of
    civic_with_dash: bool = False  # ten digits and a dash
    ids_are_not_uuids: bool = False  # plain numbers as ids
    null_for_empty: bool = False  # null where a property should be left out
    flat_deleted: bool = False  # deletedEntities.data is a list of {type, id}
    memberships_only_with_expand: bool = False  # groups without members unless asked
    lessons_on_holidays: bool = False  # lessons in the break and on All Saints' Day
    overlapping_lessons: bool = False  # one class in two lessons at once
    negative_minutes: bool = False  # an attendance of minus ten minutes
    dates_1914: bool = False  # an enrolment that starts in 1914
    end_before_start: bool = False  # a lesson and an enrolment that end before they start
    student_null: bool = False  # attendance and absence of nobody
    orphan_attendance: bool = False  # attendance of a pupil the roster does not hold
    duplicate_ids_over_pages: bool = False  # the last of a page comes first on the next
    # how pages and filters work
    token_is_offset_with_params: bool = False  # pageToken is an offset; the window goes with it
    endless_pages: bool = False  # after the last page: empty pages, each with a new token
    repeated_token: bool = False  # the last page comes again and again under one token
    token_absent_at_end: bool = False  # no pageToken at all on the last page
    ignores_filters: bool = False  # everyone and everything comes back
    other_schools_pupils: bool = False  # the neighbour's pupils come along
    whole_window_refused: bool = False  # 503 "too big" on windows of more than seven days
    limit_refused: bool = False  # 503 "too big" unless limit is at most 20
    # what is not there
    no_attendances: bool = False  # 404
    no_absences: bool = False  # 404
    no_aggregated_attendance: bool = False  # 404
    no_calendar_events: bool = False  # 404
    no_deleted_entities: bool = False  # 404
    # how it answers
    status_422_detail: bool = False  # 422 {"detail": …} where the standard says 400
    unauthorized_401: bool = False  # tokens die after twenty requests: 401
    too_many_requests: bool = False  # every seventh request: 429 with Retry-After
    retry_after_date: bool = False  # the same with Retry-After as a date
    unavailable_at_times: bool = False  # every ninth request: 503, then well again
    slow: bool = False  # a tenth of a second before every answer
    drops_now_and_then: bool = False  # every eleventh answer breaks off, then well again
    html_answer: bool = False  # attendances answers a login page with status 200
    dies_in_the_middle: bool = False  # from the third page of attendances the line is cut
    bad_json: bool = False  # the second page of attendances is not JSON

    def named(self) -> tuple[str, ...]:
        """The switches that are on."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))


def one(name: str) -> Deviations:
    return Deviations(**{name: True})


NAMES = tuple(field.name for field in fields(Deviations))
