"""What is the same all day is worked out once, however many look at the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from tests.web.conftest import Town
from tests.web.registration.school_weeks import Told, usual

from narvaro.quality import LessonCounts
from narvaro.timetable import Calendar, Period
from narvaro.web.accounts.roles import Role
from narvaro.web.figures.registration import asking
from narvaro.web.figures.registration.heat import Line


@pytest.mark.usefixtures("noon", "teacher")
def test_what_may_be_asked_for_is_judged_once_and_a_new_delivery_is_judged_anew(
    told: Told, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.deliver(usual(missing=["ma-11-27"]))
    browser = town.browser(Role.SYSTEM_OWNER, "linnasa")
    first = browser.get("/registrering/").content.decode()
    judged: list[object] = []

    def noted(lesson: object, _now: object) -> bool:
        judged.append(lesson)
        return False

    monkeypatch.setattr(asking, "may_be_asked_for", noted)

    assert "Matematik 7B" in first
    assert "Matematik 7B" in browser.get("/registrering/").content.decode()
    assert not judged
    told.deliver(usual(missing=["ma-11-26", "ma-11-27"]))
    assert "Matematik 7B" not in browser.get("/registrering/").content.decode()
    assert len(judged) == 2


class Days(dict[date, LessonCounts]):
    """Counts how often it is asked."""

    asked = 0

    def get(self, *words: object) -> LessonCounts | None:  # type: ignore[override]
        self.asked += 1
        return super().get(*words)  # type: ignore[call-overload,no-any-return]

    def __iter__(self) -> Iterator[date]:
        pytest.fail("every day of the half-year was walked through")


def test_a_cell_and_the_order_of_the_rows_add_up_a_week_once() -> None:
    days = Days({date(2026, 11, 16): LessonCounts(2, 120), date(2026, 11, 20): LessonCounts(1, 40)})
    days[date(2026, 11, 23)] = LessonCounts(9, 9)
    line, week = (
        Line("7B", days, Calendar(), Fraction(95)),
        Period(date(2026, 11, 16), date(2026, 11, 22)),
    )

    assert line.over(week) == line.over(week) == LessonCounts(3, 160)
    assert days.asked == 7
