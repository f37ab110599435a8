"""P10: five meetings and five follow-ups in a whole project, seen only when it was over.

Now the counters stand beside the pupils flagged from the first half-year, with how long it took.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from tests.web.collaboration.conftest import NOW, Agencies, agencies

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.roles import Role
from narvaro.web.collaboration.counts import counts_of
from narvaro.web.collaboration.meetings import actions
from narvaro.web.collaboration.meetings.actions import Came
from narvaro.web.collaboration.models import Call, CallKind, CrossMeeting, PlaceKind, Presence
from narvaro.web.inbox.models import Flag
from narvaro.web.pupils.models import Pupil

__all__ = ["agencies"]
TODAY = date(2026, 12, 20)
FLAGGED = 40


def held(agencies: Agencies, kind: CallKind, called_on: date, days: int) -> None:
    """A call and its meeting so many days later, with social services there."""
    call = agencies.call(kind=kind, called_on=called_on)
    agencies.called(call)
    day = called_on + timedelta(days=days)
    starts = datetime(day.year, day.month, day.day, 9, tzinfo=STOCKHOLM)
    meeting = CrossMeeting.objects.create(
        call=call,
        starts_at=starts,
        place_kind=PlaceKind.SCHOOL,
        chair_unit=agencies.social,
        planned_at=NOW,
        planned_by=agencies.account(),
    )
    at = starts + timedelta(hours=2)
    by = agencies.viewer(at=at)
    actions.note_present(meeting=meeting, came=[Came(agencies.social, Presence.YES)], by=by, at=at)
    actions.hold(meeting=meeting, follow_up_on=day + timedelta(days=60), version=1, by=by, at=at)


def flagged(agencies: Agencies, count: int) -> None:
    """Pupils with a flag this autumn, each with one more that came in the month after."""
    for number in range(count):
        pupil = Pupil.objects.create(
            authority=agencies.town.authority,
            key=f"p{number}",
            given_name="Prov",
            family_name="Provsson",
            sort_name=f"p{number}",
        )
        for month, day in (("2026-09", date(2026, 10, 1)), ("2026-10", date(2026, 11, 2))):
            Flag.objects.create(
                pupil=pupil,
                authority=agencies.town.authority,
                school=agencies.case.school,
                month=month,
                programme="linnasa",
                rule="r",
                run_version=1,
                owner=agencies.account(),
                certainty="certain",
                figures={},
                flags_this_year=1,
                taken_at=datetime(day.year, day.month, day.day, 6, tzinfo=UTC),
                taken_on=day,
            )


def test_the_first_half_year_tells_how_few_the_meetings_are(
    agencies: Agencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    flagged(agencies, FLAGGED)
    held(agencies, CallKind.CROSS_AGENCY, date(2026, 10, 5), 14)
    held(agencies, CallKind.CROSS_AGENCY, date(2026, 10, 12), 30)
    held(agencies, CallKind.FOLLOW_UP, date(2026, 11, 20), 10)
    leader = agencies.town.somebody(Role.PROJECT_LEADER, "linnasa")
    now = datetime(2026, 12, 20, 9, tzinfo=STOCKHOLM)
    monkeypatch.setattr("narvaro.web.accounts.doors.now_of", lambda _request: now)
    monkeypatch.setattr("narvaro.web.accounts.doors.today_of", lambda _request: TODAY)

    page = agencies.town.signed_in(leader).get(reverse("cross_agency_counts")).content.decode()

    assert f"2 möten på {FLAGGED} elever" in page
    assert "2 av 3" in page
    assert "Provsson" not in page.partition("<main")[2].partition("</main")[0]


def test_each_half_year_and_unit_is_counted_for_itself(agencies: Agencies) -> None:
    held(agencies, CallKind.CROSS_AGENCY, date(2026, 4, 6), 21)
    held(agencies, CallKind.CROSS_AGENCY, date(2026, 10, 5), 22)
    silent = agencies.call(called_on=date(2026, 10, 7))
    agencies.called(silent, agencies.clinic, contact=None, mail="klinik@prov.example")
    drafts = Call.objects.drafts().count()

    counts = counts_of(agencies.town.authority, TODAY)

    spring, autumn = counts.halves[2026, 1], counts.halves[2026, 2]
    assert (spring.calls, spring.held, spring.in_time, spring.usual_wait) == (1, 1, 1, 21)
    assert (autumn.calls, autumn.held, autumn.in_time, autumn.usual_wait) == (2, 1, 0, 22)
    assert drafts == 2
    units = {one.name: one for one in counts.units}
    assert (units[agencies.social.name].called, units[agencies.social.name].came) == (2, 2)
    assert (units[agencies.clinic.name].called, units[agencies.clinic.name].came) == (1, 0)


def test_fewer_than_five_flagged_pupils_are_not_told_as_a_number(
    agencies: Agencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    flagged(agencies, 4)
    leader = agencies.town.somebody(Role.PROJECT_LEADER, "linnasa")
    monkeypatch.setattr("narvaro.web.accounts.doors.today_of", lambda _request: TODAY)

    page = agencies.town.signed_in(leader).get(reverse("cross_agency_counts")).content.decode()

    assert "färre än 5" in page
    assert "på 4 elever" not in page
