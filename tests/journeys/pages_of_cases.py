"""Every page of cases, flags, documents, meetings, plans, the routine and keys: who opens it, and where.

A page has its line here, or its reason why it is none: a page without a line fails.
"""

from __future__ import annotations

from dataclasses import dataclass

PLACES = (
    "cases",
    "inbox",
    "documents",
    "meetings",
    "overview.flow",
    "overview.inspector",
    "api",
    "plans",
)
"""The apps whose pages stand here."""


@dataclass(frozen=True, slots=True)
class Case:
    """A page by the name of its address; `of` are the things of `THINGS` that stand in it."""

    name: str
    role: str
    of: tuple[str, ...] = ()


CASES = (
    Case("flow_municipality", "Skolchef"),
    Case("flow_area", "Verksamhetschef", ("area",)),
    Case("flow_school", "Rektor", ("school",)),
    Case("inspector_case", "Rektor", ("case",)),
    Case("inspector_school", "Rektor", ("school",)),
    Case("flags", "Mentor"),
    Case("flag", "Mentor", ("flag",)),
    Case("handling", "Skolkurator"),
    Case("handling_counts", "Skolchef"),
    Case("documents", "Skolkurator"),
    Case("document_start", "Rektor"),
    Case("document_start_about", "Skolkurator", ("pupil",)),
    Case("document", "Rektor", ("signed",)),
    Case("document_fill_in", "Rektor", ("draft",)),
    Case("document_sign", "Rektor", ("draft",)),
    Case("routines", "Rektor"),
    Case("routine_start", "Projektledare"),
    Case("routine", "Projektledare", ("routine",)),
    Case("routine_version", "Rektor", ("routine", "version")),
    Case("routine_compare", "Projektledare", ("routine",)),
    Case("routine_write", "Projektledare", ("routine",)),
    Case("hand_overs", "Rektor"),
    Case("hand_over_all", "Rektor", ("mentor",)),
    Case("cases", "Rektor"),
    Case("case_open", "Rektor", ("flagged",)),
    Case("case_tasks", "Skolkurator"),
    Case("case_task", "Skolkurator", ("task",)),
    Case("case", "Skolkurator", ("case",)),
    Case("case_note", "Skolkurator", ("case",)),
    Case("case_contact", "Rektor", ("case",)),
    Case("case_voice", "Rektor", ("case",)),
    Case("case_cause", "Rektor", ("case",)),
    Case("case_law", "Rektor", ("case",)),
    Case("case_note_open", "Skolkurator", ("case", "note")),
    Case("cases_move_many", "Rektor", ("school",)),
    Case("home_letters", "Rektor", ("pupil",)),
    Case("letters_to_homes", "Rektor"),
    Case("common_routine_share", "Projektledare"),
    Case("common_routine_proposals", "Projektledare"),
    Case("common_routine_propose", "Projektledare"),
    Case("case_hand_over", "Rektor", ("case",)),
    Case("case_reopen", "Rektor", ("closed",)),
    Case("common_routine", "Mentor"),
    Case("common_routine_version", "Rektor", ("kept",)),
    Case("common_routine_schools", "Skolchef"),
    Case("common_routine_school", "Rektor", ("school",)),
    Case("common_routine_adapt", "Rektor", ("school", "step")),
    Case("meetings", "Rektor"),
    Case("meeting_participation", "Rektor"),
    Case("start_meeting_series", "Rektor"),
    Case("change_meeting_series", "Rektor", ("series",)),
    Case("meeting", "Rektor", ("meeting",)),
    Case("add_item", "Rektor", ("meeting",)),
    Case("cancel_meeting", "Rektor", ("meeting",)),
    Case("replan_meeting", "Rektor", ("meeting",)),
    Case("plan_meeting", "Rektor", ("series",)),
    Case("end_meeting_series", "Rektor", ("series",)),
    Case("strike_item", "Rektor", ("item",)),
    Case("protect_item", "Skolkurator", ("item",)),
    Case("meeting_minutes", "Rektor", ("held",)),
    Case("add_addendum", "Rektor", ("held",)),
    Case("meeting_minutes_general", "Rektor", ("held",)),
    Case("api_keys", "Rektor"),
    Case("plans", "Rektor"),
    Case("plan_start", "Rektor", ("unplanned",)),
    Case("plan", "Skolkurator", ("plan",)),
    Case("plan_version", "Rektor", ("plan", "version")),
    Case("plan_own", "Skolkurator", ("plan", "version")),
    Case("plan_write", "Rektor", ("plan",)),
    Case("plan_write_own", "Rektor", ("plan",)),
    Case("plan_sign", "Rektor", ("plan",)),
    Case("plan_follow_up", "Skolkurator", ("plan",)),
)

THINGS = """
import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from django.urls import reverse
from narvaro.web.accounts.models import Assignment, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions import add_note
from narvaro.web.cases.models import Case, Routine, Task
from narvaro.web.documents import actions
from narvaro.web.documents.models import RoutineDocument
from narvaro.web.inbox.models import Flag
from narvaro.web.meetings.actions.planning import Plan, plan_meeting
from narvaro.web.meetings.models import Meeting, Series
from narvaro.web.plans import actions as plans

now = datetime(2026, 12, 2, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
posts = Assignment.objects.in_force(now.date()).filter(account__is_demo=True)
posts = posts.exclude(unit__authority__key="")  # those of the municipality itself
post = posts.select_related("account", "unit__authority").get(role="principal")
by, school = Viewer(post.account, post, now.date(), now), post.unit
case = Case.objects.still_open().filter(school=school).order_by("pk").first()
more = {"pupil": case.pupil, "unit": school, "by": by, "at": now}
draft = actions.start("teacher-documentation", **more)
said = {"present": ["pupil"], "pupil_says": "Ja", "home_says": "Ja", "tried": "Möte"}
signed = actions.save(actions.start("teacher-documentation", **more), answers=said,
                      opened_version=1, by=by, at=now)
actions.sign(signed, opened_version=signed.version, by=by, at=now)
health = posts.select_related("account", "unit__authority").get(role="school_counsellor")
counsellor = Viewer(health.account, health, now.date(), now)
note = add_note(case, restriction="student_health", text="Prov.", by=counsellor, at=now)
held = Meeting.objects.filter(series__school=school, starts_at__lt=now).first()
series = Series.objects.filter(school=school).first()
later = Plan(now + timedelta(days=6), 60, "Sal 3", by.account)
coming = plan_meeting(series=series, plan=later, by=by, at=now)
routine = RoutineDocument.objects.get(name="Samtal med hemmet")
plan = plans.start(case, by=by, at=now)
doing = [plans.Doing("Möter i entrén", "unit", school), plans.Doing("Säger till", "pupil")]
shared = plans.Shared("Behov", "Egna ord", main_unit=school, doing=doing,
                      follow_up_on=now.date() + timedelta(days=40))
first = plan.versions.get()
first = plans.write(first, shared, opened_version=first.version, by=by, at=now)
plans.write_own(first, does="Eva", knows="Sal 3", opened_version=0, by=by, at=now)
plans.sign(first, opened_version=first.version, opened_own=1, by=by, at=now)
plans.new_version(plan, by=by, at=now)
things = {
    "plan": plan,
    "unplanned": Case.objects.still_open().filter(school=school, plan=None).first(),
    "school": school,
    "area": posts.get(role="area_manager").unit,
    "case": case,
    "closed": Case.objects.filter(school=school).exclude(closed_at=None).first(),
    "pupil": case.pupil,
    "flagged": Flag.objects.unanswered().filter(owner__is_demo=True, school=school).first().pupil,
    "flag": Flag.objects.unanswered().filter(owner__is_demo=True, school=school).first(),
    "task": Task.objects.filter(kind="forced_move", school=school, done_at=None).first(),
    "mentor": posts.filter(role="mentor").first().account,
    "draft": draft,
    "signed": signed,
    "note": note,
    "routine": routine,
    "kept": Routine.objects.first(),
    "series": series,
    "meeting": coming,
    "item": coming.items.exclude(pupil=None).first(),
    "held": held,
}
names = {key: one.public_id for key, one in things.items()} | {"version": 1, "step": "conversation"}
"""

NO_PAGES = {
    "common_routine_end": "there when a school has adapted the routine: see the journey of that",
    "common_routine_take_over": "there when the common routine is newer than a school's own",
    "common_routine_proposal": "there when somebody has sent a package of a routine",
    "common_routine_use": "there when somebody has sent a package of a routine",
    "common_routine_aside": "there when somebody has sent a package of a routine",
    "case_move_routine": "there when the routine in force is newer than the case",
    "case_lifted": "there when a case was lifted and handed back: not looked at here yet",
    "invite_guest": "there for an item that somebody else is asked about: not looked at here yet",
    "meeting_guest": "there for who was asked about one item: not looked at here yet",
    "case_cause_open": "made as `case_note_open`, by the same view",
    "send_home": "there when a letter is signed",
    "open_protected_item": "there when student health has written: see the journey of a meeting",
    "write_minutes": "there while a meeting is held: see the journey of a meeting",
    "document_pdf": "a file",
    "document_docx": "a file",
    "routine_docx": "a file",
    "minutes_pdf": "a file",
    "minutes_general_pdf": "a file",
    "plan_pdf": "a file",
    "plan_docx": "a file",
    "plan_own_pdf": "a file",
    "plan_own_docx": "a file",
}
"""What is no page to look at here, and why. What only takes something that is sent is known by itself."""
