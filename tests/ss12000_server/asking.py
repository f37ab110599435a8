"""Which parameters a resource takes, and which objects they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.ss12000_server.invented import Json, School

Params = Mapping[str, Sequence[str]]

PAGING = ("limit", "pageToken")
META = ("meta.created.before", "meta.created.after", "meta.modified.before", "meta.modified.after")
DATES = tuple(
    f"{end}.{side}" for end in ("startDate", "endDate") for side in ("onOrBefore", "onOrAfter")
)
TIMES = tuple(
    f"{end}.{side}" for end in ("startTime", "endTime") for side in ("onOrBefore", "onOrAfter")
)
RELATION = tuple(
    f"relationship.{name}"
    for name in ("entity.type", "organisation", "startDate.onOrBefore", "startDate.onOrAfter",
                 "endDate.onOrBefore", "endDate.onOrAfter")
)  # fmt: skip
GENERAL = (*PAGING, *META, "expandReferenceNames", "sortkey")
TAKES: dict[str, tuple[str, ...]] = {
    "organisations": (*GENERAL, *DATES, "parent", "schoolUnitCode", "organisationCode",
                      "municipalityCode", "type", "schoolTypes"),
    "persons": (*GENERAL, *RELATION, "nameContains", "civicNo", "eduPersonPrincipalName",
                "identifier.value", "identifier.context", "expand"),
    "groups": (*GENERAL, *DATES, "groupType", "schoolType", "organisation", "expand"),
    "duties": (*GENERAL, *DATES, "organisation", "dutyRole", "person", "expand"),
    "activities": (*GENERAL, *DATES, "member", "teacher", "organisation", "group", "expand"),
    "calendarEvents": (*GENERAL, *TIMES, "activity", "student", "teacher", "organisation",
                       "group", "expand"),
    "attendances": (*GENERAL, "student", "organisation", "calendarEvent"),
    "absences": (*GENERAL, *TIMES, "organisation", "student", "registeredBy", "type"),
    "aggregatedAttendance": (*PAGING, "startDate", "endDate", "organisation", "schoolType",
                             "student", "expand", "expandReferenceNames"),
    "deletedEntities": (*PAGING, "after", "entities"),
}  # fmt: skip
REQUIRES: dict[str, tuple[str, ...]] = {
    "calendarEvents": ("startTime.onOrAfter", "startTime.onOrBefore"),
    "aggregatedAttendance": ("startDate", "endDate"),
}


@dataclass(frozen=True)
class Wrong(Exception):
    """A question that cannot be answered: the status 400 of the standard."""

    message: str


def check(resource: str, params: Params, *, token_alone: bool = True) -> None:
    """Refuse what the standard refuses: unknown, missing and ill-formed parameters."""
    for name in params:
        if name not in TAKES[resource] and name != "expand":
            raise Wrong(f"unknown parameter {name}")
    if "pageToken" in params and token_alone:
        if set(params) - set(PAGING):
            raise Wrong("pageToken cannot be combined with filters")
        return
    for name in REQUIRES.get(resource, ()):
        if name not in params:
            raise Wrong(f"{name} is required")
    check_forms(params)


def check_forms(params: Params) -> None:
    for name, values in params.items():
        for value in values:
            if name == "limit" and not (value.isdigit() and int(value) >= 1):
                raise Wrong("limit is not a whole number of at least 1")
            if name.startswith(("meta.", "startTime.", "endTime.")) or name == "after":
                moment(value)
            if name in ("startDate", "endDate"):
                day(value)


def moment(text: str) -> datetime:
    """A time with offset; the standard knows no other."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Wrong("not an RFC 3339 time") from None
    if found.tzinfo is None or "T" not in text:
        raise Wrong("a time needs its offset")
    return found.astimezone(UTC)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong("not a date") from None


def words(params: Params, name: str) -> set[str]:
    """Repeated or comma-separated values of one parameter."""
    return {word for value in params.get(name, ()) for word in value.split(",")}


def descendants(school: School, of: str) -> set[str]:
    """The organisation and everything beneath it."""
    found, grown = {of}, True
    while grown:
        more = {
            o["id"]
            for o in school.resources["organisations"].values()
            if (o.get("parentOrganisation") or {}).get("id") in found
        }
        grown = not more <= found
        found |= more
    return found


def asked_for(school: School, resource: str, params: Params, *, scoped: bool = True) -> list[Json]:
    """The objects of the resource that every given filter lets through."""
    things: Iterable[Json] = school.resources[resource].values()
    scope = descendants(school, only(params, "organisation")) if "organisation" in params else None
    related = relation(school, params) if scoped else None
    return [
        thing
        for thing in things
        if all(fits(thing, name, only(params, name)) for name in params)
        and (scope is None or not scoped or unit_of(school, resource, thing) in scope)
        and (related is None or resource != "persons" or related(thing))
        and refers(school, resource, thing, params)
    ]


def only(params: Params, name: str) -> str:
    return params[name][0]


def fits(thing: Json, name: str, value: str) -> bool:
    """Whether one dated filter lets the object through; other filters are not judged here."""
    attribute, _, side = name.rpartition(".")
    if attribute.startswith("meta."):
        at = moment(thing["meta"][attribute.removeprefix("meta.")])
        return at <= moment(value) if side == "before" else at > moment(value)
    if attribute not in ("startTime", "endTime", "startDate", "endDate"):
        return True
    if thing.get(attribute) is None:
        return True
    if attribute.endswith("Time"):
        return in_time(thing, attribute, side, value)
    return bool(thing[attribute] <= value if side == "onOrBefore" else thing[attribute] >= value)


def in_time(thing: Json, attribute: str, side: str, value: str) -> bool:
    at, limit = moment(thing[attribute]), moment(value)
    if side == "onOrBefore":
        return at <= limit
    return at > limit if "type" in thing else at >= limit  # absences: exclusive, as described


def unit_of(school: School, resource: str, thing: Json) -> str | None:
    """The organisation that owns the object."""
    if resource == "calendarEvents":
        thing = school.resources["activities"][thing["activity"]["id"]]
    elif resource == "attendances":
        event = school.resources["calendarEvents"].get(thing["calendarEvent"]["id"])
        return unit_of(school, "calendarEvents", event) if event else None
    owner = thing.get("dutyAt") if resource == "duties" else thing.get("organisation")
    return owner["id"] if owner else None


def relation(school: School, params: Params) -> Callable[[Json], bool] | None:
    """The relationship.* filters of persons: who has such a relation to the organisation."""
    if not any(name.startswith("relationship.") for name in params):
        return None
    kinds = words(params, "relationship.entity.type") or set(RELATED)
    wanted = words(params, "relationship.organisation")
    scope = {unit for one in wanted for unit in descendants(school, one)}
    found = {
        person
        for kind in kinds
        for person, unit in RELATED[kind](school)
        if not wanted or unit in scope
    }
    return lambda person: person["id"] in found


Related = Iterable[tuple[str, str]]  # person, organisation


def enrolled(school: School) -> Related:
    for person in school.resources["persons"].values():
        for enrolment in person.get("enrolments", ()):
            yield person["id"], enrolment["enroledAt"]["id"]


def on_duty(school: School) -> Related:
    for duty in school.resources["duties"].values():
        yield duty["person"]["id"], duty["dutyAt"]["id"]


def responsible(school: School) -> Related:
    for pupil, unit in enrolled(school):
        for one in school.resources["persons"][pupil].get("responsibles", ()):
            yield one["person"]["id"], unit


def nobody(_school: School) -> Related:
    return ()


RELATED: Mapping[str, Callable[[School], Related]] = {
    "enrolment": enrolled,
    "duty": on_duty,
    "responsibleFor.enrolment": responsible,
    "responsibleFor.placement": nobody,
    "placement.child": nobody,
    "placement.owner": nobody,
    "groupMembership": nobody,
}


def refers(school: School, resource: str, thing: Json, params: Params) -> bool:
    """The filters that name another object, or a word of the object itself."""
    for name in ("student", "calendarEvent", "activity", "person"):
        if name in params and (thing.get(name) or {}).get("id") not in words(params, name):
            return name == "student" and resource == "calendarEvents"
    for name, attribute in (("groupType",) * 2, ("dutyRole",) * 2, ("type", "organisationType")):
        if name in params and thing.get(attribute, thing.get(name)) not in words(params, name):
            return False
    if "group" in params:
        activity = school.resources["activities"].get((thing.get("activity") or thing)["id"], {})
        return bool({g["id"] for g in activity.get("groups", ())} & words(params, "group"))
    return True
