"""What is an action: one table, held against the funnel, a case's own page and the inspector's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from pytest_django.fixtures import Settings
from tests.web.conftest import Town
from tests.web.flow.test_fidelity_and_funnel import SEPTEMBER, common, days
from tests.web.flow.test_fidelity_and_funnel import case as row_of
from tests.web.flow.test_flow_pages import DAY, some_cases

from narvaro.timetable import SchoolYear
from narvaro.web.accounts.roles import Role
from narvaro.web.cases.duties import first_action as first_on_the_page
from narvaro.web.cases.flow import FlagRow, StepRow, pupil_years
from narvaro.web.cases.flow.acting import ACTIONS, Deed, Done, first_action
from narvaro.web.cases.flow.funnel import days_to_first_action
from narvaro.web.cases.flow.reading import read_cases, read_common
from narvaro.web.cases.models import Case, Contact, Evidence, LegalEvent, Step, Voice
from narvaro.web.overview.inspector.answering import answers

ON = date(2026, 9, 7)
AT = datetime(2026, 9, 7, 9, tzinfo=UTC)
IS_ACTION = {
    Deed.CONTACT: True,
    Deed.OWN_WORDS: True,
    Deed.DOCUMENT: True,
    Deed.MEETING: True,
    Deed.DECISION: True,
    Deed.OPENED: False,
    Deed.ANSWERED: False,
    Deed.EVENT: False,
}
"""The specification: what is done towards the pupil or the home, and what is to take the pupil up."""


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    settings.TODAY = DAY


def test_the_table_is_the_specification() -> None:
    assert {one: one in ACTIONS for one in Deed} == IS_ACTION


@pytest.mark.parametrize("deed", Deed)
def test_a_deed_is_the_first_action_or_none(deed: Deed) -> None:
    assert first_action([Done(deed, ON)]) == (ON if IS_ACTION[deed] else None)


def test_to_answer_and_to_open_is_to_take_up_and_no_number_of_days() -> None:
    flags = [FlagRow(one, "alm", date(2026, 9, 30), date(2026, 10, 2)) for one in ("p", "q")]
    opened = row_of(StepRow("a", "conversation", date(2026, 10, 2)))

    found = pupil_years(flags, [opened], SchoolYear(2026), common())

    assert [(one.is_handled, one.first_action_on) for one in found] == [(True, None)] * 2
    assert days_to_first_action(found, days()) == ()


def contact(case: Case) -> None:
    Contact.objects.create(case=case, on=ON, way="phone", outcome="talked", at=AT, by=case.owner)


def own_words(case: Case) -> None:
    Voice.objects.create(
        case=case, on=ON, whose="pupil", text="Påhittat", at=AT, noted_by=case.owner
    )


def shown(kind: str) -> Callable[[Case], None]:
    def make(case: Case) -> None:
        Evidence.objects.create(step=case.steps.get(), kind=kind, item="i", name="n", done_at=AT)

    return make


def decision(case: Case) -> None:
    Step.objects.filter(case=case).update(
        decided_on=ON, decided_at=AT, decided_by=case.owner, decision="close", reason="Påhittat"
    )


def event(case: Case) -> None:
    shown("event")(case)
    LegalEvent.objects.create(case=case, duty="notify-authority", on=ON, by=case.owner, noted_at=AT)


def nothing_more(_case: Case) -> None:
    """To open it, and answer its flag, is all."""


WRITTEN = {
    Deed.CONTACT: contact,
    Deed.OWN_WORDS: own_words,
    Deed.DOCUMENT: shown("form"),
    Deed.MEETING: shown("meeting"),
    Deed.DECISION: decision,
    Deed.OPENED: nothing_more,
    Deed.ANSWERED: nothing_more,
    Deed.EVENT: event,
}


@pytest.mark.parametrize("deed", Deed)
def test_the_funnel_the_case_and_the_inspector_say_the_same_day(town: Town, deed: Deed) -> None:
    case = some_cases(town, "almskolan", in_time=0, late=1)[0]
    WRITTEN[deed](case)

    for today in (SEPTEMBER, DAY):
        rows = read_cases(town.authority, since=SEPTEMBER, today=today)
        (funnel,) = pupil_years([], rows, SchoolYear(2026), read_common(town.authority))
        expected = ON if IS_ACTION[deed] and today == DAY else None
        assert funnel.first_action_on == expected
        assert answers(case, today).acted_on == expected
        assert first_on_the_page(case, today) == expected


def test_the_pages_say_what_an_action_is(town: Town) -> None:
    for case in some_cases(town, "almskolan", in_time=0, late=1):
        contact(case)
    browser = town.browser(Role.PRINCIPAL, "almskolan")
    school = town.units["almskolan"].public_id

    said = browser.get(f"/tillsyn/skolor/{school}/").content.decode()
    assert "Att svara på flaggan eller öppna ärendet är inte en åtgärd" in said
