"""The roles a programme may name, with the words municipal users know them by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Text(NamedTuple):
    """The same in plain Swedish and English."""

    sv: str
    en: str


ROLES: Mapping[str, Text] = {
    "pupil": Text("elev", "pupil"),
    "guardian": Text("vårdnadshavare", "guardian"),
    "teacher": Text("undervisande lärare", "teacher"),
    "mentor": Text("mentor eller klasslärare", "mentor or class teacher"),
    "principal": Text("rektor", "principal"),
    "assistant_principal": Text("biträdande rektor", "assistant principal"),
    "student_health_team": Text("elevhälsoteam", "student health team"),
    "investigator": Text("utredare ur elevhälsan", "investigator from student health"),
    "school_counsellor": Text("kurator", "school counsellor"),
    "school_nurse": Text("skolsköterska", "school nurse"),
    "school_doctor": Text("skolläkare", "school doctor"),
    "school_psychologist": Text("skolpsykolog", "school psychologist"),
    "special_educator": Text("specialpedagog", "special educator"),
    "special_needs_teacher": Text("speciallärare", "special needs teacher"),
    "school_social_worker": Text("skolsocionom", "school social worker"),
    "school_social_team": Text("skolsocialt team", "school social team"),
    "attendance_team": Text("närvaroteam", "attendance team"),
    "safety_team": Text("trygghetsteam", "safety team"),
    "trusted_adult": Text("trygghetsperson", "trusted adult"),
    "intervention_coordinator": Text("insatskoordinator", "intervention coordinator"),
    "pupil_coordinator": Text("elevkoordinator", "pupil coordinator"),
    "main_responsible": Text("huvudansvarig enligt planen", "main responsible in the plan"),
    "school_authority": Text("huvudman", "school authority"),
    "home_municipality": Text("hemkommun", "home municipality"),
    "area_manager": Text("verksamhetschef", "area manager"),
    "system_owner": Text("systemansvarig", "system owner"),
    "social_services": Text("socialtjänst", "social services"),
    "child_psychiatry": Text("barn- och ungdomspsykiatri", "child psychiatry"),
    "primary_care": Text("primärvård", "primary care"),
    "project_leader": Text("projektledare", "project leader"),
}
