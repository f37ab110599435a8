"""Organisations, groups, duties and activities, as rows of the bench."""

from __future__ import annotations

from collections.abc import Mapping

from narvaro.sources.ss12000 import moments, words
from narvaro.sources.ss12000.desk import Desk, each
from narvaro.sources.ss12000.identities import Post
from narvaro.sources.ss12000.models import (
    Activity,
    AssignmentRole,
    Duty,
    Group,
    Membership,
    Organisation,
    Teacher,
    read,
    reference_of,
)
from narvaro.sources.ss12000.notices import BadRow

_CODE_LENGTH = 20
_SUBJECT_LENGTH = 200


def take_organisation(row: object, desk: Desk) -> None:
    """Take an Organisation; raises BadRow."""
    found = read(Organisation, row)
    desk.check_meta(row, resource="organisations")
    starts_on, ends_on = desk.days(found, start_missing="")
    parent = reference_of(found.parentOrganisation)
    kind = words.ORGANISATION_KIND.get(found.organisationType or "")
    if kind is None:
        desk.book.note("organisations", "word-unknown")
    desk.scope.learn(found.id, parent)
    desk.put(
        "organisations",
        "organisations",
        {
            "id": found.id,
            "name": found.displayName or found.id,
            "kind": kind or "other",
            "parent": parent,
            "code": _short_text(found.schoolUnitCode, _CODE_LENGTH),
            "starts_on": starts_on or None,
            "ends_on": ends_on,
        },
    )


def take_group(row: object, desk: Desk) -> None:
    """Take a Group with its memberships; a bad membership is refused alone; raises BadRow."""
    found = read(Group, row)
    desk.check_meta(row, resource="groups")
    organisation = reference_of(found.organisation)
    if organisation is not None and not desk.scope.wants(organisation):
        desk.book.note("groups", "other-organisation")
        return
    if found.groupType not in words.GROUP_TYPES:
        desk.book.note("groups", "word-unknown")
    starts_on, ends_on = desk.days(found, start_missing="")
    desk.put(
        "groups",
        "groups",
        {
            "id": found.id,
            "name": found.displayName or found.id,
            "is_class": int(found.groupType == words.CLASS_GROUP),
            "is_staff": int(found.groupType == words.STAFF_GROUP),
            "organisation": organisation,
        },
    )
    for member in each(desk, found.groupMemberships, Membership, table="group_memberships"):
        try:
            _take_member(found.id, member, desk, starts_on=starts_on, ends_on=ends_on)
        except BadRow as bad:
            desk.book.refuse("group_memberships", bad.reason)


def _take_member(
    group: str, member: Membership, desk: Desk, *, starts_on: str, ends_on: str | None
) -> None:
    if member.startDate is None:
        desk.book.note("groups", "group-without-dates")
    first, last = desk.days(member, start_missing=starts_on or moments.FIRST_DAY.isoformat())
    last = min(filter(None, (last, ends_on)), default=None)
    if last is not None and last < first:
        raise BadRow("startDate", "is after the group's last day")
    pupil = desk.pupil_of(member.person, resource="groups")
    desk.put(
        "groups",
        "members",
        {"grp": group, "pupil": pupil, "starts_on": first, "ends_on": last},
    )


def take_duty(row: object, desk: Desk) -> None:
    """Take a Duty: whose it is, and for a sink where and as what; raises BadRow."""
    found = read(Duty, row)
    desk.check_meta(row, resource="duties")
    staff = desk.staff_key(found.person.id)
    desk.put("duties", "duties", {"duty": desk.keys("duty", found.id), "staff": staff})
    if desk.people is not None:
        desk.people.posts.setdefault(staff, []).extend(_posts(found, desk))


def _posts(duty: Duty, desk: Desk) -> list[Post]:
    starts_on, ends_on = desk.days(duty, start_missing="")
    percent = duty.dutyPercent
    is_share = isinstance(percent, int) and 0 <= percent <= 100
    post = Post(
        duty.dutyRole or "?",
        reference_of(duty.dutyAt) or "",
        percentage=percent if is_share else None,
        starts_on=desk.day(starts_on, "startDate") if starts_on else None,
        ends_on=desk.day(ends_on, "endDate") if ends_on else None,
    )
    return [post, *_mentorships(duty, post, desk)]


def _mentorships(duty: Duty, post: Post, desk: Desk) -> list[Post]:
    roles = duty.assignmentRole if isinstance(duty.assignmentRole, list) else []
    return [
        Post(
            words.DUTY_ROLE_MENTOR,
            post.organisation,
            percentage=None,
            starts_on=post.starts_on,
            ends_on=post.ends_on,
            class_=role.group.id,
        )
        for role in each(desk, roles, AssignmentRole, table="staff")
        if role.assignmentRoleType == words.DUTY_ROLE_MENTOR
    ]


def take_activity(row: object, desk: Desk) -> None:
    """Take an Activity with its groups and teachers; raises BadRow.

    One of another organisation is remembered as such, so that its lessons are known not to be
    ours.
    """
    found = read(Activity, row)
    desk.check_meta(row, resource="activities")
    organisation = reference_of(found.organisation)
    ours = organisation is None or desk.scope.wants(organisation)
    if not ours:
        desk.book.note("activities", "other-organisation")
    desk.put(
        "activities",
        "activities",
        {
            "id": found.id,
            "ours": int(ours),
            "counts": _counts(found.activityType),
            "organisation": organisation,
            "subject": _subject(found),
        },
    )
    for group in filter(None, map(reference_of, found.groups or ())):
        desk.put("activities", "activity_groups", {"activity": found.id, "grp": group})
    for teacher in each(desk, found.teachers, Teacher, table="teachers"):
        try:
            _take_teacher(found.id, teacher, desk)
        except BadRow as bad:
            desk.book.refuse("teachers", bad.reason)


def _counts(activity_type: str | None) -> str:
    if activity_type is None:
        return "missing"
    return words.ACTIVITY_COUNTS.get(activity_type, "unknown")


def _take_teacher(activity: str, teacher: Teacher, desk: Desk) -> None:
    ref = desk.teacher_of(teacher.duty, teacher.person, resource="activities")
    starts_on, ends_on = desk.days(teacher, start_missing="")
    desk.put(
        "activities",
        "activity_teachers",
        {
            "activity": activity,
            "ref": ref,
            "is_duty": int(teacher.duty is not None),
            "starts_on": starts_on,
            "ends_on": ends_on,
        },
    )


def _subject(activity: Activity) -> str | None:
    """The subject's short name: of the expanded syllabus, or of the property some servers add."""
    expanded = activity.embedded.get("syllabus") if isinstance(activity.embedded, Mapping) else None
    for holder, names in (
        (expanded, ("subjectDesignation", "subjectName", "subjectCode")),
        (activity.subject, ("code", "displayName")),
    ):
        if isinstance(holder, Mapping):
            for name in names:
                if text := _short_text(holder.get(name), _SUBJECT_LENGTH):
                    return text
    return None


def _short_text(value: object, longest: int) -> str | None:
    text = str(value).strip() if isinstance(value, str | int) else ""
    return text if text and text.isprintable() and len(text) <= longest else None
