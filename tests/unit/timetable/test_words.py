from __future__ import annotations

import pytest

from narvaro.timetable import parse_window, period_in_words


@pytest.mark.parametrize(
    ("dates", "swedish", "english"),
    [
        ("2017-11-01..2017-11-30", "november 2017", "November 2017"),
        ("2017-09-01..2017-11-30", "september–november 2017", "September–November 2017"),
        (
            "2017-11-01..2018-01-31",
            "november 2017–januari 2018",
            "November 2017–January 2018",
        ),
        ("2017-07-01..2018-06-30", "läsåret 2017/18", "the school year 2017/18"),
        ("2017-09-04..2017-09-04", "4 september 2017", "4 September 2017"),
        (
            "2017-09-04..2017-10-15",
            "4 september 2017–15 oktober 2017",
            "4 September 2017–15 October 2017",
        ),
        ("2017-01-01..2017-12-31", "januari–december 2017", "January–December 2017"),
    ],
)
def test_a_period_is_named_in_plain_words(dates: str, swedish: str, english: str) -> None:
    period = parse_window(dates).period()
    assert period_in_words(period, "sv") == swedish
    assert period_in_words(period, "en") == english
